// When the ends of streams are told of: 'finish' behind 'prefinish', finished() of what is over already, pipeline() into what cannot be
// written to any more, and listeners and chunks that change nothing.
'use strict';

const { Duplex, PassThrough, Readable, Writable, finished, pipeline } = require('stream');
const { cases } = require('./common/log');

const turn = () => new Promise(setImmediate);
const ways = { now: (f) => f(), tick: (f) => process.nextTick(f), microtask: (f) => queueMicrotask(f), immediate: (f) => setImmediate(f) };

// Events of a stream, and the ticks between them.
async function trace(lines, stream, act) {
  const seen = [];
  for (const event of ['prefinish', 'finish', 'end', 'error', 'close']) {
    stream.on(event, () => {
      seen.push(event);
      if (event === 'prefinish') process.nextTick(() => seen.push('tick'));
    });
  }
  act((entry) => seen.push(entry));
  for (let i = 0; i < 4; i++) await turn();
  lines.push(seen.join(' '));
}

cases({
  'finish comes a tick after prefinish': async ({ lines }) => {
    for (const [name, later] of Object.entries(ways)) {
      for (const final of [undefined, (callback) => callback(), (callback) => process.nextTick(callback)]) {
        for (const write of [undefined, 'x']) {
          lines.push(`${name} ${final} ${write}`);
          const stream = new Writable({ write: (chunk, encoding, callback) => later(callback), final });
          await trace(lines, stream, () => stream.end(write));
        }
      }
    }
  },
  'finished() of a destroyed stream': async ({ lines }) => {
    for (const [name, later] of Object.entries(ways)) {
      for (const options of [{}, { readable: false }, { writable: false }]) {
        const stream = new Duplex({ read() {}, destroy: (error, callback) => later(() => callback(error)) });
        await trace(lines, stream, (note) => {
          stream.destroy(new Error('e'));
          finished(stream, options, (error) => note(`finished: ${error?.message}`));
          process.nextTick(() => finished(stream, options, (error) => note(`in the next tick: ${error?.message}`)));
        });
        lines.push(name);
      }
    }
  },
  'finished() of a stream that has ended, and fails then': async ({ lines }) => {
    for (const [name, later] of Object.entries(ways)) {
      for (const autoDestroy of [true, false]) {
        const stream = new Duplex({ autoDestroy, read() { this.push(null); } });
        stream.resume();
        await turn();
        await trace(lines, stream, (note) => {
          finished(stream, { writable: false }, (error) => note(`finished: ${error?.message}`));
          stream.toArray().then((all) => note(all.length), (error) => note(`failed: ${error.message}`));
          later(() => stream.destroy(new Error('e')));
        });
        lines.push(name);
      }
    }
  },
  'a pipeline into a destroyed stream connects nothing': async ({ lines }) => {
    const streams = { first: Readable.from(['a']), second: new PassThrough(), third: new PassThrough() };
    for (const [name, stream] of Object.entries(streams)) {
      for (const event of ['pipe', 'unpipe', 'resume', 'error', 'close']) stream.on(event, () => lines.push(`${name} ${event}`));
    }
    streams.third.destroy();
    try {
      pipeline(...Object.values(streams), () => lines.push('called back'));
    } catch (error) {
      lines.push(error.code);
    }
    for (let i = 0; i < 4; i++) await turn();
    lines.push(streams.first.destroyed, streams.second.destroyed);
  },
  'nothing put back is no reason to read': async ({ lines }) => {
    for (const nothing of ['', undefined, Buffer.alloc(0)]) {
      let reads = 0;
      const stream = new Readable({ read() { reads++; } });
      lines.push(stream.unshift(nothing));
      await turn();
      lines.push(reads, stream.push(nothing ?? ''));
      await turn();
      lines.push(reads);
    }
  },
  'a stream whose listeners all go flows on': async ({ lines }) => {
    const stream = new Readable({ read() {} });
    stream.on('data', () => {});
    stream.on('readable', () => {});
    await turn();
    stream.removeAllListeners();
    await turn();
    lines.push(stream.readableFlowing);
  },
});
