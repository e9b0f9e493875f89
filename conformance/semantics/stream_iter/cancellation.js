// flags: --experimental-stream-iter --no-warnings
// Who hears of it when a pipeline is aborted, fails, or loses its consumer.
'use strict';
const { bytes, from, merge, pipeTo, pull, push, text } = require('stream/iter');

const tick = () => new Promise(setImmediate);

function watched(log, name, { stuck = false, fails = false, quiet = false } = {}) {
  return {
    [Symbol.asyncIterator]() {
      let i = 0;
      return {
        async next() {
          if (i++ < 2) return { done: false, value: [Buffer.from(`${name}${i}`)] };
          if (fails) throw new Error(`${name} failed`);
          if (stuck) await new Promise(() => {});
          return { done: true };
        },
        async return() {
          if (!quiet) log.push(`${name} returned`);
          return { done: true };
        },
      };
    },
  };
}

function transform(log) {
  return {
    async *transform(source, { signal }) {
      signal.addEventListener('abort', () => log.push('transform aborted'));
      try {
        yield* source;
      } finally {
        log.push(`transform over, aborted ${signal.aborted}`);
      }
    },
  };
}

async function run(name, consume) {
  const log = [];
  const controller = new AbortController();
  const abortSoon = () => setTimeout(() => controller.abort(new Error('aborted')), 5);
  await consume(log, controller, abortSoon).then((value) => log.push(`= ${value}`), (error) => log.push(error.message));
  await tick();
  console.log(`${name}:`, log.join(', '));
}

(async () => {
  await run('to the end', (log) => text(pull(watched(log, 's'), transform(log))));
  await run('source fails', (log) => text(pull(watched(log, 's', { fails: true }), transform(log))));
  await run('consumer leaves', async (log) => {
    for await (const batch of pull(watched(log, 's'), transform(log))) {
      log.push(`${batch[0]}`);
      break;
    }
  });
  await run('aborted before', (log, { signal }) => {
    const stream = pull(watched(log, 's'), transform(log), { signal: AbortSignal.abort(new Error('before')) });
    return text(stream, { signal });
  });
  await run('aborted in a consumer', async (log, { signal }, abortSoon) => {
    abortSoon();
    return bytes(watched(log, 's', { stuck: true }), { signal });
  });
  await run('merge fails', (log) => text(merge(watched(log, 'a', { fails: true }), watched(log, 'b', { quiet: true }))));
  await run('merge aborted', async (log, { signal }, abortSoon) => {
    abortSoon();
    return text(merge(watched(log, 'a', { stuck: true, quiet: true }), watched(log, 'b', { stuck: true, quiet: true }), { signal }));
  });
  await run('pipeTo fails', (log) => pipeTo(watched(log, 's', { fails: true }), {
    write(chunk) { log.push(`write ${chunk}`); },
    fail(error) { log.push(`fail ${error.message}`); },
  }));
  await run('pipeTo, writer fails', (log) => pipeTo(watched(log, 's'), {
    async write() { throw new Error('full'); },
    fail(error) { log.push(`fail ${error.message}`); },
  }));
  await run('pipeTo aborted', async (log, { signal }, abortSoon) => {
    abortSoon();
    return pipeTo(watched(log, 's', { stuck: true, quiet: true }), {
      write(chunk) { log.push(`write ${chunk}`); },
      fail(error) { log.push(`fail ${error.message}`); },
    }, { signal });
  });
  await run('push aborted', async (log, { signal }, abortSoon) => {
    const { writer, readable } = push({ signal });
    abortSoon();
    await text(readable).catch((error) => log.push(`read ${error.message}`));
    return writer.write('x');
  });
  await run('one write aborted', async (log, { signal }, abortSoon) => {
    const { writer, readable } = push({ budget: 16384, backpressure: 'unbounded' });
    writer.writeSync(new Uint8Array(16384));
    abortSoon();
    await writer.write('never', { signal }).catch((error) => log.push(`write ${error.message}`));
    const ended = writer.end();
    return `${(await bytes(readable)).length} ${await ended}`;
  });
  await run('from(stuck promise)', async (log, { signal }, abortSoon) => {
    abortSoon();
    return text(from({ [Symbol.for('Stream.toAsyncStreamable')]: () => new Promise(() => {}) }), { signal });
  });
})();
