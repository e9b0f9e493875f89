// Writes after the end, wrong chunks, callbacks called twice, writers that throw.
'use strict';

const { Writable } = require('stream');
const { cases } = require('./common/log');

const sink = (options) => new Writable({ write(chunk, encoding, callback) { callback(); }, ...options });
const told = (lines, name) => (error) => lines.push(`${name} ${error?.code ?? error?.message ?? error}`);

cases({
  'write after end': ({ lines, note }) => { const s = note('s', sink()); s.end(); lines.push(s.write('a', told(lines, 'cb'))); },
  'end after end': ({ lines, note }) => { const s = note('s', sink()); s.end(); s.end(told(lines, 'second')); },
  'end after finish': ({ lines, note }) => { const s = note('s', sink()); s.end(); s.on('finish', () => s.end(told(lines, 'late'))); },
  'end with data after end': ({ lines, note }) => { const s = note('s', sink()); s.end('a'); s.end('b', told(lines, 'second')); },
  'write null': ({ note }) => { note('s', sink()).write(null); },
  'write a number': ({ note }) => { note('s', sink()).write(1); },
  'write a bad encoding': ({ note }) => { note('s', sink()).write('a', 'x'); },
  'setDefaultEncoding bad': ({ note }) => { note('s', sink()).setDefaultEncoding('x'); },
  'write undefined in object mode': ({ lines, note }) => { note('s', sink({ objectMode: true, write(c, e, cb) { lines.push(String(c)); cb(); } })).write(undefined); },
  'write null in object mode': ({ note }) => { note('s', sink({ objectMode: true })).write(null); },
  'callback twice': ({ note }) => { note('s', sink({ write(c, e, cb) { cb(); cb(); } })).write('a'); },
  'callback twice later': ({ note }) => { note('s', sink({ write(c, e, cb) { setImmediate(cb); setImmediate(cb); } })).write('a'); },
  'write throws': ({ note }) => { note('s', sink({ write() { throw new Error('in write'); } })).write('a'); },
  'write fails now': ({ lines, note }) => {
    const s = note('s', sink({ write(c, e, cb) { cb(new Error('now')); } }));
    lines.push(s.write('a', told(lines, 'first')), s.write('b', told(lines, 'second')));
    s.end(told(lines, 'end'));
  },
  'write fails later': ({ lines, note }) => {
    const s = note('s', sink({ write(c, e, cb) { setImmediate(cb, new Error('later')); } }));
    lines.push(s.write('a', told(lines, 'first')), s.write('b', told(lines, 'second')));
    s.end(told(lines, 'end'));
  },
  'final fails': ({ lines, note }) => { note('s', sink({ final(cb) { cb(new Error('in final')); } })).end(told(lines, 'end')); },
  'final throws': ({ lines, note }) => { note('s', sink({ final() { throw new Error('thrown'); } })).end(told(lines, 'end')); },
  'final twice': ({ note }) => { note('s', sink({ final(cb) { cb(); cb(); } })).end(); },
  'no write': ({ note }) => { note('s', new Writable()).write('a'); },
  'writev fails': ({ lines, note }) => {
    const s = note('s', sink({ writev(chunks, cb) { cb(new Error('in writev')); } }));
    s.cork();
    s.write('a', told(lines, 'a'));
    s.write('b', told(lines, 'b'));
    s.uncork();
  },
  'pipe': ({ note }) => { note('s', sink()).pipe(sink()); },
});
