// flags: --experimental-stream-iter --no-warnings
// broadcast() and share(): who gets what, who waits for whom, and what ends whom.
'use strict';
const { broadcast, Broadcast, from, share, shareSync, text } = require('stream/iter');

const chunk = (letter, size = 16384) => new Uint8Array(size).fill(letter.charCodeAt(0));
const first = ({ done, value }) => (done ? 'done' : String.fromCharCode(value[0][0]));
const settled = (promise) => promise.then((value) => value ?? 'ok', (error) => error.message);
const tick = () => new Promise(setImmediate);
const state = async (promise) => (await tick(), Promise.race([promise, 'pending']));

async function slowest() {
  const { writer, broadcast: channel } = broadcast({ budget: 16384, backpressure: 'unbounded' });
  const [fast, slow] = [channel.push(), channel.push()].map((source) => source[Symbol.asyncIterator]());
  writer.writeSync(chunk('a'));
  const second = settled(writer.write(chunk('b')));
  console.log('fast', first(await fast.next()), await state(second));
  console.log('slow', first(await slow.next()), await state(second));
  const ended = settled(writer.end());
  console.log(first(await fast.next()), first(await fast.next()), await state(ended), channel.consumerCount);
  console.log(first(await slow.next()), await state(ended), first(await slow.next()), await ended, channel.consumerCount);
  console.log(`late '${await text(channel.push())}'`);
}

async function leaving() {
  const { writer, broadcast: channel } = broadcast({ budget: 16384 });
  const iterators = [channel.push(), channel.push()].map((source) => source[Symbol.asyncIterator]());
  writer.writeSync(chunk('a'));
  await iterators[0].next();
  const waiting = settled(iterators[0].next());
  console.log(writer.canWrite, await settled(iterators[0].return()).then(({ done }) => done), (await waiting).done);
  await iterators[1].return();
  console.log(writer.canWrite, channel.consumerCount);
}

async function cancelling() {
  for (const reason of [undefined, null, new Error('because')]) {
    const { writer, broadcast: channel } = broadcast({ budget: 16384 });
    const consumer = channel.push();
    writer.writeSync(chunk('a'));
    const waiting = settled(writer.write('b'));
    channel.cancel(reason);
    console.log(await text(consumer).then((t) => `'${t}'`, (error) => error?.message ?? error), '|', await waiting, '|',
                writer.canWrite, writer.writeSync('c'), writer.endSync());
  }
  const controller = new AbortController();
  const { broadcast: channel } = Broadcast.from((async function*() {
    yield 'a';
    await new Promise(() => {});
  })());
  const iterator = channel.push({ signal: controller.signal })[Symbol.asyncIterator]();
  console.log(first(await iterator.next()), channel.consumerCount);
  const stuck = settled(iterator.next());
  controller.abort(new Error('enough'));
  console.log(await stuck);
}

async function sharing(backpressure) {
  let reads = 0;
  const source = (async function*() {
    for (const letter of 'abcde') {
      reads++;
      yield [chunk(letter)];
    }
  })();
  const shared = share(source, { budget: 16384, backpressure });
  const [fast, slow] = [shared.pull(), shared.pull()].map((s) => s[Symbol.asyncIterator]());
  const log = [first(await fast.next()), reads];
  const next = fast.next().then(first, (error) => error.code);
  log.push(await state(next), reads, first(await slow.next()), await next, reads);
  console.log('share', backpressure, ...log);
  shared.cancel();
}

function sharingSync() {
  for (const backpressure of ['strict', 'unbounded', 'drop-oldest']) {
    const shared = shareSync([[chunk('a')], [chunk('b')], [chunk('c')]], { budget: 16384, backpressure });
    const [fast, slow] = [shared.pull(), shared.pull()].map((s) => s[Symbol.iterator]());
    const log = [first(fast.next())];
    try {
      log.push(first(fast.next()), first(slow.next()));
    } catch ({ code, message }) {
      log.push(code, message);
    }
    console.log('shareSync', backpressure, ...log, shared.consumerCount);
  }
}

(async () => {
  await slowest();
  await leaving();
  await cancelling();
  for (const backpressure of ['strict', 'unbounded', 'drop-oldest', 'drop-newest']) await sharing(backpressure);
  sharingSync();
  const shared = share((async function*() { yield 'a'; throw 'no error'; })());
  console.log(await settled(text(shared.pull())), await settled(text(shared.pull())));
  console.log(await text(share(from('x')).pull()));
})();
