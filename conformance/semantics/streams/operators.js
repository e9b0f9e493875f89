// The operators of Readable: results, errors, signals, concurrency, and that the source is let go.
'use strict';

const { Readable } = require('stream');
const { cases, sleep } = require('./common/log');

const numbers = (n = 5) => Readable.from(Array.from({ length: n }, (_, i) => i + 1));
const json = JSON.stringify;

cases({
  'map': async ({ lines }) => lines.push(json(await numbers().map((x) => x * 2).toArray())),
  'map async, in order': async ({ lines }) => lines.push(json(await numbers().map(async (x) => { await sleep(6 - x); return x; }, { concurrency: 5 }).toArray())),
  'map throws': async ({ lines }) => { const s = numbers().map((x) => { if (x === 3) throw new Error('three'); return x; }); const seen = []; try { for await (const x of s) seen.push(x); } finally { lines.push(json(seen), s.destroyed); } },
  'filter': async ({ lines }) => lines.push(json(await numbers().filter(async (x) => x % 2).toArray())),
  'flatMap': async ({ lines }) => lines.push(json(await numbers(3).flatMap((x) => [x, -x]).toArray())),
  'flatMap streams': async ({ lines }) => lines.push(json(await numbers(2).flatMap((x) => Readable.from([x, 'r'])).toArray())),
  'take and drop': async ({ lines }) => lines.push(json(await numbers().drop(1).take(2).toArray()), json(await numbers().take(0).toArray()), json(await numbers(2).take(Infinity).toArray())),
  'take lets go': async ({ lines }) => { const s = numbers(100); await s.take(2).toArray(); await sleep(2); lines.push(s.destroyed); },
  'reduce': async ({ lines }) => lines.push(await numbers().reduce((a, b) => a + b), await numbers().reduce((a, b) => a + b, 10)),
  'reduce of nothing': () => Readable.from([]).reduce((a, b) => a + b),
  'some, every, find': async ({ lines }) => {
    lines.push(await numbers().some((x) => x > 4), await numbers().every((x) => x > 4), String(await numbers().find((x) => x > 3)), String(await numbers().find((x) => x > 9)));
  },
  'forEach': async ({ lines }) => lines.push(String(await numbers(3).forEach((x) => lines.push(x)))),
  'toArray with a signal': async () => { const c = new AbortController(); setImmediate(() => c.abort()); await new Readable({ read() {} }).toArray({ signal: c.signal }); },
  'map with a signal': async ({ lines }) => {
    const c = new AbortController();
    const s = numbers(50).map(async (x, { signal }) => { await sleep(1); lines.push(signal.aborted); c.abort(); return x; }, { signal: c.signal });
    await s.toArray();
  },
  'concurrency': async ({ lines }) => {
    let running = 0;
    let most = 0;
    await numbers(12).map(async () => { most = Math.max(most, ++running); await sleep(1); running--; }, { concurrency: 3 }).toArray();
    lines.push(most);
  },
  'bad function': () => numbers().map('x'),
  'bad concurrency': () => numbers().map(() => {}, { concurrency: 0 }),
  'bad options': () => numbers().map(() => {}, 5),
  'take negative': () => numbers().take(-1),
  'drop NaN': () => numbers().drop('x'),
  'chained': async ({ lines }) => lines.push(json(await numbers(20).filter((x) => x % 3 === 0).map((x) => x * x).drop(1).take(3).toArray())),
  'source fails': async ({ lines }) => {
    const s = new Readable({ objectMode: true, read() { this.push(1); this.destroy(new Error('source')); } });
    await s.map((x) => x).toArray().catch((e) => lines.push(e.message));
  },
});
