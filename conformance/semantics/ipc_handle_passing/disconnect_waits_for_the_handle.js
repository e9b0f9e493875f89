const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (message, socket) => socket.end('made it'));
  process.on('disconnect', () => { process.exitCode = 5; });
} else {
  const child = fork(__filename, ['child']);
  const exit = new Promise((resolve) => { child.on('exit', resolve); });
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    child.send('socket', socket);
    child.disconnect();
    server.close();
  }).listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1').on('data', async (data) => {
    console.log(`${data}`, await exit);
  }));
}
