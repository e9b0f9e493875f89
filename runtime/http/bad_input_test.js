'use strict';

// What broken and hostile clients send, byte by byte over a plain socket: the answer must be Node's, and the server must
// live on.

const assert = require('assert');
const http = require('http');
const net = require('net');

const cases = [
  ['both lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', '400'],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc', '400'],
  ['negative length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', '400'],
  ['length with a plus', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na', '400'],
  ['folded header', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n', '400'],
  ['bare line feeds', 'GET / HTTP/1.1\nHost: x\n\n', '400'],
  ['bare carriage return', 'GET / HTTP/1.1\r\nHost: x\rA: b\r\n\r\n', '400'],
  ['NUL in a value', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n', '400'],
  ['space before the colon', 'GET / HTTP/1.1\r\nHost : x\r\n\r\n', '400'],
  ['bad chunk size', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', '400'],
  ['chunk size that overflows', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n', '400'],
  ['chunked not last', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n', '400'],
  ['unknown method', 'FOO / HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
  ['unknown version', 'GET / HTTP/3.9\r\nHost: x\r\n\r\n', '400'],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', '400'],
  ['huge header', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20000)}\r\n\r\n`, '431'],
  ['huge URL', `GET /${'a'.repeat(20000)} HTTP/1.1\r\nHost: x\r\n\r\n`, '431'],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', '400'],
];

const seen = [];
const server = http.createServer((req, res) => {
  seen.push(req.url);
  req.resume();
  req.on('error', () => {});
  res.end('ok');
});

function exchange(port, text) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (data) => answer += data);
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
    socket.setTimeout(3000, () => socket.destroy());
  });
}

function statusOf(answer) {
  // A request with a body in error may have been answered before its body was read.
  return answer.match(/HTTP\/1\.1 (\d+)/g)?.at(-1).slice(9);
}

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  for (const [name, text, status] of cases) {
    const answer = await exchange(port, text);
    const got = statusOf(answer);
    // The body's error comes after the answer to its head: then that is all there is.
    const answered = seen.length > 0 && got === '200';
    assert.ok(got === status || answered, `${name}: ${JSON.stringify(answer.slice(0, 80))}`);
    seen.length = 0;
  }
  // A second request hidden in the body of the first is not seen.
  await exchange(port, 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 38\r\nConnection: close\r\n\r\n' +
    'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n\r\n\r\n');
  assert.deepStrictEqual(seen, ['/a']);
  server.close();
});
