// only gyre: node loses what the sender has read already
const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => {
    let text = '';
    socket.on('data', (data) => { text += data; }).on('end', () => {
      console.log(message, JSON.stringify(text));
      socket.end();
      process.disconnect();
    });
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      child.send('whole', socket);
      server.close();
    });
  }).listen(0, '127.0.0.1', () => {
    const client = net.connect(server.address().port, '127.0.0.1');
    client.write('first part, ');
    setTimeout(() => client.end('second part'), 100);
  });
}
