// Paused and flowing, and what changes from one to the other.
'use strict';

const { Readable } = require('stream');
const { cases } = require('./common/log');

const three = (options) => new Readable({ ...options, read() { for (const c of ['a', 'b', 'c', null]) this.push(c); } });
const state = (s) => `${s.readableFlowing} ${s.isPaused()} ${s.readableLength} ${s.readableEnded}`;

cases({
  'nothing asked': ({ lines, note }) => { const s = note('s', three()); lines.push(state(s)); },
  'data': ({ lines, note }) => { const s = note('s', three()); s.on('data', (d) => lines.push(`data ${d} ${state(s)}`)); lines.push(state(s)); },
  'readable': ({ lines, note }) => {
    const s = note('s', three());
    s.on('readable', () => { lines.push(`readable ${state(s)}`); for (let c; (c = s.read()) !== null;) lines.push(`read ${c}`); });
  },
  'readable, then data': ({ lines, note }) => {
    const s = note('s', three());
    const onReadable = () => lines.push('readable');
    s.on('readable', onReadable);
    s.on('data', (d) => lines.push(`data ${d}`));
    lines.push(state(s));
    setImmediate(() => { s.off('readable', onReadable); lines.push(state(s)); setImmediate(() => lines.push(state(s))); });
  },
  'pause in data': ({ lines, note }) => {
    const s = note('s', three());
    s.on('data', (d) => { lines.push(`data ${d}`); s.pause(); setImmediate(() => s.resume()); });
  },
  'resume without data': ({ lines, note }) => { const s = note('s', three()).resume(); lines.push(state(s)); },
  'pause before data': ({ lines, note }) => { const s = note('s', three()).pause(); s.on('data', () => lines.push('data')); lines.push(state(s)); },
  'data removed': ({ lines, note }) => {
    const s = note('s', three());
    const onData = (d) => { lines.push(`data ${d}`); s.off('data', onData); lines.push(state(s)); };
    s.on('data', onData);
  },
  'read(n)': ({ lines, note }) => {
    const s = note('s', three());
    s.once('readable', () => { for (const n of [2, 0, 5, undefined]) lines.push(`read(${n}) ${s.read(n)} ${s.readableLength}`); });
  },
  'unshift': ({ lines, note }) => {
    const s = note('s', three());
    s.once('data', (d) => { s.pause(); s.unshift(Buffer.from('zy')); s.once('data', (e) => lines.push(`again ${e}`)); s.resume(); lines.push(`${d}`); });
  },
  'setEncoding': ({ lines, note }) => {
    const s = note('s', new Readable({ read() {} }));
    s.push(Buffer.from([0xe2, 0x82]));
    s.setEncoding('utf8');
    s.push(Buffer.from([0xac]));
    s.push(null);
    s.on('data', (d) => lines.push(`data ${d} ${d.length}`));
  },
  'object mode': ({ lines, note }) => {
    const s = note('s', Readable.from([1, { a: 2 }, 'three', Buffer.from('4')]));
    s.on('data', (d) => lines.push(JSON.stringify(d)));
  },
});
