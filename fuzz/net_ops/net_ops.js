'use strict';
// TCP and Unix sockets. The properties: what one end reads is what the other wrote, in order, all of it when both ended
// well; 'end' and 'close' come once, nothing follows 'close'; write callbacks are called once; everything closes in the
// end. The input: a byte of options, then operations of one byte each: three bits choose the socket, five what it does.

const assert = require('assert');
const { Buffer } = require('buffer');
const net = require('net');
const { setImmediate } = require('timers');

const PAIRS = 4;
const MAX_OPERATIONS = 60;
// What may happen to an end whose other end is gone.
const CODES = new Set([
  'ECONNRESET', 'EPIPE', 'ECANCELED', 'ECONNREFUSED', 'ENOTCONN', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END',
  'ERR_SOCKET_CLOSED', 'ERR_FUZZ', 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'EINVAL',
]);

/** One end of a connection, and what it has seen. */
class End {
  constructor(socket) {
    this.socket = socket;
    this.events = [];
    this.sent = [];
    this.received = [];
    this.writes = 0;
    this.settled = 0;
    this.wasReset = false;
    this.closed = new Promise((resolve) => { socket.on('close', resolve); });
    for (const event of ['end', 'finish', 'close', 'error']) {
      socket.on(event, (error) => {
        assert.ok(!this.events.includes(event), `${event} after ${this.events}`);
        assert.ok(!this.events.includes('close'), `${event} after ${this.events}`);
        this.events.push(event);
        if (event === 'error') assert.ok(CODES.has(error.code), error.stack);
      });
    }
    socket.on('data', (chunk) => {
      assert.ok(!this.events.includes('end') && !this.events.includes('close'), `data after ${this.events}`);
      this.received.push(Buffer.from(chunk, 'latin1'));
    });
  }

  write(data) {
    if (this.socket.writableEnded || this.socket.destroyed) return;
    this.sent.push(Buffer.from(data, 'latin1'));
    this.writes++;
    this.socket.write(data, 'latin1', () => { this.settled++; });
  }
}

const operations = [
  (end) => end.write('a'),
  (end) => end.write(Buffer.alloc(1000, 'b')),
  (end) => end.write(Buffer.alloc(200000, 'c')),
  (end) => end.write('\xe9'.repeat(300)),
  (end) => end.socket.end(),
  (end) => end.socket.destroy(),
  (end) => end.socket.destroySoon(),
  (end) => end.socket.pause(),
  (end) => end.socket.resume(),
  (end) => end.socket.cork(),
  (end) => end.socket.uncork(),
  (end) => end.socket.unref(),
  (end) => end.socket.ref(),
  (end) => end.socket.setNoDelay(),
  (end) => end.socket.setKeepAlive(true, 1000),
  (end) => end.socket.setTimeout(1),
  (end) => end.socket.setTimeout(0),
  (end) => end.socket.setEncoding('latin1'),
  (end) => {
    end.wasReset = Boolean(end.socket.remoteFamily);
    if (end.wasReset) end.socket.resetAndDestroy();
    else end.socket.destroy();
  },
  (end) => end.socket.destroy(Object.assign(new Error('fuzz'), { code: 'ERR_FUZZ' })),
  (end) => assert.strictEqual(typeof end.socket.address(), 'object'),
  (end) => end.socket.read(1),
];

function listen(options) {
  const server = net.createServer({
    allowHalfOpen: (options & 1) !== 0, pauseOnConnect: (options & 2) !== 0, noDelay: (options & 4) !== 0,
  });
  return new Promise((resolve) => {
    // An abstract socket leaves nothing behind.
    if (options & 8) server.listen(`\0gyre-fuzz-${process.pid}`, () => resolve(server));
    else server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

async function connect(server, options) {
  const address = server.address();
  const target = typeof address === 'string' ? { path: address } : { port: address.port, host: address.address };
  const accepted = new Promise((resolve) => { server.once('connection', resolve); });
  const client = net.connect({ ...target, allowHalfOpen: (options & 16) !== 0 });
  const ends = [new End(client), new End(await accepted)];
  return ends;
}

function turn() {
  return new Promise((resolve) => { setImmediate(resolve); });
}

function checkReceived(from, to) {
  const sent = Buffer.concat(from.sent);
  const received = Buffer.concat(to.received);
  assert.ok(received.length <= sent.length && received.equals(sent.subarray(0, received.length)),
            `${received.length} of ${sent.length} bytes`);
  if (!to.events.includes('end')) return;
  // An end that was destroyed may have lost some. A reset is no end, but for one that comes before anything was read, or
  // that a failed write has reported: in Node too.
  const complete = from.wasReset ? received.length > 0 && to.writes === 0 : from.events.includes('finish');
  if (complete) assert.strictEqual(received.length, sent.length);
}

module.exports = async function netOpsProperty(bytes) {
  if (bytes.length < 2) return;
  const [options, ...list] = bytes.subarray(0, MAX_OPERATIONS);
  const server = await listen(options);
  const serverClosed = new Promise((resolve) => { server.on('close', resolve); });
  const ends = [];
  for (let n = 0; n < (options >> 5) % PAIRS + 1; n++) ends.push(...await connect(server, options));
  for (const byte of list) {
    const end = ends[(byte >> 5) % ends.length];
    const operation = operations[byte % 32];
    if (operation === undefined) await turn();
    else if (!end.socket.destroyed) operation(end);
  }
  server.close();
  for (let n = 0; n < 4; n++) await turn();
  for (const { socket } of ends) socket.ref().destroy();
  await Promise.all([serverClosed, ...ends.map((end) => end.closed)]);
  await turn();
  for (let n = 0; n < ends.length; n += 2) {
    checkReceived(ends[n], ends[n + 1]);
    checkReceived(ends[n + 1], ends[n]);
  }
  for (const end of ends) assert.strictEqual(end.settled, end.writes);
};
