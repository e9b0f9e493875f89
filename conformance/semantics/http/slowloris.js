// Clients that send a byte now and then hold no connection longer than headersTimeout and requestTimeout say.
'use strict';

const net = require('net');
const { serve, sleep, summary } = require('./common/raw');

function dribble(port, first, rest) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let answer = '';
    let n = 0;
    socket.write(first);
    const timer = setInterval(() => socket.write(rest[n++ % rest.length]), 20);
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve(answer);
    });
  });
}

async function main() {
  const seen = [];
  const options = { headersTimeout: 150, requestTimeout: 400, connectionsCheckingInterval: 25 };
  const server = await serve(options, (req, res) => {
    seen.push(req.url);
    req.on('error', (error) => seen.push(error.code));
    req.on('aborted', () => seen.push('aborted'));
    req.resume().on('end', () => res.end());
  });
  const { port } = server.address();
  const measured = async (first, rest, atLeast, atMost) => {
    const start = Date.now();
    const answer = await dribble(port, first, rest);
    const took = Date.now() - start;
    const fits = took >= atLeast && took < atMost;
    console.log(summary(answer), seen.splice(0).join(', ') || '(no request)', fits ? 'in time' : `after ${took} ms`);
  };
  await measured('GET / HTTP/1.1\r\n', 'X: y\r\n', 130, 1500);
  await measured('', ' ', 0, 1500);
  await measured('POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n', 'x', 380, 2500);
  await measured('POST /chunked HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', ['1\r\nx\r\n'], 380, 2500);

  // Who asks in time is served, again and again, beyond all time-outs.
  const socket = net.connect(port, '127.0.0.1');
  let answers = '';
  socket.setEncoding('latin1').on('data', (chunk) => { answers += chunk; });
  for (let n = 0; n < 12; n++) {
    socket.write('GET /fine HTTP/1.1\r\nHost: a\r\n\r\n');
    await sleep(60);
  }
  socket.destroy();
  console.log(answers.match(/200 OK/g).length, 'answers', seen.length, 'requests');
  server.close();
}

main();
