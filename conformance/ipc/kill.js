'use strict';
// Kills children of the runtime that the first argument names at random moments, under load: what a dead child's channel
// has confirmed has arrived, no message is torn or out of order, and neither side keeps a descriptor. The seed is the
// second argument; a third leaves out the handles.

const assert = require('assert');
const { fork } = require('child_process');
const { countDescriptors } = require('./descriptors');
const dgram = require('dgram');
const { once } = require('events');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');

const execPath = path.resolve(process.argv[2]);
const kRounds = 8;
const kMaxDelayMs = 60;

let seed = Number(process.argv[3] ?? 1);

/** Park and Miller's generator: the same moments for the same seed. */
function random(limit) {
  seed = (seed * 48271) % 0x7fffffff;
  return seed % limit;
}

const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function start(serialization) {
  const child = fork(path.join(__dirname, 'child.js'), [], { execPath, execArgv: [], serialization });
  // What was under way when it died; Gyre gives the connections back.
  child.on('error', ({ handle }) => handle?.destroy());
  return child;
}

/** events.once() would reject with what the child's death makes of a handle. */
const until = (child, event) => new Promise((resolve) => { child.once(event, resolve); });

async function gone(child) {
  if (child.exitCode === null && child.signalCode === null) await until(child, 'exit');
  if (child.connected) await until(child, 'disconnect');
}

/** Every message whose send was confirmed in the child is here, in order, although the child is dead. */
async function testConfirmed(serialization, folder) {
  for (let i = 0; i < kRounds; i++) {
    const file = path.join(folder, `${serialization}-${i}`);
    const child = start(serialization);
    let received = 0;
    child.on('message', ({ n, padding }) => {
      assert.strictEqual(n, received++);
      assert.strictEqual(padding.length, (n * 7919) % 3000);
    });
    child.send({ cmd: 'confirmed', file });
    await once(child, 'message');
    await sleep(random(kMaxDelayMs));
    child.kill('SIGKILL');
    await gone(child);
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    // The last line may be half written.
    const confirmed = lines.length < 2 ? -1 : Number(lines.at(-2));
    assert.ok(received > confirmed, `${confirmed} was confirmed, ${received} messages came`);
  }
}

/** Connections, a server and datagram sockets go to children that die meanwhile. */
async function testHandles() {
  for (let i = 0; i < kRounds; i++) {
    const child = start('json');
    let n = 0;
    const server = net.createServer({ pauseOnConnect: true }, (socket) => {
      if (child.connected) child.send({ cmd: 'connection', n: n++ }, socket, () => {});
      else socket.destroy();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address();
    const clients = new Set();
    const connect = () => {
      const client = net.connect(port, '127.0.0.1');
      clients.add(client);
      client.on('error', () => {});
      client.resume();
      client.on('close', () => {
        clients.delete(client);
        if (child.connected) connect();
      });
    };
    for (let j = 0; j < 8; j++) connect();
    const udp = dgram.createSocket('udp4');
    await once(udp.bind(0, '127.0.0.1'), 'listening');
    child.send({ cmd: 'dgram' }, udp);
    await sleep(30 + random(kMaxDelayMs));
    child.kill('SIGKILL');
    await gone(child);
    udp.close();
    server.close();
    for (const client of clients) client.destroy();
  }
}

async function countIn(child) {
  child.send({ cmd: 'descriptors' });
  for (;;) {
    const [message] = await once(child, 'message');
    if (message.descriptors !== undefined) return message.descriptors;
  }
}

/** A child that lives has as many descriptors after a thousand connections as before. */
async function testSurvivor() {
  const child = start('json');
  const before = await countIn(child);
  let n = 0;
  const server = net.createServer({ pauseOnConnect: true }, (socket) => child.send({ cmd: 'connection', n: n++ }, socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address();
  const visit = () => new Promise((resolve, reject) => {
    net.connect(port, '127.0.0.1').on('error', reject).on('close', resolve).resume();
  });
  for (let i = 0; i < 50; i++) await Promise.all(Array.from({ length: 20 }, visit));
  server.close();
  await sleep(100);
  assert.ok(await countIn(child) <= before, 'the child has left descriptors open');
  child.disconnect();
  assert.deepStrictEqual(await once(child, 'exit'), [0, null]);
}

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kill-'));
  const withHandles = process.argv[4] === undefined;
  if (withHandles) await testHandles();
  const before = countDescriptors();
  await testConfirmed('json', folder);
  await testConfirmed('advanced', folder);
  if (withHandles) await testHandles();
  await testSurvivor();
  fs.rmSync(folder, { recursive: true });
  await sleep(100);
  // What node itself opens meanwhile (one descriptor, at times) is its own affair.
  const own = process.versions.gyre === undefined ? 1 : 0;
  assert.ok(countDescriptors() <= before + own, `${countDescriptors()} descriptors are open, ${before} were`);
}

main();
