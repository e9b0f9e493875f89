// What is sent while a handle is under way waits for it.
const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  const order = [];
  process.on('message', (message, socket) => {
    order.push(message);
    socket?.end();
    if (message === 6) {
      console.log(order.join(' '));
      process.disconnect();
    }
  });
} else {
  const child = fork(__filename, ['child']);
  let count = 0;
  const sockets = [];
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    sockets.push(socket);
    if (sockets.length < 3) return;
    for (const one of sockets) {
      child.send(++count, one);
      child.send(++count);
    }
    server.close();
  }).listen(0, '127.0.0.1', () => {
    for (let i = 0; i < 3; i++) net.connect(server.address().port, '127.0.0.1').resume();
  });
}
