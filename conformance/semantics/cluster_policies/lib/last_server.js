'use strict';
// A connection is on its way to the last worker when that closes its server as close(server) says: it is closed, not
// forgotten, and the primary keeps no descriptor of it.

const cluster = require('cluster');
const { once } = require('events');
const fs = require('fs');
const net = require('net');

function work(close) {
  const server = net.createServer((socket) => socket.end('never')).listen(0, '127.0.0.1');
  process.on('message', () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    close(server);
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

module.exports = function lastServer(close) {
  if (cluster.isPrimary) test();
  else work(close);
};
