// The events of both ends, in order, for the ways a connection can end.
'use strict';

const net = require('net');
const { listen, note, sleep } = require('./common/log');

async function run(name, options, atServer, atClient) {
  const log = [];
  const accepted = [];
  const server = await listen(options, (socket) => {
    accepted.push(socket);
    note(log, 'server', socket);
    atServer(socket);
  });
  const client = net.connect({ port: server.address().port, host: '127.0.0.1', ...options });
  note(log, 'client', client);
  client.on('connect', () => atClient(client));
  await sleep(60);
  const tell = (who) => log.filter((line) => line.startsWith(who)).map((line) => line.slice(7)).join(', ') || '(nothing)';
  console.log(`${name}\n  client: ${tell('client')}; ${client.readyState}\n  server: ${tell('server')}`);
  for (const socket of [client, ...accepted]) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
}

async function main() {
  const nothing = () => {};
  await run('client ends, both read', {}, (s) => s.resume(), (c) => { c.resume(); c.end('x'); });
  await run('server ends, both read', {}, (s) => { s.resume(); s.end('x'); }, (c) => c.resume());
  await run('nobody reads the end', {}, nothing, (c) => c.end());
  await run('half open, client ends', { allowHalfOpen: true }, (s) => s.resume(), (c) => { c.resume(); c.end('x'); });
  await run('half open, both end', { allowHalfOpen: true }, (s) => s.resume().on('end', () => s.end('y')),
    (c) => { c.resume(); c.end('x'); });
  await run('client destroys', {}, (s) => s.resume(), (c) => c.destroy());
  await run('client destroys with an error', {}, (s) => s.resume(), (c) => c.destroy(new Error('mine')));
  await run('client resets', {}, (s) => s.resume(), (c) => c.resetAndDestroy());
  await run('destroySoon', {}, (s) => s.resume(), (c) => { c.write('x'); c.destroySoon(); });
  await run('write after end', {}, (s) => s.resume(), (c) => { c.end(); c.write('x'); });
  await run('write after destroy', {}, (s) => s.resume(), (c) => { c.destroy(); c.write('x'); });
  await run('end in end', {}, (s) => s.resume().on('end', () => s.end('late')), (c) => { c.resume(); c.end(); });
  await run('unread data', {}, (s) => s.pause(), (c) => c.end('x'));
}

main();
