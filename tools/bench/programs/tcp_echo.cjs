// An echo server on node:net. tcp_echo.cjs PORT
'use strict';

require('node:net').createServer({ noDelay: true }, (socket) => {
  socket.on('data', (bytes) => socket.write(bytes));
  socket.on('error', () => {});
}).listen(Number(process.argv[2]), '127.0.0.1');
