// What net makes its objects of, sent as it is.
const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, handle) => {
    console.log(message, handle.constructor.name);
    const server = net.createServer((socket) => {
      socket.end('hello');
      server.close();
      process.disconnect();
    }).listen(handle, () => process.send('listening'));
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    child.send('raw', server._handle);
    child.on('message', () => {
      const { port } = server.address();
      server.close();
      net.connect(port, '127.0.0.1').on('data', (data) => console.log(`${data}`));
    });
  });
}
