// What a program has made is there again, with its identities, its hidden state and its code.
const { roundTrip } = require('./support/snapshots.js');

roundTrip(() => {
  class Counter {
    #count = 0;
    static made = 0;
    constructor() { Counter.made++; }
    next() { return ++this.#count; }
  }
  const counter = new Counter();
  counter.next();
  const key = { name: 'key' };
  const symbol = Symbol('mine');
  const bytes = new Uint8Array(64).fill(7);
  const small = new Float64Array([1.5, -0, NaN]);
  const regexp = /(?<year>\d{4})-(\d\d)/g;
  regexp.exec('2024-05 2025-06');
  function* steps() { yield 1; yield 2; yield 3; }
  const generator = steps();
  generator.next();
  let settle;
  const pending = new Promise((resolve) => { settle = resolve; });
  const waiting = (async () => `waited for ${await pending}`)();
  const error = new TypeError('kept', { cause: new Error('inner') });
  const bound = counter.next.bind(counter);
  const values = {
    counter, bound, key, symbol, bytes, view: new DataView(bytes.buffer, 8, 8), small, regexp, generator, settle, waiting,
    error, map: new Map([[key, 'by identity'], [NaN, 'by value']]), set: new Set([key, symbol]),
    weakMap: new WeakMap([[key, 'weakly']]), weakRef: new WeakRef(key), date: new Date(0), big: 2n ** 100n,
    frozen: Object.freeze({ a: [1] }), sparse: Object.assign([], { 5: 'x' }), bare: { __proto__: null, x: 1 },
    proxy: new Proxy({}, { get: (_, name) => `<${String(name)}>` }), buffer: Buffer.from('\u00fc\u20ac'),
    accessor: { get now() { return `got ${counter.next()}`; } }, text: 'x'.repeat(1e5) + '\u{1F600}',
  };
  values.self = values;
  globalThis.Counter = Counter;

  require('v8').startupSnapshot.setDeserializeMainFunction(() => {
    const v = values;
    console.log(v.counter.next(), v.bound(), v.counter instanceof Counter, Counter.made, new Counter().next());
    console.log(v.map.get(v.key), v.map.get(NaN), v.set.has(v.symbol), v.weakMap.get(v.key), v.weakRef.deref() === v.key);
    v.view.setUint8(0, 9);
    console.log(v.bytes[8], v.bytes[63], v.bytes.length, v.small, v.buffer.toString(), v.buffer instanceof Buffer);
    console.log(v.regexp.lastIndex, v.regexp.exec('2024-05 2025-06').groups.year, [...v.generator]);
    console.log(v.error.message, v.error.cause.message, v.error.stack.split('\n')[0], v.error instanceof TypeError);
    console.log(v.date.toISOString(), v.big, Object.isFrozen(v.frozen), v.sparse, v.bare, v.proxy.anything);
    console.log(v.accessor.now, v.text.length, v.text.codePointAt(1e5), v.self === v, v.symbol.description);
    console.log(v.counter.next.toString());
    v.waiting.then(console.log);
    v.settle('a process');
    setTimeout(() => {
      console.log('timers run');
      setImmediate(console.log, 'immediates run');
    }, 1);
    process.nextTick(console.log, 'ticks run');
  });
});
