// A cluster worker dies with a connection that it was sent and has not taken: nobody listens to its errors, and the
// primary goes on.
const cluster = require('cluster');
const net = require('net');
if (cluster.isPrimary) {
  const worker = cluster.fork();
  worker.on('online', () => {
    const server = net.createServer((socket) => {
      worker.process.kill('SIGSTOP');
      worker.send('take it', socket);
      setTimeout(() => worker.process.kill('SIGKILL'), 100);
    }).listen(0, '127.0.0.1', () => {
      const client = net.connect(server.address().port, '127.0.0.1').on('error', () => {});
      worker.on('exit', (code, signal) => {
        console.log('exit', signal);
        setTimeout(() => {
          console.log('still there');
          client.destroy();
          process.exit();
        }, 100);
      });
    });
  });
}
