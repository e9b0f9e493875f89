// A killed worker loses its own connections and no others; new ones go to those that live.
const cluster = require('cluster');
const net = require('net');
const { startWorkers, stop } = require('./workers');

function connect(port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1').setEncoding('utf8').on('error', () => {});
    socket.once('data', (id) => resolve({ socket, id: Number(id), open: true }));
    socket.once('close', () => reject(new Error('closed')));
  });
}

const ask = ({ socket }) => new Promise((resolve) => {
  socket.once('data', () => resolve(true));
  socket.once('close', () => resolve(false));
  socket.write('?');
});

async function main() {
  const { workers, ports: [port] } = await startWorkers(3);
  const connections = [];
  for (let i = 0; i < 24; i++) connections.push(await connect(port));
  const victim = workers.find((worker) => worker.id === connections[0].id);
  const closed = connections.filter(({ id }) => id === victim.id)
    .map(({ socket }) => new Promise((resolve) => { socket.once('close', resolve); }));
  victim.process.kill('SIGKILL');
  await Promise.all(closed);
  console.log('its own are closed', closed.length > 0);
  const others = connections.filter(({ id }) => id !== victim.id);
  console.log('the others answer', (await Promise.all(others.map(ask))).every(Boolean));
  const next = [];
  for (let i = 0; i < 10; i++) next.push(await connect(port));
  console.log('new ones are served', next.length, next.every(({ id }) => id !== victim.id));
  for (const { socket } of [...connections, ...next]) socket.destroy();
  stop();
}

if (cluster.isPrimary) {
  main();
} else {
  net.createServer((socket) => {
    socket.on('error', () => {});
    socket.write(`${cluster.worker.id}`);
    socket.on('data', () => socket.write('!'));
  }).listen(0, '127.0.0.1');
}
