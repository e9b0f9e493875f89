'use strict';

// net over TCP and Unix sockets: data, ends, errors, options.

const assert = require('assert');
const { once } = require('events');
const net = require('net');
const os = require('os');
const path = require('path');

const tests = [];
function test(name, run) {
  tests.push([name, run]);
}

async function listen(listener, where = { port: 0, host: '127.0.0.1' }, options = {}) {
  const server = net.createServer(options, listener);
  server.listen(where);
  await once(server, 'listening');
  return server;
}

async function readAll(socket) {
  let text = '';
  socket.setEncoding('utf8');
  for await (const chunk of socket) text += chunk;
  return text;
}

test('echo over TCP', async () => {
  const server = await listen((socket) => socket.pipe(socket));
  const { port } = server.address();
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  assert.strictEqual(socket.remotePort, port);
  assert.strictEqual(socket.remoteFamily, 'IPv4');
  assert.strictEqual(socket.readyState, 'open');
  socket.write('one ');
  socket.write(Buffer.from('two '));
  socket.write('dr\u00e9i', 'latin1');
  socket.end();
  assert.strictEqual(await readAll(socket), 'one two dr\ufffdi');
  assert.strictEqual(socket.bytesWritten, 12);
  assert.strictEqual(socket.bytesRead, 12);
  server.close();
});

test('much data, with backpressure', async () => {
  const total = 20_000_000;
  const server = await listen((socket) => {
    const chunk = Buffer.alloc(100_000, 'x');
    let sent = 0;
    const more = () => {
      while (sent < total) {
        sent += chunk.length;
        if (!socket.write(chunk)) return socket.once('drain', more);
      }
      socket.end();
    };
    more();
  });
  const socket = net.connect(server.address().port);
  let received = 0;
  for await (const chunk of socket) received += chunk.length;
  assert.strictEqual(received, total);
  server.close();
});

test('Unix sockets', async () => {
  const where = path.join(os.tmpdir(), `gyre-net-test-${process.pid}.sock`);
  const server = await listen((socket) => socket.end('hi'), where);
  assert.strictEqual(server.address(), where);
  assert.strictEqual(await readAll(net.connect(where)), 'hi');
  server.close();
});

test('errors have Node\'s fields and texts', async () => {
  const refused = net.connect(1, '127.0.0.1');
  const [error] = await once(refused, 'error', { signal: undefined }).catch((e) => [e]);
  assert.strictEqual(error.message, 'connect ECONNREFUSED 127.0.0.1:1');
  assert.deepStrictEqual({ ...error }, {
    errno: -111, code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 1,
  });
  const server = await listen(() => {});
  const { port } = server.address();
  const second = net.createServer().listen(port, '127.0.0.1');
  const [inUse] = await once(second, 'error').catch((e) => [e]);
  assert.strictEqual(inUse.message, `listen EADDRINUSE: address already in use 127.0.0.1:${port}`);
  assert.strictEqual(inUse.code, 'EADDRINUSE');
  assert.throws(() => net.connect({ port: 70000 }), { code: 'ERR_SOCKET_BAD_PORT' });
  assert.throws(() => net.connect({}), { code: 'ERR_MISSING_ARGS' });
  assert.throws(() => server.listen(port), { code: 'ERR_SERVER_ALREADY_LISTEN' });
  server.close();
});

test('allowHalfOpen', async () => {
  const server = await listen((socket) => {
    socket.resume();
    socket.on('end', () => setTimeout(() => socket.end('after'), 10));
  }, undefined, { allowHalfOpen: true });
  const socket = net.connect({ port: server.address().port, allowHalfOpen: true });
  socket.end('x');
  assert.strictEqual(await readAll(socket), 'after');
  server.close();
});

test('onread fills the program\'s own buffer', async () => {
  const server = await listen((socket) => socket.end('hello'));
  const buffer = Buffer.alloc(3);
  let text = '';
  const socket = net.connect({
    port: server.address().port,
    onread: {
      buffer,
      callback(size, data) {
        assert.strictEqual(data, buffer);
        text += data.toString('latin1', 0, size);
        return true;
      },
    },
  });
  await once(socket, 'close');
  assert.strictEqual(text, 'hello');
  server.close();
});

test('timeouts, reset, limits', async () => {
  const server = await listen((socket) => socket.on('error', () => {}));
  server.maxConnections = 1;
  const first = net.connect(server.address().port);
  first.setTimeout(20);
  await once(first, 'timeout');
  const dropped = once(server, 'drop');
  const second = net.connect(server.address().port);
  second.on('error', () => {});
  const [data] = await dropped;
  assert.strictEqual(data.remoteFamily, data.localFamily);
  const closed = once(first, 'close');
  first.resetAndDestroy();
  await closed;
  second.destroy();
  server.close();
});

test('a write of more than four gigabytes is not cut', async () => {
  const server = net.createServer((socket) => socket.pause());
  server.listen(0);
  await once(server, 'listening');
  const client = net.connect(server.address().port);
  await once(client, 'connect');
  let written = false;
  // Nobody has touched this memory: it takes none.
  client.write(Buffer.alloc(2 ** 32 + 5), () => written = true);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(!written && client.writableLength > 0);
  client.on('error', () => {});
  client.destroy();
  server.close();
});

test('a function that gives no buffer for the next read leaves the last one', async () => {
  const server = net.createServer((socket) => socket.end('hello world'));
  server.listen(0);
  await once(server, 'listening');
  const buffers = [new Uint8Array(4), 'no buffer', 0, {}];
  const seen = [];
  const client = net.connect({
    port: server.address().port,
    onread: { buffer: () => buffers.shift(), callback: (size, buffer) => seen.push(Buffer.from(buffer.subarray(0, size)).toString()) },
  });
  await once(client, 'close');
  assert.deepStrictEqual(seen, ['hell', 'o wo', 'rld']);
  server.close();
});

test('addresses', () => {
  assert.strictEqual(net.isIP('::1'), 6);
  assert.strictEqual(net.isIP('127.0.0.1'), 4);
  assert.strictEqual(net.isIP('127.0.0.1.2'), 0);
  assert.ok(net.isIPv6('fe80::1%eth0'));
  const list = new net.BlockList();
  list.addAddress('123.123.123.123');
  list.addRange('10.0.0.1', '10.0.0.10');
  list.addSubnet('8592:757c:efae:4e45::', 64, 'ipv6');
  assert.ok(list.check('123.123.123.123'));
  assert.ok(list.check('10.0.0.3'));
  assert.ok(!list.check('222.111.111.222'));
  assert.ok(list.check('::ffff:7b7b:7b7b', 'ipv6'));
  assert.ok(list.check('8592:757c:efae:4e45:fb5d:d62a:0d00:8e17', 'ipv6'));
  assert.strictEqual(new net.SocketAddress({ port: 80 }).address, '127.0.0.1');
});

(async () => {
  for (const [name, run] of tests) {
    try {
      await run();
    } catch (error) {
      console.error(`not ok: ${name}`);
      throw error;
    }
  }
})();
