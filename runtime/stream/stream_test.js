'use strict';

// Orders of events that programs depend on, each as node emits them.

const assert = require('assert');
const { Duplex, PassThrough, Readable, Transform, Writable, pipeline } = require('stream');
const { pipeline: pipelineAsync } = require('stream/promises');

function record(stream, log, prefix = '') {
  for (const name of ['readable', 'data', 'end', 'prefinish', 'finish', 'drain', 'error', 'close', 'pause', 'resume']) {
    if (name === 'readable') continue;
    stream.on(name, (value) => log.push(prefix + name + (value instanceof Error ? `:${value.message}` : '')));
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

const tests = {
  async 'a readable read to its end'() {
    const log = [];
    const r = new Readable({ read() { this.push('a'); this.push(null); } });
    record(r, log);
    await settled();
    assert.deepStrictEqual(log, ['resume', 'data', 'end', 'close']);
  },
  async 'destroying while writes wait'() {
    const log = [];
    const w = new Writable({ write(chunk, encoding, cb) { setTimeout(cb, 1); } });
    record(w, log);
    w.write('a', (err) => log.push(`a ${err?.code}`));
    w.write('b', (err) => log.push(`b ${err?.code}`));
    w.end((err) => log.push(`end ${err?.code}`));
    w.destroy(new Error('stop'));
    await settled();
    assert.deepStrictEqual(log, ['error:stop', 'close', 'a undefined', 'b undefined', 'end undefined']);
  },
  async 'a sink that takes it at once is never full'() {
    const log = [];
    const w = new Writable({ highWaterMark: 2, write(chunk, encoding, cb) { cb(); } });
    record(w, log);
    assert.strictEqual(w.write('abc'), true);
    assert.strictEqual(w.writableNeedDrain, false);
    await settled();
    w.end();
    await settled();
    assert.deepStrictEqual(log, ['prefinish', 'finish', 'close']);
  },
  async 'writev gets what waited'() {
    const batches = [];
    const w = new Writable({
      writev(chunks, cb) {
        batches.push(chunks.map(({ chunk }) => chunk.toString()));
        cb();
      },
    });
    w.cork();
    w.write('a');
    w.write('b');
    w.uncork();
    w.end('c');
    await settled();
    assert.deepStrictEqual(batches, [['a', 'b'], ['c']]);
  },
  async 'a failing transform takes the pipeline with it'() {
    const source = Readable.from(['a', 'b']);
    const bad = new Transform({ transform(chunk, encoding, cb) { cb(new Error('bad')); } });
    const sink = new PassThrough();
    const error = await new Promise((resolve) => pipeline(source, bad, sink, resolve));
    assert.strictEqual(error.message, 'bad');
    assert.ok(source.destroyed && bad.destroyed && sink.destroyed);
  },
  async 'functions in a pipeline'() {
    const result = await pipelineAsync(
      Readable.from(['a', 'b']),
      async function* (input) { for await (const chunk of input) yield chunk.toUpperCase(); },
      async (input) => { let text = ''; for await (const chunk of input) text += chunk; return text; });
    assert.strictEqual(result, 'AB');
  },
  async 'construct delays reading and writing'() {
    const log = [];
    const d = new Duplex({
      construct(cb) { log.push('construct'); setTimeout(cb, 1); },
      read() { log.push('read'); this.push(null); },
      write(chunk, encoding, cb) { log.push('write'); cb(); },
    });
    d.resume();
    d.end('x');
    log.push('sync');
    await new Promise((resolve) => d.on('close', resolve));
    assert.deepStrictEqual(log, ['sync', 'construct', 'write', 'read']);
  },
  async 'a multi-byte character across chunks'() {
    const bytes = Buffer.from('\u20ac');
    const r = Readable.from([bytes.subarray(0, 1), bytes.subarray(1)], { objectMode: false });
    r.setEncoding('utf8');
    assert.strictEqual((await r.toArray()).join('|'), '\u20ac');
  },
};

(async () => {
  for (const [name, run] of Object.entries(tests)) {
    try {
      await run();
    } catch (error) {
      error.message = `${name}: ${error.message}`;
      throw error;
    }
  }
})();
