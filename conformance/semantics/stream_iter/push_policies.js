// flags: --experimental-stream-iter --no-warnings
// What push() takes, drops and makes wait under each policy, and in which order promises settle.
'use strict';
const { ondrain, push } = require('stream/iter');

const chunk = (letter, size) => new Uint8Array(size).fill(letter.charCodeAt(0));
const shape = (batch) => batch.map((part) => String.fromCharCode(part[0]) + part.length).join('+');
const tick = () => new Promise(setImmediate);

async function policy(backpressure) {
  const { writer, readable } = push({ backpressure, budget: 16384 });
  const log = [];
  for (const [letter, size] of [['a', 10000], ['b', 10000], ['c', 1], ['d', 20000]]) {
    log.push(`${letter}:${writer.writeSync(chunk(letter, size))}/${writer.canWrite}`);
  }
  log.push(`empty:${writer.writeSync('')}`);
  const iterator = readable[Symbol.asyncIterator]();
  log.push(shape((await iterator.next()).value), `then:${writer.canWrite}`);
  writer.writeSync('z');
  const ended = writer.end();
  log.push(shape((await iterator.next()).value), `total:${await ended}`, `done:${(await iterator.next()).done}`);
  console.log(backpressure, log.join(' '));
}

async function waiting() {
  const { writer, readable } = push({ backpressure: 'unbounded', budget: 16384 });
  const log = [];
  writer.writeSync(chunk('a', 16384));
  for (const letter of 'bcde') writer.write(chunk(letter, 8192)).then(() => log.push(letter));
  ondrain(writer).then((room) => log.push(`drain:${room}`));
  const iterator = readable[Symbol.asyncIterator]();
  for (let i = 0; i < 3; i++) {
    log.push(shape((await iterator.next()).value));
    await tick();
  }
  console.log('waiting', log.join(' '));
}

async function refused() {
  const { writer } = push({ budget: 16384 });
  writer.writeSync(chunk('a', 16384));
  const first = writer.write('b').catch((error) => error.message);
  await writer.write('c').catch(({ name, code, message }) => console.log(name, code, message));
  writer.fail();
  console.log(await first);
}

async function ends() {
  for (const [what, act] of Object.entries({
    'end with a write waiting': (writer) => writer.end(),
    'fail': (writer) => { writer.fail(new Error('failed')); },
    'consumer returns': (writer, iterator) => iterator.return(),
    'consumer throws': (writer, iterator) => iterator.throw(new Error('thrown')).catch(() => {}),
  })) {
    const { writer, readable } = push({ backpressure: 'unbounded', budget: 16384 });
    const iterator = readable[Symbol.asyncIterator]();
    writer.writeSync(chunk('a', 16384));
    const settled = (promise) => promise.then((value) => value ?? 'ok', (error) => error.message);
    const waits = settled(writer.write('b'));
    const drains = settled(ondrain(writer));
    act(writer, iterator);
    await tick();
    const pending = (promise) => Promise.race([promise, 'pending']);
    console.log(what, '|', await pending(waits), '|', await pending(drains), '|', writer.canWrite,
                writer.writeSync('x'), ondrain(writer), '|', await settled(writer.write('x')));
  }
}

(async () => {
  for (const backpressure of ['strict', 'unbounded', 'drop-oldest', 'drop-newest']) await policy(backpressure);
  await waiting();
  await refused();
  await ends();
})();
