// Readable.from and Duplex.from: whatever can be a source.
'use strict';

const { Duplex, PassThrough, Readable, Writable } = require('stream');
const { cases } = require('./common/log');

const read = async (lines, s) => { for await (const c of s) lines.push(JSON.stringify(c)); };

cases({
  'an array': ({ lines }) => read(lines, Readable.from([1, 2])),
  'a string': ({ lines }) => read(lines, Readable.from('abc')),
  'a buffer': async ({ lines }) => { for await (const c of Readable.from(Buffer.from('abc'))) lines.push(`${c}`); },
  'promises': ({ lines }) => read(lines, Readable.from([Promise.resolve('p'), 'q'])),
  'a rejected promise': ({ lines }) => read(lines, Readable.from([Promise.reject(new Error('r'))])),
  'null': ({ lines }) => read(lines, Readable.from([1, null, 2])),
  'undefined': ({ lines }) => read(lines, Readable.from([undefined])),
  'a generator that throws': ({ lines }) => read(lines, Readable.from((function*() { yield 1; throw new Error('g'); })())),
  'generator is closed': async ({ lines }) => {
    const s = Readable.from((function*() { try { yield 1; yield 2; } finally { lines.push('finally'); } })());
    for await (const c of s) { lines.push(c); break; }
  },
  'async generator is closed on destroy': async ({ lines, note }) => {
    const s = note('s', Readable.from((async function*() { try { yield 1; yield 2; } finally { lines.push('finally'); } })()));
    s.once('data', () => s.destroy());
    await new Promise((resolve) => s.on('close', resolve));
  },
  'a map': ({ lines }) => read(lines, Readable.from(new Map([['a', 1]]))),
  'no iterable': () => Readable.from({}),
  'a number': () => Readable.from(5),
  'highWaterMark': ({ lines }) => { const s = Readable.from([1], { highWaterMark: 4 }); lines.push(s.readableHighWaterMark, s.readableObjectMode); },
  'Duplex.from a string': ({ lines }) => read(lines, Duplex.from('abc')),
  'Duplex.from a promise': ({ lines }) => read(lines, Duplex.from(Promise.resolve('p'))),
  'Duplex.from both': async ({ lines }) => {
    const d = Duplex.from({ readable: Readable.from(['r']), writable: new Writable({ write(c, e, cb) { lines.push(`w ${c}`); cb(); } }) });
    d.end('x');
    await read(lines, d);
  },
  'Duplex.from an async function': ({ lines, note }) => { note('d', Duplex.from(async (chunks) => { for await (const c of chunks) lines.push(`${c}`); })).end('in'); },
  'Duplex.from a blob': async ({ lines }) => { for await (const c of Duplex.from(new Blob(['blob']))) lines.push(`${Buffer.from(c)}`); },
  'Duplex.from a stream': ({ lines }) => { const p = new PassThrough(); lines.push(Duplex.from(p) === p); },
  'Duplex.from nothing': () => Duplex.from({}),
  'Readable.wrap': ({ lines }) => {
    const { EventEmitter } = require('events');
    const old = Object.assign(new EventEmitter(), { pause() {}, resume() {} });
    const s = new Readable({ objectMode: true }).wrap(old);
    s.on('data', (d) => lines.push(d)).on('end', () => lines.push('end'));
    old.emit('data', 'a');
    old.emit('data', 'b');
    old.emit('end');
  },
});
