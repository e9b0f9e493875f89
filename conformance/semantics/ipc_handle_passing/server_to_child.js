// The child listens on the same port; the parent's server may close.
const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, server) => {
    server.on('connection', (socket) => socket.end('from the child'));
    process.send({ listening: server.listening, port: server.address().port });
    process.on('disconnect', () => server.close());
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    child.send('server', server);
    child.on('message', (message) => {
      console.log(message.listening, message.port === port);
      server.close(() => net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (text) => {
        console.log(text);
        child.disconnect();
      }));
    });
  });
}
