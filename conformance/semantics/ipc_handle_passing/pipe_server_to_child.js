const { fork } = require('child_process');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');
if (process.argv[2] === 'child') {
  process.on('message', (message, server) => {
    server.on('connection', (socket) => socket.end('over the pipe'));
    process.on('disconnect', () => server.close());
    process.send('ready');
  });
} else {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pipe-'));
  const child = fork(__filename, ['child']);
  // Both listen: either may have the connection.
  const server = net.createServer((socket) => socket.end('over the pipe')).listen(path.join(folder, 's'), () => {
    child.send('pipe', server);
    child.on('message', (message) => net.connect(path.join(folder, 's')).on('data', (data) => {
      console.log(message, `${data}`);
      child.disconnect();
      server.close();
      fs.rmSync(folder, { recursive: true, force: true });
    }));
  });
}
