// A client that sends requests and reads no answers is not read any more at some point, and gets all its answers later.
'use strict';

const net = require('net');
const { serve, sleep } = require('./common/raw');

async function main() {
  const count = 4000;
  const body = 'x'.repeat(10_000);
  let handled = 0;
  const server = await serve({}, (req, res) => {
    handled++;
    res.setHeader('X-Number', req.url.slice(1));
    res.end(body);
  });
  const socket = net.connect(server.address().port, '127.0.0.1');
  await new Promise((resolve) => socket.on('connect', resolve));
  let requests = '';
  for (let n = 0; n < count; n++) requests += `GET /${n} HTTP/1.1\r\nHost: a\r\n\r\n`;
  socket.write(requests);
  await sleep(300);
  const before = handled;
  await sleep(100);
  console.log('held back', before < count, 'at rest', handled === before);
  let received = '';
  const numbers = [];
  let bytes = 0;
  await new Promise((resolve) => {
    socket.setEncoding('latin1').on('data', (chunk) => {
      bytes += chunk.length;
      received += chunk;
      for (const match of received.matchAll(/X-Number: (\d+)\r\n/g)) numbers.push(+match[1]);
      received = received.slice(-40).replace(/X-Number: (\d+)\r\n/g, '');
      if (numbers.length === count && received.endsWith('xxxx')) resolve();
    });
  });
  console.log(numbers.length, 'answers in order', numbers.every((number, n) => number === n), handled);
  socket.destroy();
  server.close();
}

main();
