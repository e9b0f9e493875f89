// keepAliveTimeout, maxRequestsPerSocket and what the Connection and Keep-Alive headers say of them.
'use strict';

const { exchange, serve } = require('./common/raw');

const get = (version, headers = '') => `GET / HTTP/${version}\r\nHost: a\r\n${headers}\r\n`;
const said = (answer) => (answer.match(/^(?:HTTP|Connection|Keep-Alive|Transfer|Content-L)[^\r]*/gm) ?? []).join('; ');

async function main() {
  const server = await serve({ keepAliveTimeout: 50, keepAliveTimeoutBuffer: 10 }, (req, res) => res.end('x'));
  const { port } = server.address();
  console.log(said(await exchange(port, get('1.1'))));
  console.log(said(await exchange(port, get('1.0'))));
  console.log(said(await exchange(port, get('1.0', 'Connection: keep-alive\r\n'))));
  console.log(said(await exchange(port, get('1.1', 'Connection: close\r\n'))));
  console.log(said(await exchange(port, get('1.1', 'Connection: Close, x\r\n'))));
  server.keepAliveTimeout = 3700;
  server.maxRequestsPerSocket = 2;
  server.on('dropRequest', (req) => console.log('dropped', req.url));
  console.log(said(await exchange(port, get('1.1').repeat(3))));
  server.maxRequestsPerSocket = 0;
  server.keepAliveTimeout = 0;
  console.log(said(await exchange(port, get('1.1'), { end: true })));
  server.close();
}

main();
