// flags: --experimental-stream-iter --no-warnings
// How sources, transforms and consumers cut data into batches.
'use strict';
const { from, fromSync, pull, pullSync, push, broadcast, share } = require('stream/iter');
const { Readable } = require('stream');

const show = (batches) => batches.map((batch) => batch.map((chunk) => `'${Buffer.from(chunk)}'`).join(' ')).join(' | ');
const print = async (name, source) => console.log(`${name}:`, show(await Array.fromAsync(source)));

function* values() {
  yield 'a';
  yield ['b', 'c', ['d']];
  yield Buffer.from('e');
  yield Buffer.from('f');
  yield [Buffer.from('g'), Buffer.from('h')];
  yield [];
  yield '';
  yield { [Symbol.for('Stream.toStreamable')]: () => ['i', 'j'] };
}

async function* asyncValues() {
  yield* values();
  yield Promise.resolve('k');
  yield (async function*() { yield 'l'; yield 'm'; })();
  yield { [Symbol.for('Stream.toAsyncStreamable')]: async () => 'n' };
}

(async () => {
  await print('string', from('abc'));
  await print('sync generator', fromSync(values()));
  await print('sync generator, async', from(values()));
  await print('async generator', from(asyncValues()));
  await print('array of bytes', from([Buffer.from('a'), Buffer.from('b')]));
  await print('readable', from(Readable.from([Buffer.from('a'), Buffer.from('b')], { objectMode: false })));

  const calls = [];
  const named = (name) => (chunks) => {
    calls.push(`${name}(${chunks === null ? 'end' : chunks.length})`);
    return chunks === null ? `<${name}>` : chunks;
  };
  await print('functions', pull(values(), named('x'), named('y')));
  console.log(calls.join(' '));
  await print('results', pull(['1', '2', '3', '4', '5'], (chunks) => {
    switch (chunks && `${Buffer.from(chunks[0])}`) {
      case '1': return 'text';
      case '2': return new Uint8Array([65]);
      case '3': return (function*() { yield 'g'; yield ['h', 'i']; })();
      case '4': return (async function*() { yield 'j'; yield 'k'; })();
      default: return null;
    }
  }));
  await print('object', pull('a', {
    async *transform(source) {
      for await (const batch of source) yield batch === null ? ['end', 'of it'] : batch;
      yield null;
      yield 'last';
    },
  }));
  await print('sync object', pullSync('a', { *transform(source) { for (const batch of source) yield batch ?? 'end'; } }));

  const { writer, readable } = push();
  for (const text of ['a', 'b']) writer.writeSync(text);
  writer.writevSync(['c', 'd']);
  writer.endSync();
  await print('push', readable);

  const channel = broadcast();
  const consumer = channel.broadcast.push();
  for (const text of ['a', 'b']) channel.writer.writeSync(text);
  channel.writer.writevSync(['c', 'd']);
  channel.writer.endSync();
  await print('broadcast', consumer);
  await print('share', share(values()).pull());
})();
