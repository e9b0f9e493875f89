// flags: --experimental-stream-iter --no-warnings
// Between iterable streams and the classic ones, both ways.
'use strict';
const { Readable, Writable, pipeline } = require('stream');
const {
  from, fromReadable, fromWritable, ondrain, pipeTo, push, text, toReadable, toReadableSync, toWritable,
} = require('stream/iter');
const { compressGzip, decompressGzip } = require('zlib/iter');

const tick = () => new Promise(setImmediate);

function slowSink(log, options = {}) {
  return new Writable({
    ...options,
    write(chunk, encoding, callback) {
      log.push(`${chunk}`);
      setImmediate(callback);
    },
    final(callback) {
      log.push('final');
      callback();
    },
  });
}

async function writers() {
  for (const backpressure of ['strict', 'unbounded', 'drop-newest']) {
    const log = [];
    const writer = fromWritable(slowSink(log, { highWaterMark: 2 }), { backpressure });
    log.push(writer.writeSync('x'), writer.endSync(), writer.canWrite);
    for (const chunk of ['aa', 'bb']) await writer.write(chunk).catch(({ code }) => log.push(code));
    log.push(writer.canWrite, await ondrain(writer), writer.canWrite);
    await writer.writev(['c', 'd']).catch(({ code }) => log.push(code));
    log.push(await writer.end(), writer.canWrite, ondrain(writer));
    console.log(backpressure, ...log);
  }
  const log = [];
  const writable = slowSink(log);
  writable.on('error', ({ message }) => log.push(`error ${message}`));
  const writer = fromWritable(writable);
  writer.fail(new Error('stop'));
  await tick();
  await writer.write('x').catch(({ message }) => log.push(message));
  console.log(...log, writable.destroyed, writer === fromWritable(writable));
}

async function readables() {
  const readable = toReadable((async function*() {
    yield [Buffer.from('a'), Buffer.from('b')];
    yield [];
    yield [Buffer.from('c')];
  })(), { highWaterMark: 1 });
  const chunks = [];
  readable.on('data', (chunk) => chunks.push(`${chunk}`)).on('end', () => chunks.push('end'));
  await new Promise((resolve) => readable.on('close', resolve));
  console.log(...chunks);
  console.log(`${toReadableSync([[Buffer.from('now')]]).read()}`);

  const source = new Readable({ read() {} });
  console.log(fromReadable(source) === fromReadable(source), from(fromReadable(source)) === fromReadable(source));
  setImmediate(() => source.destroy(new Error('gone')));
  await text(fromReadable(source)).catch(({ message }) => console.log(message));
  for await (const batch of from(Readable.from(['a', 'b', 'c']))) {
    console.log(batch.map(String).join());
    break;
  }
}

async function backAndForth() {
  const { writer, readable } = push({ backpressure: 'unbounded' });
  const done = new Promise((resolve) => pipeline(Readable.from(['one ', 'two ']), toWritable(writer), resolve));
  console.log(await text(readable), await done);

  const calls = [];
  const writable = toWritable({
    writeSync(chunk) { calls.push(`writeSync ${chunk}`); return calls.length < 2; },
    async write(chunk) { calls.push(`write ${chunk}`); },
    async writev(chunks) { calls.push(`writev ${chunks.map(String)}`); },
    endSync() { calls.push('endSync'); return -1; },
    async end() { calls.push('end'); },
    fail({ message }) { calls.push(`fail ${message}`); },
  });
  for (const chunk of 'abcd') writable.write(chunk);
  await new Promise((resolve) => writable.end(resolve));
  console.log(calls.join(', '));

  const failing = toWritable({ async write() { throw new Error('refused'); }, fail({ message }) { console.log('fail', message); } });
  failing.on('error', () => console.log('error event')).on('close', () => console.log('close'));
  failing.write('x', ({ message }) => console.log('callback', message));
  await tick();

  const chunks = [];
  const sink = new Writable({ write(chunk, encoding, callback) { chunks.push(chunk); callback(); } });
  await pipeTo(Readable.from(['to be ', 'compressed']), compressGzip(), fromWritable(sink, { backpressure: 'unbounded' }));
  console.log(await text(toReadable(from(Buffer.concat(chunks)))).then((t) => t.length > 0, ({ message }) => message.length > 0));
  const { pull } = require('stream/iter');
  console.log(await text(pull(from(Buffer.concat(chunks)), decompressGzip())));
}

(async () => {
  await writers();
  await readables();
  await backAndForth();
})();
