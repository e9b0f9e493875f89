// listen() and close(): what is told when, and what is wrong.
'use strict';

const net = require('net');
const { note, sleep } = require('./common/log');

async function main() {
  const log = [];
  const server = note(log, 'server', net.createServer(), ['listening', 'error', 'close']);
  console.log(server.listening, server.address());
  server.listen(0, '127.0.0.1', () => log.push('callback'));
  console.log(server.listening);
  try {
    server.listen(0);
  } catch (error) {
    console.log(error.code, error.message);
  }
  await sleep(10);
  const { port } = server.address();
  const other = note(log, 'other', net.createServer(), ['listening', 'error', 'close']);
  other.listen(port, '127.0.0.1').on('error', ({ code, syscall, address, port: p }) => log.push([code, syscall, address, p === port].join()));
  await sleep(20);
  server.close((error) => log.push(`closed ${error}`));
  server.close((error) => log.push(`closed again ${error?.code}`));
  await sleep(10);
  console.log(log.splice(0));

  const controller = new AbortController();
  const stopped = note(log, 'stopped', net.createServer(), ['listening', 'error', 'close']);
  stopped.listen({ port: 0, host: '127.0.0.1', signal: controller.signal });
  await sleep(10);
  controller.abort();
  await sleep(10);
  console.log(log.splice(0), stopped.listening);

  for (const argument of [{}, { port: 65536 }, { port: 'a' }, { fd: 10_000 }, { path: '' }, { port: 0, host: 7 }, true, { port: null }]) {
    const failing = net.createServer();
    failing.on('error', (error) => console.log('event', error.code, error.syscall));
    try {
      failing.listen(argument, () => { console.log('listens', argument); failing.close(); });
    } catch (error) {
      console.log(error.name, error.code, error.message.split('\n')[0]);
    }
    await sleep(5);
  }
}

main();
