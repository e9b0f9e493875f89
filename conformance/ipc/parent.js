'use strict';
// Forks child.js with the runtime that the first argument names and checks messages, handles and the channel's end.

const assert = require('assert');
const { fork } = require('child_process');
const { countDescriptors } = require('./descriptors');
const dgram = require('dgram');
const { once } = require('events');
const net = require('net');
const path = require('path');

const execPath = path.resolve(process.argv[2]);

function start(serialization) {
  return fork(path.join(__dirname, 'child.js'), [], { execPath, execArgv: [], serialization });
}

async function answer(child, message, handle) {
  const reply = once(child, 'message');
  child.send(message, handle);
  return (await reply)[0];
}

async function testMessages(child, serialization) {
  const values = [
    'gr\u00fc\u00dfe\n\0', 0, -1.5, true, null, [], { a: [1, { b: 'c' }] }, 'x'.repeat(3_000_000),
  ];
  if (serialization === 'advanced') {
    values.push(new Map([[1, new Set(['a'])]]), new Date(5), { n: 12345678901234567890n },
                new Uint8Array([1, 2, 3]), { error: new RangeError('no') }, [undefined, NaN, -0]);
  }
  for (const value of values) {
    assert.deepStrictEqual(await answer(child, { cmd: 'echo', value }), value);
  }
}

async function testFlood(child) {
  const count = 5000;
  const { promise, resolve } = Promise.withResolvers();
  let next = 0;
  child.on('message', function onMessage({ i, padding }) {
    assert.strictEqual(i, next++);
    assert.strictEqual(padding.length, i % 1000);
    if (next < count) return;
    child.removeListener('message', onMessage);
    resolve();
  });
  child.send({ cmd: 'flood', count });
  await promise;
}

async function read(port) {
  const socket = net.connect(port, '127.0.0.1');
  socket.setEncoding('utf8');
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

async function testConnections(child) {
  const count = 20;
  let n = 0;
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    child.send({ cmd: 'connection', n: n++ }, socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address();
  const texts = await Promise.all(Array.from({ length: count }, () => read(port)));
  assert.deepStrictEqual(texts.sort(), Array.from({ length: count }, (_, i) => `connection ${i}`).sort());
  await new Promise((resolve) => { server.close(resolve); });
}

async function testServer(child) {
  const server = net.createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address();
  assert.strictEqual(await answer(child, { cmd: 'server' }, server), 'ready');
  server.close();
  assert.strictEqual(await read(port), 'server');
  assert.strictEqual(await answer(child, { cmd: 'close' }), 'closed');
}

async function testDgram(child) {
  const socket = dgram.createSocket('udp4');
  await once(socket.bind(0, '127.0.0.1'), 'listening');
  const { port } = socket.address();
  assert.strictEqual(await answer(child, { cmd: 'dgram' }, socket), 'ready');
  socket.close();
  const client = dgram.createSocket('udp4');
  client.send('there and', port, '127.0.0.1');
  assert.strictEqual(`${(await once(client, 'message'))[0]}`, 'there and back');
  client.close();
  assert.strictEqual(await answer(child, { cmd: 'close' }), 'closed');
}

async function testSerialization(serialization) {
  const child = start(serialization);
  await testMessages(child, serialization);
  await testFlood(child);
  await testConnections(child);
  await testServer(child);
  await testDgram(child);
  child.disconnect();
  assert.deepStrictEqual(await once(child, 'exit'), [0, null]);
}

/** A child that dies while it floods: what came is whole, and the channel ends. */
async function testKill(delay) {
  const child = start('json');
  let next = 0;
  child.on('message', ({ i }) => assert.strictEqual(i, next++));
  child.send({ cmd: 'flood', count: 100_000 });
  setTimeout(() => child.kill('SIGKILL'), delay);
  assert.deepStrictEqual(await once(child, 'exit'), [null, 'SIGKILL']);
  if (child.connected) await once(child, 'disconnect');
}

async function main() {
  await testSerialization('json');
  const before = countDescriptors();
  await testSerialization('json');
  await testSerialization('advanced');
  for (let delay = 0; delay < 300; delay += 30) await testKill(delay);
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  assert.ok(countDescriptors() <= before, 'descriptors are left open');
}

main();
