// worker.kill() in the primary is a signal and no disconnect: the worker did not exit of its own accord.
const cluster = require('cluster');
if (cluster.isPrimary) {
  const worker = cluster.fork();
  worker.once('listening', () => {
    worker.kill('SIGKILL');
    console.log('killed', worker.exitedAfterDisconnect, worker.state);
  });
  worker.on('disconnect', () => console.log('disconnect', worker.exitedAfterDisconnect, worker.state));
  worker.on('exit', (code, signal) => console.log('exit', code, signal, Object.keys(cluster.workers).length));
} else {
  require('net').createServer().listen(0);
}
