'use strict';
// What happens at the edges: handlers that destroy or throw, transports that call back at once, peers that vanish. One
// after the other. Node passes it too.

const assert = require('assert');
const http2 = require('http2');
const net = require('net');
const { once } = require('events');
const { Duplex } = require('stream');
const { createHook } = require('async_hooks');
const { frame, kPreface } = require('../../conformance/semantics/http2/common/pair.js');

async function listen(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

async function withServer(onStream, run) {
  const server = http2.createServer();
  server.on('stream', onStream);
  const client = http2.connect(`http://127.0.0.1:${await listen(server)}`);
  await run(client, server);
  client.destroy();
  server.close();
  await once(server, 'close');
}

// Two ends of a connection that deliver within write().
function directPair() {
  const ends = [];
  for (const other of [1, 0]) {
    ends.push(new Duplex({
      read() {},
      write(chunk, encoding, callback) {
        ends[other].push(chunk);
        callback();
      },
      final(callback) {
        ends[other].push(null);
        callback();
      },
    }));
  }
  return ends;
}

function connectDirectly(onSession) {
  const [near, far] = directPair();
  const server = http2.createServer();
  server.on('session', onSession);
  server.emit('connection', far);
  return { server, client: http2.connect('http://localhost', { createConnection: () => near }) };
}

function nextUncaught() {
  return new Promise((resolve) => process.once('uncaughtException', resolve));
}

async function destroyedByAborted() {
  let aborted;
  const closed = new Promise((resolve) => { aborted = resolve; });
  await withServer((stream) => {
    stream.on('error', () => {});
    stream.on('aborted', () => stream.destroy());
    stream.on('close', aborted);
    stream.respond();
    stream.write('part');
  }, async (client) => {
    const request = client.request({ ':method': 'POST' });
    request.on('error', () => {});
    await once(request, 'data');
    request.close(http2.constants.NGHTTP2_CANCEL);
    await closed;
  });
}

async function pingCallbackThrows() {
  await withServer(() => {}, async (client) => {
    await once(client, 'connect');
    const uncaught = nextUncaught();
    client.ping((error) => {
      assert.strictEqual(error.code, 'ERR_HTTP2_PING_CANCEL');
      throw new Error('of the callback');
    });
    client.destroy();
    const [error] = await Promise.all([uncaught, once(client, 'close')]);
    assert.strictEqual(error.message, 'of the callback');
  });
}

async function codesThatAreNoNumbers() {
  await withServer(() => {}, async (client, server) => {
    const goaway = new Promise((resolve) => {
      server.once('session', (session) => {
        session.on('error', () => {});
        session.on('goaway', resolve);
      });
    });
    client.on('error', () => {});
    await once(client, 'connect');
    client.destroy(new Error('over'), true);
    assert.strictEqual(await goaway, 1);
  });
  assert.strictEqual(http2.getPackedSettings({ customSettings: { 0x77: undefined, 0x78: 3 } }).toString('hex'),
                     '007800000003');
}

async function destroyedWithinWrite() {
  const { client } = connectDirectly(() => {});
  await once(client, 'connect');
  client.ping(() => client.destroy());
  await once(client, 'close');
}

// What comes after the frame whose listener threw is still told.
async function listenerThrows() {
  const uncaught = nextUncaught();
  const { client, server } = connectDirectly((session) => {
    session.once('ping', () => { throw new Error('of the listener'); });
  });
  server.on('stream', (stream) => {
    stream.respond();
    stream.end('answer');
  });
  client.ping(() => {});
  const request = client.request();
  const [chunk] = await once(request, 'data');
  assert.strictEqual(chunk.toString(), 'answer');
  assert.strictEqual((await uncaught).message, 'of the listener');
  client.destroy();
}

async function readFails() {
  const server = net.createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  const client = http2.connect(`http://127.0.0.1:${await listen(server)}`);
  const [error] = await once(client, 'error');
  assert.strictEqual(error.message, 'read ECONNRESET');
  server.close();
}

// A peer asks and asks, reads nothing, and resets: by then the server does not read any more.
async function deafPeerResets() {
  const kRequests = 3000;
  const server = http2.createServer({ maxSessionMemory: 1000 });
  const body = Buffer.alloc(32 * 1024 * 1024);
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    stream.respond();
    stream.end(stream.id === 1 ? body : 'short');
  });
  const closed = new Promise((resolve) => {
    server.on('session', (session) => {
      session.on('error', () => {});
      session.on('close', resolve);
    });
  });
  const socket = net.connect({ port: await listen(server), host: '127.0.0.1' });
  socket.on('error', () => {});
  const window = Buffer.from([0, 4, 0x7f, 0xff, 0xff, 0xff]);
  const request = Buffer.from([0x82, 0x86, 0x84, 0x01, 0x01, 0x61]);
  const frames = [kPreface, frame(4, 0, 0, window),
                  frame(8, 0, 0, Buffer.from([0x7f, 0, 0, 0])), frame(1, 5, 1, request)];
  socket.write(Buffer.concat(frames));
  await new Promise((resolve) => { setTimeout(resolve, 200); });
  for (let i = 1; i <= kRequests; i++) socket.write(frame(1, 5, 2 * i + 1, request));
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  socket.resetAndDestroy();
  await closed;
  server.close();
}

// The memory of what was written may be taken away before it has left.
async function resizedAfterWrite() {
  const kSize = 256 * 1024;
  let received = 0;
  await withServer((stream) => {
    stream.on('data', (chunk) => { received += chunk.length; });
    stream.on('end', () => {
      stream.respond();
      stream.end();
    });
  }, async (client) => {
    const request = client.request({ ':method': 'POST' });
    await once(client, 'remoteSettings');
    const memory = new ArrayBuffer(kSize, { maxByteLength: kSize });
    request.end(new Uint8Array(memory));
    memory.resize(0);
    request.resume();
    await once(request, 'end');
    assert.strictEqual(received, kSize);
  });
}

// A hook that hears of a stream may begin others, while the session is at the first.
async function hookBeginsStreams() {
  const kMore = 200;
  await withServer((stream) => {
    stream.respond();
    stream.end('answer');
  }, async (client) => {
    await once(client, 'connect');
    const requests = [];
    let begun = false;
    const hook = createHook({
      init(id, type) {
        if (type !== 'HTTP2STREAM' || begun) return;
        begun = true;
        for (let i = 0; i < kMore; i++) requests.push(client.request());
      },
    }).enable();
    requests.push(client.request());
    hook.disable();
    for (const request of requests) request.resume();
    await Promise.all(requests.map((request) => once(request, 'end')));
    assert.strictEqual(requests.length, kMore + 1);
  });
}

// A connection that hangs may keep nothing alive.
let finished = false;
process.on('exit', () => assert(finished));

(async () => {
  await destroyedByAborted();
  await pingCallbackThrows();
  await codesThatAreNoNumbers();
  await destroyedWithinWrite();
  await listenerThrows();
  await readFails();
  await deafPeerResets();
  await hookBeginsStreams();
  // In Node the request does not end.
  if (process.versions.gyre) await resizedAfterWrite();
  finished = true;
})();
