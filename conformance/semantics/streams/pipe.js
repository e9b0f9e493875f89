// pipe() and unpipe(): who is told, what an error does, more than one destination.
'use strict';

const { PassThrough, Readable, Writable } = require('stream');
const { cases } = require('./common/log');

const source = () => Readable.from(['a', 'b', 'c'], { objectMode: false });
const sink = (lines, name, options) => new Writable({ write(c, e, cb) { lines.push(`${name} got ${c}`); setImmediate(cb); }, ...options });

cases({
  'to the end': ({ lines, note }) => { note('r', source()).pipe(note('w', sink(lines, 'w'))); },
  'end: false': ({ lines, note }) => { note('r', source()).pipe(note('w', sink(lines, 'w')), { end: false }); },
  'two destinations': ({ lines, note }) => {
    const r = note('r', source());
    r.pipe(note('one', sink(lines, 'one', { highWaterMark: 1 })));
    r.pipe(note('two', sink(lines, 'two')));
  },
  'source fails': ({ lines, note }) => {
    const r = note('r', new Readable({ read() {} }));
    r.pipe(note('w', sink(lines, 'w')));
    r.push('a');
    setImmediate(() => r.destroy(new Error('r')));
  },
  'destination fails': ({ lines, note }) => {
    const r = note('r', source());
    r.pipe(note('w', sink(lines, 'w', { write(c, e, cb) { cb(new Error('w')); } })));
    setImmediate(() => lines.push(`${r.readableFlowing} ${r.destroyed}`));
  },
  'destination closes': ({ lines, note }) => {
    const w = note('w', sink(lines, 'w'));
    const r = note('r', new Readable({ read() {} }));
    r.pipe(w);
    setImmediate(() => { w.destroy(); setImmediate(() => lines.push(`${r.readableFlowing} ${r.listenerCount('data')}`)); });
  },
  'unpipe': ({ lines, note }) => {
    const r = note('r', new Readable({ read() {} }));
    const w = note('w', sink(lines, 'w'));
    r.pipe(w);
    r.push('a');
    setImmediate(() => { r.unpipe(w); r.push('b'); lines.push(`${r.readableFlowing} ${r.readableLength}`); r.unpipe(w); });
  },
  'unpipe all': ({ lines, note }) => {
    const r = note('r', new Readable({ read() {} }));
    r.pipe(note('one', sink(lines, 'one')));
    r.pipe(note('two', sink(lines, 'two')));
    r.unpipe();
    lines.push(`${r.readableFlowing}`);
  },
  'paused by hand': ({ lines, note }) => {
    const r = note('r', source());
    r.pipe(note('w', sink(lines, 'w')));
    r.pause();
    setImmediate(() => { lines.push(r.isPaused()); r.resume(); });
  },
  'slow destination': ({ lines, note }) => {
    const w = note('w', sink(lines, 'w', { highWaterMark: 1 }));
    const r = source();
    r.pipe(w);
    r.on('pause', () => lines.push('r pause'));
    w.on('drain', () => lines.push(`flowing ${r.readableFlowing}`));
  },
  'a chain': ({ lines, note }) => { source().pipe(note('p', new PassThrough())).pipe(note('w', sink(lines, 'w'))); },
  'listener throws into nothing': ({ lines, note }) => {
    const r = note('r', source());
    const w = sink(lines, 'w');
    lines.push(String(r.pipe(w) === w), r.listenerCount('end'), w.listenerCount('unpipe'), w.listenerCount('error'));
  },
  'ended destination': ({ lines, note }) => {
    const w = note('w', sink(lines, 'w'));
    w.end();
    note('r', source()).pipe(w);
  },
});
