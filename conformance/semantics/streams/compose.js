// compose(): several streams, functions or iterables as one Duplex.
'use strict';

const { PassThrough, Readable, Transform, Writable, compose } = require('stream');
const { cases } = require('./common/log');

const upper = () => new Transform({ objectMode: true, transform: (c, e, cb) => cb(null, String(c).toUpperCase()) });
const collect = (lines, s) => s.on('data', (d) => lines.push(`data ${d}`));

cases({
  'two transforms': ({ lines, note }) => { const s = note('s', compose(upper(), new PassThrough({ objectMode: true }))); collect(lines, s).end('ab'); },
  'a generator': ({ lines, note }) => {
    const s = note('s', compose(async function*(chunks) { for await (const c of chunks) { yield `${c}1`; yield `${c}2`; } }));
    collect(lines, s);
    s.write('a');
    s.end('b');
  },
  'a source': ({ lines, note }) => { const s = note('s', compose(Readable.from(['x', 'y']), upper())); lines.push(s.writable, s.readable); collect(lines, s); },
  'a sink': ({ lines, note }) => {
    const s = note('s', compose(upper(), new Writable({ objectMode: true, write(c, e, cb) { lines.push(`got ${c}`); cb(); } })));
    lines.push(s.writable, s.readable);
    s.end('z');
  },
  'an async function at the end': ({ lines, note }) => {
    const s = note('s', compose(async (chunks) => { for await (const c of chunks) lines.push(`got ${c}`); }));
    s.end('q');
  },
  'the first fails': ({ lines, note }) => {
    const s = note('s', compose(new Transform({ transform(c, e, cb) { cb(new Error('first')); } }), upper()));
    collect(lines, s).write('a');
  },
  'the last fails': ({ lines, note }) => {
    const s = note('s', compose(upper(), new Transform({ transform(c, e, cb) { cb(new Error('last')); } })));
    collect(lines, s).write('a');
  },
  'destroyed': ({ lines, note }) => {
    const [one, two] = [note('one', upper(), ['error', 'close']), note('two', upper(), ['error', 'close'])];
    note('s', compose(one, two)).destroy(new Error('e'));
  },
  'readable.compose': async ({ lines }) => {
    lines.push(JSON.stringify(await Readable.from(['a', 'b']).compose(upper()).toArray()));
    lines.push(JSON.stringify(await Readable.from(['a', 'b']).compose(async function*(s) { for await (const c of s) yield c + c; }).toArray()));
  },
  'a web transform': async ({ lines }) => {
    const web = new TransformStream({ transform(c, controller) { controller.enqueue(`${c}!`); } });
    lines.push(JSON.stringify(await Readable.from(['a', 'b']).compose(web).toArray()));
  },
  'nothing': () => compose(),
  'something else': () => compose({}),
  'a readable in the middle': () => compose(new PassThrough(), Readable.from([]), new PassThrough()),
});
