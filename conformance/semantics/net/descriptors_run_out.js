// only gyre: node accepts and closes what it has no descriptors for
// A server that has no descriptor left for another connection rests, keeps those that it has, and takes the others as
// soon as it can: every client is served.
'use strict';

const { spawn } = require('child_process');
const net = require('net');

if (process.argv[2] === 'server') {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    // Long enough for all the others to knock.
    socket.once('data', (data) => setTimeout(() => socket.end(data), 100));
  });
  server.on('error', (error) => process.send({ error: error.code }));
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.on('message', () => process.send({ cpu: process.cpuUsage() }));
} else {
  main();
}

async function main() {
  const child = spawn('/bin/sh', ['-c', 'ulimit -n 40; exec "$0" "$@"', process.execPath, __filename, 'server'],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const told = () => new Promise((resolve) => child.once('message', resolve));
  const { port } = await told();
  const count = 120;
  let served = 0;
  let refused = 0;
  await Promise.all(Array.from({ length: count }, (_, n) => new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.write(`${n}`);
    socket.on('data', (data) => { if (String(data) === `${n}`) served++; });
    socket.on('error', () => refused++);
    socket.on('close', resolve);
  })));
  console.log(`${served} of ${count} served, ${refused} refused`);
  child.send('cpu');
  const { cpu } = await told();
  console.log('it rested meanwhile', cpu.user + cpu.system < 1_000_000);
  child.kill();
}
