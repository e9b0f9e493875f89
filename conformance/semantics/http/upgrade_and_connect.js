// A request that asks for another protocol gets the socket, and the bytes behind its head.
'use strict';

const net = require('net');
const http = require('http');
const { exchange, serve } = require('./common/raw');

const upgrade = 'GET /up HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n';

async function main() {
  const server = await serve({}, (req, res) => {
    console.log('request', req.method, req.url, req.headers.upgrade, req.upgrade);
    res.end('no');
  });
  const { port } = server.address();
  // Nobody listens: an upgrade is a plain request, CONNECT is the end.
  const plain = await exchange(port, upgrade.replace('upgrade', 'close, upgrade'));
  console.log(plain.split('\r\n')[0], plain.slice(-2));
  console.log(JSON.stringify(await exchange(port, 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n')));

  server.on('upgrade', (req, socket, head) => {
    console.log('upgrade', req.url, socket instanceof net.Socket, head.toString(), req.socket === socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n');
    socket.unshift(head);
    socket.on('data', (chunk) => socket.write(chunk.toString().toUpperCase()));
    socket.on('end', () => socket.end());
  });
  server.on('connect', (req, socket, head) => {
    console.log('connect', req.url, head.length);
    socket.end('HTTP/1.1 200 Connection established\r\n\r\nhello');
  });
  console.log(JSON.stringify(await exchange(port, [`${upgrade}first`, ' second'], { end: true })));
  console.log(JSON.stringify(await exchange(port, 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n')));

  await new Promise((resolve) => {
    http.get({ port, host: '127.0.0.1', headers: { Connection: 'upgrade', Upgrade: 'echo' } })
      .on('upgrade', (res, socket, head) => {
        console.log('client', res.statusCode, res.headers.upgrade, head.length);
        socket.on('data', (chunk) => { console.log(`${chunk}`); socket.end(); }).on('close', resolve);
        socket.write('abc');
      });
  });
  server.close(() => console.log('closed'));
}

main();
