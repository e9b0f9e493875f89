const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => {
    console.log('child', message, socket instanceof net.Socket, socket.remoteFamily);
    socket.end('served by the child');
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer({ pauseOnConnect: true }, (socket) => child.send('take it', socket)).listen(0, '127.0.0.1', () => {
    net.connect(server.address().port, '127.0.0.1').setEncoding('utf8').on('data', (text) => console.log(text)).on('end', () => {
      server.close(() => {
        console.log('closed');
        child.disconnect();
      });
    });
  });
}
