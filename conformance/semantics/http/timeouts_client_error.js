// What 'clientError' gets when a request is too slow, and that it may answer itself.
'use strict';

const net = require('net');
const { exchange, serve, summary } = require('./common/raw');

async function main() {
  const server = await serve({ headersTimeout: 60, requestTimeout: 60, connectionsCheckingInterval: 15 }, (req, res) => res.end());
  server.on('clientError', (error, socket) => {
    console.log(error.name, error.code, error.message, socket instanceof net.Socket, socket.writable);
    socket.end('HTTP/1.1 418 Too slow\r\n\r\n');
  });
  console.log(summary(await exchange(server.address().port, 'GET / HTTP/1.1\r\nHo')));
  server.close();
}

main();
