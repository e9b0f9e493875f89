// listen(0) gives all workers one port, and each of them serves there.
const cluster = require('cluster');
const net = require('net');
const { startWorkers, stop } = require('./workers');

async function main() {
  const { ports } = await startWorkers(3);
  console.log('workers', ports.length, 'ports', new Set(ports).size, ports[0] > 0);
  // A second server of the same workers has a port of its own.
  const seconds = await Promise.all(Object.values(cluster.workers).map((worker) => new Promise((resolve) => {
    worker.send('second');
    worker.on('message', resolve);
  })));
  console.log('second', new Set(seconds).size, seconds[0] !== ports[0]);
  stop();
}

if (cluster.isPrimary) {
  main();
} else {
  net.createServer().listen(0, '127.0.0.1');
  process.on('message', () => {
    const server = net.createServer().listen(0, '127.0.0.1', () => process.send(server.address().port));
  });
}
