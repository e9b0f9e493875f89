// Transforms: flush, errors, backpressure, callbacks; Duplex: the two sides, half open or not.
'use strict';

const { Duplex, PassThrough, Transform } = require('stream');
const { cases } = require('./common/log');

const upper = (options) => new Transform({ transform(c, e, cb) { cb(null, String(c).toUpperCase()); }, ...options });

cases({
  'write, read': ({ lines, note }) => { const s = note('s', upper()); s.on('data', (d) => lines.push(`data ${d}`)); s.write('a'); s.end('b'); },
  'flush pushes': ({ lines, note }) => {
    const s = note('s', upper({ flush(cb) { lines.push('flush'); this.push('x'); cb(null, 'y'); } }));
    s.on('data', (d) => lines.push(`data ${d}`)).end('a');
  },
  'flush fails': ({ note }) => { note('s', upper({ flush(cb) { cb(new Error('in flush')); } })).resume().end('a'); },
  'transform fails': ({ lines, note }) => { const s = note('s', upper({ transform(c, e, cb) { cb(new Error('bad')); } })); s.write('a', (e) => lines.push(`cb ${e?.message}`)); s.end(); },
  'transform throws': ({ note }) => { note('s', upper({ transform() { throw new Error('thrown'); } })).write('a'); },
  'callback twice': ({ note }) => { note('s', upper({ transform(c, e, cb) { cb(); cb(); } })).write('a'); },
  'no transform': ({ note }) => { note('s', new Transform()).write('a'); },
  'many for one': ({ lines, note }) => {
    const s = note('s', upper({ transform(c, e, cb) { for (const x of String(c)) this.push(x); cb(); } }));
    s.on('data', (d) => lines.push(`${d}`)).end('abc');
  },
  'null from the callback': ({ lines, note }) => { note('s', upper({ transform(c, e, cb) { cb(null, null); } })).on('data', () => lines.push('data')).write('a'); },
  'backpressure': ({ lines, note }) => {
    const s = note('s', new PassThrough({ highWaterMark: 2 }));
    for (let n = 0; n < 6; n++) lines.push(s.write('ab'));
    lines.push(s.readableLength, s.writableLength, s.writableNeedDrain);
    s.on('data', (d) => lines.push(`${d}`));
    s.end();
  },
  'different modes': ({ lines, note }) => {
    const s = note('s', new Transform({ writableObjectMode: true, readableHighWaterMark: 5, transform: (c, e, cb) => cb(null, JSON.stringify(c)) }));
    lines.push(s.readableObjectMode, s.writableObjectMode, s.readableHighWaterMark, s.writableHighWaterMark);
    s.on('data', (d) => lines.push(`${d}`)).end({ a: 1 });
  },
  'duplex, allowHalfOpen': ({ lines, note }) => {
    const s = note('s', new Duplex({ read() {}, write(c, e, cb) { cb(); } }));
    s.resume().push(null);
    setImmediate(() => { lines.push(`${s.writableEnded} ${s.destroyed}`); s.end(); });
  },
  'duplex, not half open': ({ lines, note }) => {
    const s = note('s', new Duplex({ allowHalfOpen: false, read() {}, write(c, e, cb) { cb(); } }));
    s.resume().push(null);
    setImmediate(() => lines.push(`${s.writableEnded} ${s.destroyed}`));
  },
  'duplex, only written': ({ lines, note }) => {
    const s = note('s', new Duplex({ readable: false, write(c, e, cb) { cb(); } }));
    lines.push(s.readable, s.writable, s.readableEnded);
    s.end('a');
  },
  'duplex, only read': ({ lines, note }) => {
    const s = note('s', new Duplex({ writable: false, read() { this.push(null); } }));
    lines.push(s.readable, s.writable, s.writableEnded);
    s.resume();
  },
  'duplexPair': ({ lines, note }) => {
    const [a, b] = require('stream').duplexPair();
    note('a', a).on('data', (d) => lines.push(`a ${d}`));
    note('b', b).on('data', (d) => { lines.push(`b ${d}`); b.write('pong'); });
    a.write('ping', () => lines.push('written'));
    setImmediate(() => { a.end(); setImmediate(() => b.end()); });
  },
});
