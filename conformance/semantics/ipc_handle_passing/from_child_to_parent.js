const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    process.send('yours', socket, () => {
      server.close();
      process.disconnect();
    });
  }).listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
} else {
  const child = fork(__filename, ['child']);
  child.on('message', (message, socket) => {
    if (socket) socket.end(`${message}: from the parent`);
    else net.connect(message.port, '127.0.0.1').on('data', (data) => console.log(`${data}`));
  });
  child.on('exit', (code) => console.log('exit', code));
}
