// No value that a program passes on can become a header of its own.
'use strict';

const http = require('http');
const { exchange, serve } = require('./common/raw');

const evil = 'a\r\nSet-Cookie: owned=1';

function attempt(name, action) {
  try {
    action();
    console.log(name, 'accepted');
  } catch (error) {
    console.log(name, error.name, error.code, JSON.stringify(error.message));
  }
}

async function main() {
  const server = await serve({}, (req, res) => {
    attempt('setHeader value', () => res.setHeader('X', evil));
    attempt('setHeader name', () => res.setHeader('X: y\r\nZ', 'a'));
    attempt('setHeader list', () => res.setHeader('X', ['a', evil]));
    attempt('setHeader LF', () => res.setHeader('X', 'a\nb'));
    attempt('setHeader CR', () => res.setHeader('X', 'a\rb'));
    attempt('setHeader NUL', () => res.setHeader('X', 'a\0b'));
    attempt('setHeader U+010A, LF in latin1', () => res.setHeader('X', 'a\u010ab'));
    attempt('setHeader undefined', () => res.setHeader('X', undefined));
    attempt('setHeader empty name', () => res.setHeader('', 'a'));
    attempt('setHeader object', () => res.setHeader('X', { toString: () => evil }));
    attempt('appendHeader', () => res.appendHeader('X', evil));
    attempt('setHeaders', () => res.setHeaders(new Map([['x', evil]])));
    attempt('writeHead object', () => res.writeHead(200, { X: evil }));
    attempt('writeHead list', () => res.writeHead(200, ['X', evil]));
    attempt('writeHead pairs', () => res.writeHead(200, [['X', evil]]));
    attempt('writeHead reason', () => res.writeHead(200, evil));
    attempt('writeHead status', () => res.writeHead('200\r\nX: y'));
    attempt('writeEarlyHints', () => res.writeEarlyHints({ link: '</a>; rel=preload', x: evil }));
    attempt('writeEarlyHints link', () => res.writeEarlyHints({ link: evil }));
    res.statusMessage = evil;
    attempt('statusMessage', () => res.writeHead(200));
    res.statusMessage = 'OK';
    attempt('trailers', () => res.addTrailers({ X: evil }));
    attempt('trailer name', () => res.addTrailers({ 'X\r\n': 'a' }));
    res.end('end');
  });
  const { port } = server.address();
  const answer = await exchange(port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  console.log(answer.replace(/Date: [^\r]*/, 'Date').split('\r\n'));
  server.close();

  for (const [name, options] of Object.entries({
    path: { path: '/\r\nX: y' },
    'path with a space': { path: '/a b' },
    'path U+010A': { path: '/\u010a' },
    method: { method: 'GET / HTTP/1.1\r\nX' },
    headers: { headers: { X: evil } },
    'headers list': { headers: ['Host', 'a', 'X', evil] },
    host: { headers: { Host: evil } },
    auth: { auth: evil },
  })) {
    attempt(`request ${name}`, () => {
      const req = http.request({ port, host: '127.0.0.1', ...options });
      req.on('error', () => {});
      req.destroy();
    });
  }
}

main();
