'use strict';
// Streams. The properties: what a Readable gives is what was pushed, in order, all of it when it ends and a beginning of it
// otherwise; 'end', 'finish', 'error' and 'close' come once at most, in this order, and nothing follows 'close'; each
// write's callback is called once, in order. The input: a byte of options, then an operation a byte.

const assert = require('assert');
const { Duplex, PassThrough, Readable, Writable, finished, pipeline } = require('stream');
const { setImmediate } = require('timers');
const { nextTick } = process;

const CODES = new Set([
  'ABORT_ERR', 'ERR_STREAM_ALREADY_FINISHED', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_PUSH_AFTER_EOF', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'ERR_FUZZ',
]);
const MAX_OPERATIONS = 200;

function failure() {
  return Object.assign(new Error('fuzz'), { code: 'ERR_FUZZ' });
}

/** Watches the events of a stream. */
class Watcher {
  constructor(stream) {
    this.stream = stream;
    this.events = [];
    this.data = '';
    this.pushed = '';
    this.ended = false;
    for (const event of ['end', 'finish', 'error', 'close']) {
      stream.on(event, (error) => {
        if (error && event === 'error') assert.ok(CODES.has(error.code), error.stack);
        this.see(event);
      });
    }
    stream.on('drain', () => assert.ok(!this.events.includes('close')));
  }

  see(event) {
    assert.ok(!this.events.includes(event), `${event} after ${this.events}`);
    assert.ok(!this.events.includes('close'), `${event} after ${this.events}`);
    if (event !== 'close') assert.ok(!this.events.includes('error'), `${event} after ${this.events}`);
    this.events.push(event);
  }

  take(chunk) {
    assert.ok(!this.events.includes('end'), 'data after end');
    this.data += chunk;
  }

  check() {
    assert.ok(this.pushed.startsWith(this.data), `${this.data} of ${this.pushed}`);
    if (this.events.includes('end')) assert.strictEqual(this.data, this.pushed);
  }
}

function makeReadable(options, watcherOf) {
  const asynchronous = options & 1;
  let count = 0;
  const stream = new Readable({
    highWaterMark: options & 2 ? 3 : 100,
    encoding: options & 4 ? 'utf8' : undefined,
    autoDestroy: !(options & 8),
    read() {
      const give = () => {
        if (this.destroyed || this.readableEnded || watcherOf().ended) return;
        const text = `${count++},`;
        if (count > 20) {
          watcherOf().ended = true;
          this.push(null);
          return;
        }
        watcherOf().pushed += text;
        this.push(text);
      };
      if (asynchronous) nextTick(give);
      else give();
    },
  });
  return stream;
}

function makeWritable(options) {
  const asynchronous = options & 1;
  const writable = new Writable({
    highWaterMark: options & 2 ? 4 : 100,
    autoDestroy: !(options & 8),
    decodeStrings: false,
    write(chunk, encoding, callback) {
      this.taken += chunk;
      if (asynchronous) nextTick(callback);
      else callback();
    },
    writev: options & 4 ? function writev(chunks, callback) {
      for (const { chunk } of chunks) this.taken += chunk;
      nextTick(callback);
    } : undefined,
    final(callback) { nextTick(callback); },
  });
  writable.taken = '';
  return writable;
}

const readableOperations = [
  (r) => r.resume(),
  (r) => r.pause(),
  (r, w) => {
    const chunk = r.read();
    if (chunk !== null && r.listenerCount('data') === 0) w.take(chunk);
  },
  (r, w) => {
    const chunk = r.read(2);
    if (chunk !== null && r.listenerCount('data') === 0) w.take(chunk);
  },
  (r) => r.read(0),
  (r, w) => {
    if (r.listenerCount('data') === 0) r.on('data', (chunk) => w.take(chunk));
  },
  (r) => r.once('readable', () => {}),
  (r) => r.setEncoding('utf8'),
  (r) => r.destroy(),
  (r) => r.destroy(failure()),
  (r) => r.removeAllListeners('readable'),
  (r) => finished(r, () => {}),
];

const writableOperations = [
  (w, state) => {
    const index = state.writes++;
    w.write(`${index};`, (error) => {
      if (error) assert.ok(CODES.has(error.code), error.stack);
      state.settled.push(index);
    });
  },
  (w) => w.cork(),
  (w) => w.uncork(),
  (w) => w.end(),
  (w) => w.end('last;'),
  (w) => w.destroy(),
  (w) => w.destroy(failure()),
  (w) => w.setDefaultEncoding('latin1'),
  (w) => finished(w, () => {}),
];

function turn(byte) {
  return new Promise((resolve) => {
    if (byte % 2) nextTick(resolve);
    else setImmediate(resolve);
  });
}

async function driveReadable(options, operations) {
  let watcher;
  const stream = makeReadable(options, () => watcher);
  watcher = new Watcher(stream);
  // Data that nobody listens for is lost by resume(); a listener from the start sees all of it.
  if (options & 16) stream.on('data', (chunk) => watcher.take(chunk));
  const lossy = !(options & 16) && operations.some((byte) => byte % 16 === 0 || byte % 16 === 5 || byte % 16 === 7);
  for (const byte of operations) {
    if (byte % 16 < readableOperations.length) readableOperations[byte % 16](stream, watcher);
    else await turn(byte);
    if (!lossy) watcher.check();
  }
  stream.destroy();
  await turn(0);
  if (!lossy) watcher.check();
  assert.ok(watcher.events.includes('close'));
}

async function driveWritable(options, operations) {
  const stream = makeWritable(options);
  const watcher = new Watcher(stream);
  const state = { writes: 0, settled: [] };
  for (const byte of operations) {
    if (byte % 16 < writableOperations.length) writableOperations[byte % 16](stream, state);
    else await turn(byte);
  }
  stream.destroy();
  await turn(0);
  await turn(0);
  assert.ok(watcher.events.includes('close'));
  assert.deepStrictEqual([...state.settled].sort((a, b) => a - b), [...Array(state.writes).keys()]);
  let order = '';
  for (let n = 0; n < state.writes; n++) order += `${n};`;
  const taken = stream.taken.replace('last;', '');
  assert.ok(order.startsWith(taken), `${taken} of ${order}`);
}

/** A source, up to three things in between and a sink; one of them may be destroyed on the way. */
async function drivePipeline(options, operations) {
  let watcher;
  const source = makeReadable(options & ~16, () => watcher);
  watcher = new Watcher(source);
  const between = operations.slice(0, 3).map((byte) => (byte % 3 ? new PassThrough({ highWaterMark: 1 + byte % 9 }) :
    Duplex.from(async function* copy(chunks) { yield* chunks; })));
  const sink = makeWritable(options >> 4);
  const all = [source, ...between, sink];
  let calls = 0;
  let result;
  pipeline(all, (error) => {
    calls++;
    result = error;
  });
  for (const byte of operations.slice(3)) {
    if (byte % 8 === 0) all[(byte >> 3) % all.length].destroy(byte & 128 ? failure() : undefined);
    else await turn(byte);
  }
  for (let n = 0; n < 200 && calls === 0; n++) await turn(0);
  // A generator whose source was destroyed waits for more, in Node too.
  if (calls === 0 && all.some((stream) => stream.destroyed) && between.some((one) => !(one instanceof PassThrough))) return;
  assert.strictEqual(calls, 1);
  assert.ok(watcher.pushed.startsWith(sink.taken), `${sink.taken} of ${watcher.pushed}`);
  if (result) assert.ok(CODES.has(result.code), result.stack);
  else assert.strictEqual(sink.taken, watcher.pushed);
}

module.exports = async function streamOpsProperty(bytes) {
  if (bytes.length < 2) return;
  const [mode, options, ...operations] = bytes.subarray(0, MAX_OPERATIONS);
  await [driveReadable, driveWritable, drivePipeline][mode % 3](options, operations);
};
