'use strict';

// The streams of the web: back pressure, errors in both directions, bytes, and the way to Node's streams and back.

const assert = require('assert');
const { Duplex, Readable, Writable } = require('stream');
const {
  ByteLengthQueuingStrategy, CountQueuingStrategy, ReadableStream, TextDecoderStream, TextEncoderStream,
  TransformStream, WritableStream,
} = require('stream/web');

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const tests = {
  async 'pull is called while there is room'() {
    let pulls = 0;
    const strategy = new CountQueuingStrategy({ highWaterMark: 3 });
    const stream = new ReadableStream({ pull(c) { c.enqueue(pulls++); } }, strategy);
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.strictEqual(pulls, 3);
    const reader = stream.getReader();
    assert.deepStrictEqual(await reader.read(), { value: 0, done: false });
    await reader.cancel('enough');
    assert.deepStrictEqual(await reader.read(), { value: undefined, done: true });
  },
  async 'pipeThrough and pipeTo'() {
    const written = [];
    await ReadableStream.from(['a', 'b'])
      .pipeThrough(new TransformStream({ transform(chunk, c) { c.enqueue(chunk.toUpperCase()); } }))
      .pipeTo(new WritableStream({ write(chunk) { written.push(chunk); } }));
    assert.deepStrictEqual(written, ['A', 'B']);
  },
  async 'an error of the destination cancels the source'() {
    let reason;
    const source = new ReadableStream({ pull(c) { c.enqueue(1); }, cancel(r) { reason = r; } });
    const failure = new Error('full');
    await assert.rejects(source.pipeTo(new WritableStream({ write() { throw failure; } })), failure);
    assert.strictEqual(reason, failure);
  },
  async 'aborting a pipe'() {
    const controller = new AbortController();
    const source = new ReadableStream();
    const pipe = source.pipeTo(new WritableStream(), { signal: controller.signal });
    controller.abort();
    await assert.rejects(pipe, { name: 'AbortError' });
  },
  async 'tee'() {
    const [a, b] = ReadableStream.from([1, 2]).tee();
    assert.deepStrictEqual(await Promise.all([collect(a), collect(b)]), [[1, 2], [1, 2]]);
  },
  async 'bytes into memory that the reader brings'() {
    const stream = new ReadableStream({
      type: 'bytes',
      pull(c) {
        const { view } = c.byobRequest;
        view[0] = 7;
        c.byobRequest.respond(1);
      },
    });
    const reader = stream.getReader({ mode: 'byob' });
    const { value, done } = await reader.read(new Uint8Array(4));
    assert.strictEqual(done, false);
    assert.deepStrictEqual([...value], [7]);
    assert.strictEqual(value.buffer.byteLength, 4);
  },
  async 'text'() {
    const text = await collect(
      ReadableStream.from(['\ud83d', '\ude00 \u20ac'])
        .pipeThrough(new TextEncoderStream()).pipeThrough(new TextDecoderStream()));
    assert.strictEqual(text.join(''), '\ud83d\ude00 \u20ac');
  },
  async 'a writer waits for room'() {
    let release;
    const writer = new WritableStream({
      write: () => new Promise((resolve) => { release = resolve; }),
    }, new ByteLengthQueuingStrategy({ highWaterMark: 4 })).getWriter();
    await writer.ready;
    const first = writer.write(new Uint8Array(4));
    assert.strictEqual(writer.desiredSize, 0);
    await null;
    await null;
    release();
    await first;
    await writer.ready;
    assert.strictEqual(writer.desiredSize, 4);
  },
  async 'a chunk under way when the destination fails is lost'() {
    if (!process.versions.gyre) return;  // Node fails an assertion of its own.
    let source;
    let sink;
    const readable = new ReadableStream({ start(controller) { source = controller; } });
    const writable = new WritableStream({ start(controller) { sink = controller; } });
    const piped = readable.pipeTo(writable, { preventCancel: true });
    await new Promise((resolve) => { setImmediate(resolve); });
    sink.error(new Error('full'));
    source.enqueue('lost');
    source.enqueue('kept');
    await assert.rejects(piped, { message: 'full' });
    assert.deepStrictEqual(await readable.getReader().read(), { value: 'kept', done: false });
  },
  async 'what a released reader was waiting for'() {
    for (const mode of [undefined, 'byob']) {
      const reader = new ReadableStream({ type: 'bytes' }).getReader({ mode });
      const read = reader.read(new Uint8Array(1));
      reader.releaseLock();
      await assert.rejects(reader.closed, { message: 'Invalid state: Reader released' });
      await assert.rejects(read, { message: 'Invalid state: Releasing reader' });
    }
  },
  async 'a terminated transform'() {
    let controller;
    const { writable } = new TransformStream({ start(c) { controller = c; } });
    controller.terminate();
    await assert.rejects(writable.getWriter().closed, { message: 'Invalid state: TransformStream has been terminated' });
  },
  async 'to Node and back'() {
    const readable = Readable.fromWeb(ReadableStream.from(['x', 'y']));
    assert.strictEqual((await collect(readable)).join(''), 'xy');
    assert.deepStrictEqual(await collect(Readable.toWeb(Readable.from([1, 2]))), [1, 2]);

    const written = [];
    const sink = Writable.toWeb(new Writable({ write(chunk, encoding, cb) { written.push(chunk.toString()); cb(); } }));
    await ReadableStream.from(['p', 'q']).pipeTo(sink);
    assert.deepStrictEqual(written, ['p', 'q']);

    const duplex = Duplex.fromWeb(new TransformStream());
    duplex.end('through');
    assert.strictEqual((await collect(duplex)).join(''), 'through');
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
