// pipeline(): success, failure at each place, generators, promises, signals, what is destroyed.
'use strict';

const { PassThrough, Readable, Transform, Writable, pipeline, promises } = require('stream');
const { cases } = require('./common/log');

const source = () => Readable.from(['a', 'b', 'c']);
const sink = (lines, options) => new Writable({ objectMode: true, write(c, e, cb) { lines.push(`got ${c}`); setImmediate(cb); }, ...options });
const done = (lines) => (error, value) => lines.push(`done ${error?.code ?? error?.message ?? error} ${value}`);

cases({
  'all is well': ({ lines, note }) => { pipeline(note('r', source()), note('t', new PassThrough({ objectMode: true })), note('w', sink(lines)), done(lines)); },
  'source fails': ({ lines, note }) => {
    const r = new Readable({ read() { this.destroy(new Error('r')); } });
    pipeline(note('r', r), note('t', new PassThrough()), note('w', sink(lines)), done(lines));
  },
  'middle fails': ({ lines, note }) => {
    const t = new Transform({ objectMode: true, transform(c, e, cb) { cb(new Error('t')); } });
    pipeline(note('r', source()), note('t', t), note('w', sink(lines)), done(lines));
  },
  'sink fails': ({ lines, note }) => {
    pipeline(note('r', source()), note('t', new PassThrough({ objectMode: true })), note('w', sink(lines, { write(c, e, cb) { cb(new Error('w')); } })), done(lines));
  },
  'source destroyed without error': ({ lines, note }) => {
    const r = note('r', new Readable({ read() {} }));
    pipeline(r, note('w', sink(lines)), done(lines));
    r.push('a');
    setImmediate(() => r.destroy());
  },
  'sink destroyed without error': ({ lines, note }) => {
    const w = note('w', sink(lines));
    pipeline(note('r', new Readable({ read() {} })), w, done(lines));
    setImmediate(() => w.destroy());
  },
  'generators': ({ lines, note }) => {
    pipeline(
      async function*() { yield 'x'; yield 'y'; },
      async function*(chunks) { for await (const c of chunks) yield c + c; },
      note('w', sink(lines)), done(lines));
  },
  'generator throws': ({ lines, note }) => {
    pipeline(note('r', source()), async function*(chunks) { for await (const c of chunks) { yield c; throw new Error('g'); } }, note('w', sink(lines)), done(lines));
  },
  'function at the end': ({ lines }) => { pipeline(source(), async (chunks) => { let all = ''; for await (const c of chunks) all += c; return all; }, done(lines)); },
  'promise': async ({ lines, note }) => { lines.push(String(await promises.pipeline(note('r', source()), note('w', sink(lines))))); },
  'promise fails': async ({ lines, note }) => {
    await promises.pipeline(note('r', source()), note('w', sink(lines, { write(c, e, cb) { cb(new Error('w')); } }))).catch((e) => lines.push(`caught ${e.message}`));
  },
  'signal': async ({ lines, note }) => {
    const controller = new AbortController();
    const ended = promises.pipeline(note('r', new Readable({ read() {} })), note('w', sink(lines)), { signal: controller.signal });
    controller.abort(new Error('why'));
    await ended.catch((e) => lines.push(`caught ${e.name} ${e.code} ${e.cause?.message}`));
  },
  'end: false': async ({ lines, note }) => { await promises.pipeline(note('r', source()), note('w', sink(lines)), { end: false }); lines.push('resolved'); },
  'an iterable': ({ lines, note }) => { pipeline(['p', 'q'], note('w', sink(lines)), done(lines)); },
  'a string': ({ lines, note }) => { pipeline('text', note('w', sink(lines)), done(lines)); },
  'one stream': () => pipeline(source(), () => {}),
  'no callback': ({ lines }) => pipeline(source(), sink(lines)),
  'not a stream': ({ lines }) => { pipeline(source(), {}, done(lines)); },
  'returns the last': ({ lines }) => { const w = sink(lines); lines.push(pipeline(source(), w, done(lines)) === w); },
  'a finished source': ({ lines, note }) => {
    const r = source().resume();
    r.on('close', () => pipeline(r, note('w', sink(lines)), done(lines)));
  },
});
