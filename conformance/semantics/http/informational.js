// 1xx answers, Expect, and what a client hears of them.
'use strict';

const http = require('http');
const { exchange, serve } = require('./common/raw');

function ask(port, options, body) {
  return new Promise((resolve) => {
    const log = [];
    const req = http.request({ port, host: '127.0.0.1', method: 'POST', ...options }, (res) => {
      log.push(`response ${res.statusCode}`);
      res.resume().on('end', () => resolve(log));
    });
    req.on('continue', () => { log.push('continue'); req.end(body); });
    req.on('information', (info) => log.push(`information ${info.statusCode} ${info.statusMessage} ${JSON.stringify(info.headers)}`));
    req.on('error', (error) => { log.push(error.code); resolve(log); });
    if (!options.headers?.Expect) req.end(body);
    else req.flushHeaders();
  });
}

async function main() {
  const server = await serve({}, (req, res) => {
    res.writeProcessing();
    res.writeEarlyHints({ 'link': ['</a.css>; rel=preload', '</b.js>; rel=preload'], 'x-more': 'yes' });
    req.resume().on('end', () => res.end('x'));
  });
  const { port } = server.address();
  console.log(await ask(port, { path: '/' }, 'body'));
  console.log(await ask(port, { path: '/', headers: { Expect: '100-continue' } }, 'body'));
  server.on('checkContinue', (req, res) => {
    console.log('checkContinue', req.headers.expect);
    res.writeHead(413, { Connection: 'close' });
    res.end();
  });
  console.log(await ask(port, { path: '/', headers: { Expect: '100-continue' } }, 'body'));
  const odd = 'POST / HTTP/1.1\r\nHost: a\r\nExpect: more\r\nContent-Length: 1\r\nConnection: close\r\n\r\na';
  console.log((await exchange(port, odd)).split('\r\n')[0]);
  server.on('checkExpectation', (req, res) => {
    console.log('checkExpectation', req.headers.expect);
    res.end();
  });
  console.log((await exchange(port, odd)).split('\r\n')[0]);
  server.close();
}

main();
