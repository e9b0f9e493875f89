'use strict';
// A server that hands each of its connections to its child over IPC, which answers it and ends it: ipc_handles.cjs PORT

const { fork } = require('child_process');
const net = require('net');

const [argument] = process.argv.slice(2);

if (argument === 'child') {
  // The client is killed at the end.
  process.on('message', (message, socket) => socket.on('error', () => {}).end('x'));
  process.send('up');
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer({ pauseOnConnect: true }, (socket) => child.send('socket', socket));
  child.once('message', () => server.listen(Number(argument), '127.0.0.1'));
}
