// only gyre: node never closes such a channel
// The sender is told of what did not leave; its server lives on.
const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.kill(process.pid, 'SIGSTOP');
} else {
  const child = fork(__filename, ['child']);
  const results = [];
  let count = 0;
  child.on('error', () => {});
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    child.send('socket', socket, (error) => results.push(error?.code));
    if (++count < 3) return;
    child.kill('SIGKILL');
    child.on('disconnect', () => setImmediate(() => {
      console.log(results.includes('ERR_IPC_CHANNEL_CLOSED'), server.listening);
      for (const client of clients) client.destroy();
      server.close();
    }));
  }).listen(0, '127.0.0.1', () => {
    for (let i = 0; i < 3; i++) clients.push(net.connect(server.address().port, '127.0.0.1').on('error', () => {}));
  });
  const clients = [];
}
