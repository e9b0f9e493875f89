// Whose error a pipeline reports when its signal aborts: a stream that fails to be destroyed says more than the abort.
'use strict';

const { PassThrough, Readable, Writable } = require('stream');
const { pipeline } = require('stream/promises');

const ends = {
  plain: undefined,
  swallows: (error, callback) => callback(),
  fails: (error, callback) => callback(new Error('of destroy()')),
  failsLate: (error, callback) => setImmediate(callback, new Error('of destroy(), late')),
  aborts: (error, callback) => callback(Object.assign(new Error('of its own'), { name: 'AbortError' })),
};

const middles = {
  none: () => [],
  stream: () => [new PassThrough()],
  generator: () => [async function* (source) { yield* source; }],
};

async function outcome(run) {
  try {
    await run();
    return 'ok';
  } catch (error) {
    return `${error.name} ${error.message}, because of ${error.cause?.message}`;
  }
}

async function main() {
  for (const middle of ['none', 'stream', 'generator']) {
    for (const first of Object.keys(ends)) {
      for (const last of Object.keys(ends)) {
        const controller = new AbortController();
        const source = new Readable({ read() {}, destroy: ends[first] });
        const sink = new Writable({ write(chunk, encoding, callback) { callback(); }, destroy: ends[last] });
        const result = outcome(() => pipeline(source, ...middles[middle](), sink, { signal: controller.signal }));
        controller.abort(new Error('the reason'));
        console.log(middle, first, last, await result);
      }
    }
  }

  // Destroyed by somebody, and aborted.
  for (const order of ['before', 'behind']) {
    const controller = new AbortController();
    const source = new Readable({ read() {} });
    const sink = new Writable({ write(chunk, encoding, callback) { callback(); } });
    const result = outcome(() => pipeline(source, sink, { signal: controller.signal }));
    if (order === 'behind') controller.abort();
    source.destroy(new Error('of the program'));
    controller.abort();
    console.log(order, await result);
  }
}

main();
