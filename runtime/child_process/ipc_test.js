'use strict';
// The channel of fork(): messages both ways, handles, and its end. The other side is this file again.

const assert = require('assert');
const { fork } = require('child_process');
const { once } = require('events');
const net = require('net');

if (process.argv[2] === 'child') child();
else parent();

function child() {
  process.on('message', (message, handle) => {
    if (message.echo !== undefined) process.send(message.echo);
    if (message.cmd === 'take connection') handle.end('from the child');
    if (message.cmd === 'take server') {
      handle.on('connection', (socket) => socket.end('served by the child'));
      process.send('listening');
    }
  });
}

async function read(port) {
  const socket = net.connect(port, '127.0.0.1');
  socket.setEncoding('utf8');
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

async function echo(target, value) {
  target.send({ echo: value });
  return (await once(target, 'message'))[0];
}

// Strings that are encoded and read in pieces, among others: their order, and every kind of character.
async function testLargeStrings(target) {
  const strings = ['x'.repeat(300_000), 'gr\u00fc\u00dfe\n"\\'.repeat(40_000), 'x\ud83d\ude00'.repeat(60_000),
                   `${'\ud83d\ude00'.repeat(70_000)}\udc00`, `${'y'.repeat(200_000)}\u0000`, '"'.repeat(100_000)];
  const values = [...strings, { a: 1, text: strings[0], z: [strings[1]] }, { text: strings[1], ['__proto__']: strings[0] },
                  { '2': strings[0], '1': strings[3], 'last': null, 'none': 1 }, [strings[0]]];
  const answers = [];
  const { promise, resolve } = Promise.withResolvers();
  target.on('message', function onMessage(answer) {
    if (answers.push(answer) < 2 * values.length) return;
    target.removeListener('message', onMessage);
    resolve();
  });
  values.forEach((value, i) => {
    target.send({ echo: value });
    target.send({ echo: i });
  });
  await promise;
  assert.deepStrictEqual(answers, values.flatMap((value, i) => [value, i]));
  for (const value of values) assert.deepStrictEqual(await echo(target, value), value);
  let reads = 0;
  target.send({ get echo() { return `${++reads}${strings[0]}`; } });
  assert.deepStrictEqual((await once(target, 'message'))[0], `${reads}${strings[0]}`);
}

async function testMessages(target) {
  for (const value of ['text', 0, null, [1, { a: 'gr\u00fc\u00dfe\n' }], 'x'.repeat(1 << 20)]) {
    assert.deepStrictEqual(await echo(target, value), value);
  }
  const replies = [];
  const { promise, resolve } = Promise.withResolvers();
  target.on('message', function onMessage(reply) {
    if (replies.push(reply) < 1000) return;
    target.removeListener('message', onMessage);
    resolve();
  });
  for (let i = 0; i < 1000; i++) target.send({ echo: i });
  await promise;
  assert.deepStrictEqual(replies, [...replies.keys()]);
}

async function testHandles(target) {
  const server = net.createServer((socket) => target.send({ cmd: 'take connection' }, socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  assert.strictEqual(await read(server.address().port), 'from the child');
  server.close();

  const shared = net.createServer();
  await once(shared.listen(0, '127.0.0.1'), 'listening');
  const { port } = shared.address();
  target.send({ cmd: 'take server' }, shared);
  await once(target, 'message');
  shared.close();
  assert.strictEqual(await read(port), 'served by the child');
}

function testArguments(target) {
  assert.throws(() => target.send(), { code: 'ERR_MISSING_ARGS' });
  assert.throws(() => target.send(Symbol('no')), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => target.send('x', {}), { code: 'ERR_INVALID_HANDLE_TYPE' });
}

async function parent() {
  await testChannel('advanced');
  await testChannel('json');
}

async function testChannel(serialization) {
  const target = fork(__filename, ['child'], { serialization });
  testArguments(target);
  await testMessages(target);
  await testLargeStrings(target);
  await testHandles(target);
  assert.ok(target.connected);
  target.kill();
  const [code, signal] = await once(target, 'exit');
  assert.deepStrictEqual([code, signal], [null, 'SIGTERM']);
  if (target.connected) await once(target, 'disconnect');
  const failure = once(target, 'error');
  target.send('late');
  const [error] = await failure.catch((reason) => [reason]);
  assert.strictEqual(error.code, 'ERR_IPC_CHANNEL_CLOSED');
}
