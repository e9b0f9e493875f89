const { fork } = require('child_process');
const dgram = require('dgram');
if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => {
    console.log(message, socket instanceof dgram.Socket);
    socket.on('message', (data, { port, address }) => socket.send(`${data} and back`, port, address, () => {
      socket.close();
      process.disconnect();
    }));
    process.send('ready');
  });
} else {
  const child = fork(__filename, ['child']);
  const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1', () => {
    const { port } = socket.address();
    child.send('datagrams', socket);
    child.on('message', () => {
      socket.close();
      const client = dgram.createSocket('udp4');
      client.on('message', (data) => {
        console.log(`${data}`);
        client.close();
      });
      client.send('there', port, '127.0.0.1');
    });
  });
}
