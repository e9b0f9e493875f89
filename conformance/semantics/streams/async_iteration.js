// for await over streams: to the end, out of the loop, errors, and the iterator by hand.
'use strict';

const { PassThrough, Readable, Duplex } = require('stream');
const { cases } = require('./common/log');

const source = (note, options) => note('s', Readable.from(['a', 'b', 'c'], options));

cases({
  'to the end': async ({ lines, note }) => { for await (const c of source(note)) lines.push(c); },
  'break': async ({ lines, note }) => { const s = source(note); for await (const c of s) { lines.push(c); break; } lines.push(s.destroyed); },
  'throw': async ({ lines, note }) => { for await (const c of source(note)) { lines.push(c); throw new Error('mine'); } },
  'return in a function': async ({ lines, note }) => { const s = source(note); lines.push(await (async () => { for await (const c of s) return c; })(), s.destroyed); },
  'destroyOnReturn: false': async ({ lines, note }) => {
    const s = source(note);
    for await (const c of s.iterator({ destroyOnReturn: false })) { lines.push(c); break; }
    lines.push(s.destroyed);
    for await (const c of s) lines.push(c);
  },
  'error': async ({ lines, note }) => { const s = note('s', new Readable({ read() {} })); s.push('x'); setImmediate(() => s.destroy(new Error('e'))); for await (const c of s) lines.push(`${c}`); },
  'destroyed without error': async ({ lines, note }) => { const s = note('s', new Readable({ read() {} })); s.push('x'); setImmediate(() => s.destroy()); for await (const c of s) lines.push(`${c}`); },
  'already over': async ({ lines, note }) => { const s = source(note); for await (const c of s) lines.push(c); for await (const c of s) lines.push(`again ${c}`); lines.push('fine'); },
  'already failed': async ({ lines, note }) => { const s = note('s', new Readable({ read() {} })); s.destroy(new Error('early')); for await (const c of s) lines.push(c); },
  'by hand': async ({ lines, note }) => {
    const iterator = source(note)[Symbol.asyncIterator]();
    const all = await Promise.all([iterator.next(), iterator.next()]);
    lines.push(JSON.stringify(all), JSON.stringify(await iterator.return('r')), JSON.stringify(await iterator.next()));
  },
  'throw by hand': async ({ note }) => { const iterator = source(note)[Symbol.asyncIterator](); await iterator.next(); await iterator.throw(new Error('given')); },
  'two loops': async ({ lines, note }) => {
    const s = source(note);
    await Promise.all([1, 2].map(async (n) => { for await (const c of s) lines.push(`${n}${c}`); }));
  },
  'a duplex': async ({ lines, note }) => { const s = note('s', new PassThrough()); s.write('x'); setImmediate(() => s.end('y')); for await (const c of s) lines.push(`${c}`); },
  'Duplex.from a generator': async ({ lines }) => { const d = Duplex.from(async function*(chunks) { for await (const c of chunks) yield `<${c}>`; }); d.end('z'); for await (const c of d) lines.push(`${c}`); },
  'with encoding': async ({ lines }) => { const s = Readable.from([Buffer.from([0xe2, 0x82]), Buffer.from([0xac])], { objectMode: false, encoding: 'utf8' }); for await (const c of s) lines.push(c); },
});
