// destroy(): the order of callbacks, 'error' and 'close', for each kind of stream and each moment.
'use strict';

const { Duplex, Readable, Transform, Writable, PassThrough } = require('stream');
const { cases } = require('./common/log');

const kinds = {
  readable: (options) => new Readable({ read() {}, ...options }),
  writable: (options) => new Writable({ write(c, e, cb) { setImmediate(cb); }, ...options }),
  duplex: (options) => new Duplex({ read() {}, write(c, e, cb) { setImmediate(cb); }, ...options }),
  transform: (options) => new Transform({ transform(c, e, cb) { cb(null, c); }, ...options }),
};
const flags = (s) => `[${s.destroyed} ${s.closed} ${s.errored?.message} ${s.readable} ${s.writable} ${s.readableAborted} ${s.writableAborted}]`;

const bodies = {};
for (const kind of Object.keys(kinds)) {
  const make = kinds[kind];
  bodies[`${kind}: destroy`] = ({ lines, note }) => { const s = note('s', make()); s.destroy(); lines.push(flags(s)); };
  bodies[`${kind}: destroy with an error`] = ({ lines, note }) => { const s = note('s', make()); s.destroy(new Error('e')); lines.push(flags(s)); };
  bodies[`${kind}: twice`] = ({ note }) => { const s = note('s', make()); s.destroy(new Error('one')); s.destroy(new Error('two')); };
  bodies[`${kind}: _destroy later`] = ({ lines, note }) => {
    const s = note('s', make({ destroy(error, callback) { lines.push(`_destroy ${error?.message}`); setImmediate(callback, error); } }));
    s.destroy(new Error('e'));
    lines.push(flags(s));
    setImmediate(() => lines.push(flags(s)));
  };
  bodies[`${kind}: _destroy changes the error`] = ({ note }) => { note('s', make({ destroy(e, cb) { cb(new Error('another')); } })).destroy(new Error('e')); };
  bodies[`${kind}: _destroy throws`] = ({ note }) => { note('s', make({ destroy() { throw new Error('thrown'); } })).destroy(); };
  bodies[`${kind}: emitClose false`] = ({ note }) => { note('s', make({ emitClose: false })).destroy(new Error('e')); };
  bodies[`${kind}: autoDestroy false`] = ({ lines, note }) => {
    const s = note('s', make({ autoDestroy: false }));
    if (s.end) s.end();
    if (s.push) { s.push(null); s.resume(); }
    setImmediate(() => lines.push(flags(s)));
  };
  bodies[`${kind}: during construct`] = ({ lines, note }) => {
    const s = note('s', make({ construct(cb) { setImmediate(() => { lines.push('constructed'); cb(); }); }, destroy(e, cb) { lines.push('_destroy'); cb(e); } }));
    s.destroy(new Error('e'));
  };
  bodies[`${kind}: signal`] = ({ note }) => {
    const controller = new AbortController();
    note('s', make({ signal: controller.signal }));
    controller.abort();
  };
  bodies[`${kind}: Symbol.asyncDispose`] = async ({ note, lines }) => { await note('s', make())[Symbol.asyncDispose](); lines.push('disposed'); };
}
bodies['writes pending'] = ({ lines, note }) => {
  const s = note('s', kinds.writable());
  for (const c of 'abc') s.write(c, (error) => lines.push(`${c} ${error?.code}`));
  s.end((error) => lines.push(`end ${error?.code}`));
  s.destroy();
};
bodies['writes after'] = ({ lines, note }) => {
  const s = note('s', kinds.writable());
  s.destroy();
  lines.push(s.write('a', (error) => lines.push(`a ${error?.code}`)));
  s.end((error) => lines.push(`end ${error?.code}`));
};
bodies['reads after'] = ({ lines, note }) => {
  const s = note('s', kinds.readable());
  s.push('a');
  s.destroy();
  lines.push(String(s.read()), s.push('b'), s.readableLength);
  s.on('data', () => lines.push('data'));
};
bodies['in data'] = ({ lines, note }) => {
  const s = note('s', new PassThrough());
  s.on('data', (d) => { lines.push(`data ${d}`); s.destroy(); });
  s.write('a');
  s.write('b');
  s.end();
};
cases(bodies);
