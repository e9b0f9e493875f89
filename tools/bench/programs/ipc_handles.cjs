'use strict';
// Sockets a second from a process to its child over IPC, each answered there. Prints one line of JSON.

const { fork } = require('child_process');
const net = require('net');

const kSeconds = 2;
const kClients = 8;

// Connects, waits for the child to end the connection, connects again.
function client(port, count) {
  const socket = net.connect(port, '127.0.0.1');
  socket.resume();
  socket.on('end', () => {
    count.n++;
    if (performance.now() < count.end) client(port, count);
    else count.done();
  });
}

function main() {
  const child = fork(__filename, ['child']);
  const server = net.createServer({ pauseOnConnect: true }, (socket) => child.send('socket', socket));
  child.once('message', () => {
    server.listen(0, '127.0.0.1', () => {
      let running = kClients;
      const began = performance.now();
      const count = { n: 0, end: began + kSeconds * 1000 };
      count.done = () => {
        if (--running > 0) return;
        console.log(JSON.stringify({ 'sockets/s': count.n / ((performance.now() - began) / 1000) }));
        child.kill('SIGKILL');
        process.exit(0);
      };
      for (let i = 0; i < kClients; i++) client(server.address().port, count);
    });
  });
}

if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => socket.end('x'));
  process.send('up');
} else {
  main();
}
