// What a client hears of answers that are wrong, short or missing.
'use strict';

const net = require('net');
const http = require('http');

const answers = {
  'nothing': '',
  'half a head': 'HTTP/1.1 200 OK\r\nX-',
  'no HTTP': 'hello\r\n\r\n',
  'short body': 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc',
  'short chunked': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab',
  'until the end': 'HTTP/1.1 200 OK\r\n\r\nabc',
  'length and chunked': 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'two lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na',
  'obs-fold': 'HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 0\r\n\r\n',
  'no reason': 'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n',
  'status 99': 'HTTP/1.1 99 x\r\nContent-Length: 0\r\n\r\n',
  'too large': `HTTP/1.1 200 OK\r\nX-A: ${'b'.repeat(20000)}\r\n\r\n`,
  'NUL in a header': 'HTTP/1.1 200 OK\r\nX-A: \0\r\n\r\n',
  '101 unasked': 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
  'trailers': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-T: 1\r\n\r\n',
  'HTTP/1.0': 'HTTP/1.0 200 OK\r\n\r\nabc',
};

function ask(port) {
  return new Promise((resolve) => {
    const log = [];
    const req = http.get({ port, host: '127.0.0.1', agent: false }, (res) => {
      log.push(`response ${res.statusCode} ${res.statusMessage} ${res.httpVersion}`);
      let body = '';
      res.on('data', (chunk) => { body += chunk; });
      res.on('end', () => log.push(`end ${body} ${JSON.stringify(res.trailers)} ${res.complete}`));
      res.on('aborted', () => log.push('aborted'));
      res.on('error', (error) => log.push(`response error ${error.code} ${error.message}`));
      res.on('close', () => log.push('response close'));
    });
    req.on('error', (error) => log.push(`error ${error.code} ${error.message}`));
    req.on('close', () => resolve(log));
  });
}

async function main() {
  let answer;
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer, 'latin1'));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  for (const name of Object.keys(answers)) {
    answer = answers[name];
    console.log(`${name}: ${(await ask(server.address().port)).join(', ') || '(nothing)'}`);
  }
  server.close();
}

main();
