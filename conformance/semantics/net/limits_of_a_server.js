// maxConnections and 'drop', pauseOnConnect, blockList, getConnections.
'use strict';

const net = require('net');
const { once } = require('events');
const { listen, sleep } = require('./common/log');

async function main() {
  const taken = [];
  const server = await listen({ pauseOnConnect: true }, (socket) => {
    taken.push(socket);
    console.log('connection', socket.isPaused(), socket.remoteFamily);
    setTimeout(() => socket.resume(), 20);
    socket.on('data', (d) => {
      console.log('data', String(d));
      server.emit('read');
    });
  });
  server.maxConnections = 1;
  server.on('drop', (data) => console.log('drop', data.localAddress, data.remoteFamily, data.localPort === server.address().port));
  const { port } = server.address();
  const one = net.connect(port, '127.0.0.1');
  one.write('one');
  await once(server, 'read');
  const two = net.connect(port, '127.0.0.1');
  two.on('error', () => {});
  await Promise.all([once(server, 'drop'), once(two, 'close')]);
  console.log('second closed');
  server.getConnections((error, count) => console.log('connections', error, count));
  one.destroy();
  await sleep(20);
  server.getConnections((error, count) => console.log('connections', error, count));
  server.close();

  const blockList = new net.BlockList();
  blockList.addSubnet('127.0.0.0', 8);
  console.log(blockList.check('127.1.2.3'), blockList.check('::ffff:7f00:1', 'ipv6'), blockList.rules);
  const closed = await listen({ blockList }, () => console.log('never'));
  const refused = net.connect(closed.address().port, '127.0.0.1');
  await new Promise((resolve) => refused.on('error', () => {}).on('close', resolve).resume());
  console.log('refused');
  closed.close();
  const own = net.connect({ port, host: '127.0.0.1', blockList });
  own.on('error', (error) => console.log(error.code));
}

main();
