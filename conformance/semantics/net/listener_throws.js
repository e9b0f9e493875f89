// Listeners of sockets that throw leave the other sockets alone.
'use strict';

const net = require('net');
const { listen, sleep } = require('./common/log');

process.on('uncaughtException', (error) => console.log('uncaught:', error.message));

async function main() {
  let next = '';
  const server = await listen({}, (socket) => {
    const mine = next;
    socket.on('error', (error) => console.log(mine, 'error', error.message));
    socket.on('close', () => console.log(mine, 'close'));
    if (mine === 'connection') throw new Error('in connection');
    if (mine) socket.on(mine === 'write' ? 'drain' : mine, () => { throw new Error(`in ${mine}`); });
    if (mine === 'write') socket.write('x', () => { throw new Error('in the callback'); });
    else socket.on('data', (d) => socket.write(d));
  });
  for (const event of ['connection', 'data', 'end', 'write', 'close']) {
    next = event;
    const socket = net.connect(server.address().port, '127.0.0.1');
    socket.on('error', () => {});
    await new Promise((resolve) => socket.on('connect', resolve));
    await sleep(15);
    socket.write('abc');
    await sleep(15);
    socket.end();
    await sleep(15);
    socket.destroy();
    await sleep(15);
    next = '';
    const other = net.connect(server.address().port, '127.0.0.1');
    other.write('fine');
    console.log('another', await new Promise((resolve) => other.once('data', (d) => resolve(`${d}`))));
    other.destroy();
    await sleep(15);
  }
  server.close(() => console.log('closed'));
  server.getConnections((error, count) => {
    if (count > 0) process.exit(0);
  });
}

main();
