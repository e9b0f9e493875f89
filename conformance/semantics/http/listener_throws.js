// A listener that throws is the program's to handle: one connection waits for nothing, the others are served.
'use strict';

const { exchange, serve, summary } = require('./common/raw');

process.on('uncaughtException', (error, origin) => console.log('uncaught:', error.message, origin));

const get = (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;

async function main() {
  const held = [];
  const server = await serve({}, (req, res) => {
    held.push(res);
    if (req.url === '/request') throw new Error('in request');
    if (req.url === '/late') {
      res.write('begun');
      throw new Error('after a write');
    }
    if (req.url === '/rejected') return Promise.reject(new Error('rejected'));
    if (req.url === '/data') req.on('data', () => { throw new Error('in data'); });
    else if (req.url === '/end') req.resume().on('end', () => { throw new Error('in end'); });
    else if (req.url === '/finish') res.on('finish', () => { throw new Error('in finish'); }).end('x');
    else if (req.url === '/close') res.on('close', () => { throw new Error('in close'); }).end('x');
    else if (req.url === '/callback') res.end('x', () => { throw new Error('in the callback of end'); });
    else res.end('fine');
    return undefined;
  });
  const { port } = server.address();
  for (const path of ['/request', '/late', '/rejected', '/finish', '/close', '/callback']) {
    const answer = exchange(port, get(path));
    console.log(path, 'another:', summary(await exchange(port, get('/'))));
    for (const res of held.splice(0)) res.socket?.destroy();
    console.log(path, summary(await answer));
  }
  for (const path of ['/data', '/end']) {
    const answer = exchange(port, `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab`);
    console.log(path, 'another:', summary(await exchange(port, get('/'))));
    for (const res of held.splice(0)) res.socket?.destroy();
    console.log(path, summary(await answer));
  }
  server.close(() => console.log('closed'));
}

main();
