const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => {
    console.log(message);
    socket.end(message.get('body'));
  });
} else {
  const child = fork(__filename, ['child'], { serialization: 'advanced' });
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    child.send(new Map([['body', Buffer.from('bytes')], ['n', 1n]]), socket);
    server.close();
  }).listen(0, '127.0.0.1', () => {
    net.connect(server.address().port, '127.0.0.1').on('data', (data) => console.log(`${data}`)).on('end', () => child.disconnect());
  });
}
