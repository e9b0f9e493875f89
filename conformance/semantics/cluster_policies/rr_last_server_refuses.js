// only gyre: in node such a connection stays open, and nobody's, until the primary ends
// A connection is on its way to the last worker when that closes its server and refuses it: it is closed, not forgotten.
const cluster = require('cluster');
const { once } = require('events');
const fs = require('fs');
const net = require('net');
if (cluster.isPrimary) {
  test();
} else {
  const server = net.createServer((socket) => socket.end('never')).listen(0, '127.0.0.1');
  process.on('message', () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    server.close();
    setTimeout(() => process.disconnect(), 100);
  });
}
async function test() {
  setTimeout(() => process.exit(1), 5000).unref();
  const worker = cluster.fork();
  const exited = once(worker, 'exit');
  const [{ port }] = await once(worker, 'listening');
  const before = fs.readdirSync('/proc/self/fd').length;
  worker.send('close');
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  await once(net.connect(port, '127.0.0.1').on('error', () => {}), 'close');
  console.log('closed');
  await exited;
  console.log(fs.readdirSync('/proc/self/fd').length < before);
}
