// finished(): when it calls, with what, for which options; for streams that are over already.
'use strict';

const { Duplex, PassThrough, Readable, Writable, finished, promises } = require('stream');
const { cases } = require('./common/log');

const reader = () => new Readable({ read() {} });
const writer = () => new Writable({ write(c, e, cb) { cb(); } });
const duplex = () => new Duplex({ read() {}, write(c, e, cb) { cb(); } });
const told = (lines, name = 'finished') => (error) => lines.push(`${name} ${error?.code ?? error?.message ?? error}`);

cases({
  'readable ends': ({ lines, note }) => { const s = note('s', reader()); finished(s, told(lines)); s.resume().push(null); },
  'writable finishes': ({ lines, note }) => { const s = note('s', writer()); finished(s, told(lines)); s.end(); },
  'duplex, both': ({ lines, note }) => { const s = note('s', duplex()); finished(s, told(lines)); s.end(); setImmediate(() => s.resume().push(null)); },
  'duplex, readable false': ({ lines }) => { const s = duplex(); finished(s, { readable: false }, told(lines)); s.end(); },
  'duplex, writable false': ({ lines }) => { const s = duplex(); finished(s, { writable: false }, told(lines)); s.resume().push(null); },
  'destroyed': ({ lines, note }) => { const s = note('s', reader()); finished(s, told(lines)); s.destroy(); },
  'destroyed with an error': ({ lines, note }) => { const s = note('s', reader()); finished(s, told(lines)); s.destroy(new Error('e')); },
  'error: false': ({ lines }) => { const s = reader(); finished(s, { error: false }, told(lines)); s.on('error', () => {}); s.destroy(new Error('e')); },
  'over already': ({ lines }) => { const s = writer(); s.end(); s.on('close', () => finished(s, told(lines))); },
  'failed already': ({ lines }) => { const s = writer(); s.on('error', () => {}).on('close', () => finished(s, told(lines))); s.destroy(new Error('e')); },
  'destroyed already': ({ lines }) => { const s = reader(); s.on('close', () => finished(s, told(lines))); s.destroy(); },
  'cleanup': ({ lines }) => { const s = writer(); const off = finished(s, told(lines)); lines.push(s.listenerCount('finish')); off(); lines.push(s.listenerCount('finish')); s.end(); },
  'signal': ({ lines }) => { const c = new AbortController(); const s = reader(); finished(s, { signal: c.signal }, told(lines)); c.abort(); lines.push(s.destroyed); },
  'aborted signal': ({ lines }) => { finished(reader(), { signal: AbortSignal.abort() }, told(lines)); },
  'promise': async ({ lines }) => { const s = writer(); setImmediate(() => s.end()); lines.push(String(await promises.finished(s))); },
  'promise, cleanup': async ({ lines }) => {
    const s = writer();
    setImmediate(() => s.end());
    await promises.finished(s, { cleanup: true });
    lines.push(s.listenerCount('finish'));
  },
  'twice': ({ lines }) => { const s = writer(); finished(s, told(lines, 'one')); finished(s, told(lines, 'two')); s.end(); },
  'web stream': async ({ lines }) => {
    const s = new ReadableStream({ start(c) { c.enqueue('a'); c.close(); } });
    const over = promises.finished(s).then(() => lines.push('web finished'));
    for await (const c of s) lines.push(c);
    await over;
  },
  'not a stream': () => finished({}, () => {}),
  'no callback': () => finished(reader(), 'x'),
  'premature': ({ lines }) => { const s = new PassThrough(); finished(s, told(lines)); s.write('a'); s.destroy(); },
});
