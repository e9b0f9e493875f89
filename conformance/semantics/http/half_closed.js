// The client ends its side and still wants its answer. Node gives up the request then, unless httpAllowHalfOpen says not to.
'use strict';

const net = require('net');
const { serve, sleep } = require('./common/raw');

function ask(port, bytes) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk) => { answer += chunk; });
    socket.on('error', (error) => resolve(error.code));
    socket.on('end', () => {
      socket.end();
      resolve(answer === '' ? '(nothing)' : `${answer.split('\r\n', 1)[0]} ... ${JSON.stringify(answer.slice(-12))}`);
    });
    socket.end(bytes);
  });
}

async function main() {
  for (const halfOpen of [false, true]) {
    const events = [];
    const server = await serve({}, async (req, res) => {
      for (const name of ['aborted', 'close', 'end', 'error']) {
        req.on(name, (e) => events.push(`req ${name}${e ? ` ${e.code}` : ''}`));
      }
      for (const name of ['close', 'finish', 'error']) res.on(name, () => events.push(`res ${name}`));
      req.resume();
      if (req.url !== '/now') await sleep(40);
      res.write('part');
      res.end('last');
    });
    server.httpAllowHalfOpen = halfOpen;
    const { port } = server.address();
    for (const bytes of [
      'GET /now HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET /later HTTP/1.1\r\nHost: a\r\n\r\n',
      'POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab',
      'GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n',
    ]) {
      const answer = await ask(port, bytes);
      await sleep(60);
      console.log(halfOpen, bytes.split(' ', 2).join(' '), answer, events.splice(0).join(', '));
    }
    server.close();
  }
}

main();
