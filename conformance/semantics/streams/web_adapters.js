// toWeb and fromWeb: data, backpressure, errors and cancellation across the border.
'use strict';

const { Duplex, PassThrough, Readable, Writable } = require('stream');
const { cases, sleep } = require('./common/log');

cases({
  'Readable.toWeb': async ({ lines, note }) => { const r = note('r', Readable.from(['a', 'b'])); for await (const c of Readable.toWeb(r)) lines.push(c); },
  'toWeb of bytes': async ({ lines }) => { for await (const c of Readable.toWeb(Readable.from([Buffer.from('x')], { objectMode: false }))) lines.push(c.constructor.name, c.length); },
  'toWeb cancelled': async ({ note }) => { const r = note('r', new Readable({ read() {} })); await Readable.toWeb(r).cancel(new Error('why')); },
  'toWeb of a failing stream': async ({ lines, note }) => {
    const r = note('r', new Readable({ read() { this.destroy(new Error('r')); } }));
    await Readable.toWeb(r).getReader().read().catch((e) => lines.push(`read ${e.message}`));
  },
  'toWeb backpressure': async ({ lines }) => {
    let n = 0;
    const web = Readable.toWeb(new Readable({ highWaterMark: 2, objectMode: true, read() { this.push(n++); } }), { strategy: { highWaterMark: 1 } });
    await sleep(5);
    lines.push(n < 8);
    await web.cancel();
  },
  'Readable.fromWeb': async ({ lines, note }) => {
    const r = note('r', Readable.fromWeb(new ReadableStream({ start(c) { c.enqueue('a'); c.enqueue('b'); c.close(); } }), { objectMode: true }));
    for await (const c of r) lines.push(c);
  },
  'fromWeb destroyed': async ({ lines, note }) => {
    const r = note('r', Readable.fromWeb(new ReadableStream({ cancel(reason) { lines.push(`cancel ${reason?.message}`); } })));
    r.destroy(new Error('e'));
    await sleep(2);
  },
  'fromWeb that fails': async ({ note }) => { note('r', Readable.fromWeb(new ReadableStream({ start(c) { c.error(new Error('web')); } }))).resume(); await sleep(2); },
  'Writable.toWeb': async ({ lines, note }) => {
    const writer = Writable.toWeb(note('w', new Writable({ objectMode: true, write(c, e, cb) { lines.push(`got ${c}`); cb(); } }))).getWriter();
    await writer.write('a');
    await writer.close();
  },
  'Writable.toWeb aborted': async ({ lines, note }) => {
    const writer = Writable.toWeb(note('w', new Writable({ write(c, e, cb) { cb(); } }))).getWriter();
    await writer.abort(new Error('enough')).catch((e) => lines.push(e.message));
    await writer.closed.catch((e) => lines.push(`closed ${e.message}`));
  },
  'Writable.toWeb that fails': async ({ lines, note }) => {
    const writer = Writable.toWeb(note('w', new Writable({ write(c, e, cb) { cb(new Error('w')); } }))).getWriter();
    writer.closed.catch((e) => lines.push(`closed ${e.message}`));
    await writer.write(new Uint8Array(1)).catch((e) => lines.push(`write ${e.message}`));
    await sleep(2);
  },
  'Writable.fromWeb': async ({ lines, note }) => {
    const w = note('w', Writable.fromWeb(new WritableStream({ write(c) { lines.push(`got ${c}`); }, close() { lines.push('closed'); } })));
    w.write('a');
    w.end('b');
    await sleep(5);
  },
  'Writable.fromWeb that fails': async ({ lines, note }) => {
    const w = note('w', Writable.fromWeb(new WritableStream({ write() { throw new Error('web'); } })));
    w.write('a', (e) => lines.push(`cb ${e?.message}`));
    await sleep(5);
  },
  'Duplex.toWeb': async ({ lines }) => {
    const { readable, writable } = Duplex.toWeb(new PassThrough());
    const writer = writable.getWriter();
    await writer.write(Buffer.from('x'));
    writer.close();
    for await (const c of readable) lines.push(`${Buffer.from(c)}`);
  },
  'Duplex.fromWeb': async ({ lines, note }) => {
    const d = note('d', Duplex.fromWeb(new TransformStream({ transform(c, controller) { controller.enqueue(String(c).toUpperCase()); } }), { encoding: 'utf8' }));
    d.end('abc');
    for await (const c of d) lines.push(c);
  },
  'not a stream': () => Readable.fromWeb({}),
  'toWeb of nothing': () => Readable.toWeb({}),
  'consumers': async ({ lines }) => {
    const { arrayBuffer, blob, buffer, bytes, json, text } = require('stream/consumers');
    lines.push(await text(Readable.from(['a', 'b'])), JSON.stringify(await json(Readable.from(['{"a":', '1}']))), `${await buffer(Readable.from([Buffer.from('x')]))}`,
      (await arrayBuffer(Readable.from([Buffer.from('xy')]))).byteLength, (await blob(Readable.from(['abc']))).size, bytes ? (await bytes(Readable.from([Buffer.from('q')]))).length : '');
  },
});
