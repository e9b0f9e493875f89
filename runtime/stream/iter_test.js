'use strict';

// stream/iter: what must hold whatever the timing is. That it does what Node does is in conformance/semantics/stream_iter.

const assert = require('assert');
const { broadcast, bytes, from, merge, pipeTo, pull, push, share, text } = require('stream/iter');

const tick = () => new Promise(setImmediate);

// The same numbers in every run.
function makeRandom(seed) {
  return (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
}

const data = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 31) & 0xff);

/** The data cut at random. */
function* pieces(random) {
  for (let start = 0; start < data.length;) {
    const end = Math.min(data.length, start + random(9000));
    yield data.subarray(start, end);
    start = end;
  }
}

async function readAtRandom(source, random) {
  const chunks = [];
  for await (const batch of source) {
    chunks.push(...batch);
    if (random(2) === 0) await tick();
  }
  return Buffer.concat(chunks);
}

const tests = {
  async 'push(): all of it, in order, within the budget'() {
    for (let seed = 1; seed <= 10; seed++) {
      const random = makeRandom(seed);
      const { writer, readable } = push({ budget: 16384 });
      const reading = readAtRandom(readable, random);
      for (const piece of pieces(random)) {
        if (random(3) === 0 && writer.writeSync(piece)) continue;
        if (random(2) === 0) await writer.write(piece);
        else await writer.writev([piece.subarray(0, 10), piece.subarray(10)]);
      }
      assert.strictEqual(await writer.end(), data.length);
      assert.deepStrictEqual(await reading, Buffer.from(data));
    }
  },

  async 'broadcast() and share(): each consumer gets all of it'() {
    for (let seed = 1; seed <= 5; seed++) {
      const random = makeRandom(seed);
      const { writer, broadcast: channel } = broadcast({ budget: 16384, backpressure: 'unbounded' });
      const shared = share(pieces(random), { budget: 16384, backpressure: 'unbounded' });
      const readers = [channel.push(), channel.push(), channel.push(), shared.pull(), shared.pull()]
        .map((source) => readAtRandom(source, random));
      // Not awaited: they wait in their turn.
      for (const piece of pieces(random)) writer.write(piece);
      assert.strictEqual(await writer.end(), data.length);
      for (const read of await Promise.all(readers)) assert.deepStrictEqual(read, Buffer.from(data));
      assert.strictEqual(channel.consumerCount + shared.consumerCount, 0);
    }
  },

  async 'a drop policy never waits, and keeps what it should'() {
    for (const backpressure of ['drop-oldest', 'drop-newest']) {
      const { writer, readable } = push({ budget: 16384, backpressure });
      for (let i = 0; i < 100; i++) await writer.write(new Uint8Array(1000).fill(i));
      writer.end();
      const kept = await bytes(readable);
      assert.ok(kept.length >= 16000 && kept.length < 16384 + 1000, `${kept.length}`);
      assert.strictEqual(backpressure === 'drop-oldest' ? kept.at(-1) : kept[0], backpressure === 'drop-oldest' ? 99 : 0);
    }
  },

  async 'a consumer that left makes room for the others'() {
    const { writer, broadcast: channel } = broadcast({ budget: 16384, backpressure: 'unbounded' });
    const idle = channel.push()[Symbol.asyncIterator]();
    const busy = text(channel.push());
    writer.writeSync(new Uint8Array(16384).fill(65));
    const waiting = writer.write('B');
    await tick();
    await idle.return();
    await waiting;
    writer.end();
    assert.strictEqual((await busy).at(-1), 'B');
  },

  async 'a signal takes its consumer off a broadcast'() {
    const { writer, broadcast: channel } = broadcast({ budget: 16384 });
    const controller = new AbortController();
    channel.push({ signal: controller.signal });
    writer.writeSync(new Uint8Array(16384));
    assert.strictEqual(writer.canWrite, false);
    controller.abort();
    assert.strictEqual(channel.consumerCount, 0);
    assert.strictEqual(writer.canWrite, true);
  },

  async 'sources are closed when nobody reads them any more'() {
    const stuck = (log) => ({
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}), async return() { log.push('closed'); return {}; } }),
    });
    const reason = new Error('enough');
    for (const use of [
      (source, signal) => text(source, { signal }),
      (source, signal) => text(pull(source, { signal })),
      (source, signal) => text(pull(source, (chunks) => chunks, { signal })),
      (source, signal) => text(merge(source, 'x', { signal })),
      (source, signal) => pipeTo(source, { write() {} }, { signal }),
      (source, signal) => text(share(source, { signal }).pull()),
    ]) {
      const log = [];
      const controller = new AbortController();
      const result = use(stuck(log), controller.signal);
      setImmediate(() => controller.abort(reason));
      await assert.rejects(result, reason);
      await tick();
      assert.deepStrictEqual(log, ['closed'], `${use}`);
    }
  },

  async 'a long stream leaves nothing on its signal'() {
    const { getEventListeners } = require('events');
    const { signal } = new AbortController();
    let most = 0;
    async function* source() {
      for (let i = 0; i < 100; i++) {
        most = Math.max(most, getEventListeners(signal, 'abort').length);
        yield 'x';
      }
    }
    assert.strictEqual((await text(pull(source(), (chunks) => chunks, { signal }))).length, 100);
    assert.ok(most <= 2, `${most} listeners`);
    assert.strictEqual(getEventListeners(signal, 'abort').length, 0);
  },

  async 'a writer that takes nothing at once gets everything all the same'() {
    const chunks = [];
    const total = await pipeTo(from(data), { writeSync: () => false, async write(chunk) { chunks.push(chunk); } });
    assert.strictEqual(total, data.length);
    assert.deepStrictEqual(Buffer.concat(chunks), Buffer.from(data));
  },
};

(async () => {
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
    } catch (error) {
      process.exitCode = 1;
      console.error(`${name}:`, error);
    }
  }
})();
