const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => socket.end('x'));
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    child.send('socket', socket, (error) => {
      console.log('callback', error);
      server.getConnections((none, count) => {
        console.log('connections', count);
        // What the child wrote may be here already, or not yet.
        client.on('data', (data) => console.log(`${data}`)).on('end', () => server.close(() => child.disconnect()));
      });
    });
    console.log(socket._handle, socket.remoteAddress);
  }).listen(0, '127.0.0.1', () => {
    client = net.connect(server.address().port, '127.0.0.1');
  });
  let client;
}
