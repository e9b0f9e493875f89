// write(), end(), cork(), 'drain' and 'finish', with writers that answer now and later.
'use strict';

const { Writable } = require('stream');
const { cases } = require('./common/log');

const writers = {
  now: (lines) => (chunk, encoding, callback) => { lines.push(`write ${chunk}`); callback(); },
  later: (lines) => (chunk, encoding, callback) => { lines.push(`write ${chunk}`); setImmediate(callback); },
  tick: (lines) => (chunk, encoding, callback) => { lines.push(`write ${chunk}`); process.nextTick(callback); },
};

const bodies = {};
for (const kind of Object.keys(writers)) {
  bodies[`three writes, ${kind}`] = ({ lines, note }) => {
    const s = note('s', new Writable({ highWaterMark: 3, write: writers[kind](lines) }));
    for (const c of ['ab', 'cd', 'ef']) lines.push(s.write(c, () => lines.push(`callback ${c}`)), s.writableLength, s.writableNeedDrain);
    s.end(() => lines.push('end callback'));
    lines.push(s.writableEnded, s.writableFinished);
  };
  bodies[`end with data, ${kind}`] = ({ lines, note }) => { note('s', new Writable({ write: writers[kind](lines) })).end('z', () => lines.push('cb')); };
  bodies[`final, ${kind}`] = ({ lines, note }) => {
    const s = note('s', new Writable({ write: writers[kind](lines), final(callback) { lines.push('final'); setImmediate(callback); } }));
    s.write('a');
    s.end();
  };
  bodies[`corked, ${kind}`] = ({ lines, note }) => {
    const s = note('s', new Writable({
      write: writers[kind](lines),
      writev(chunks, callback) { lines.push(`writev ${chunks.map((c) => c.chunk)}`); setImmediate(callback); },
    }));
    s.cork();
    s.cork();
    for (const c of 'abc') s.write(c, () => lines.push(`callback ${c}`));
    s.uncork();
    lines.push(s.writableCorked, s.writableLength);
    s.uncork();
    s.write('d');
    s.write('e');
    s.cork();
    s.end('f');
  };
}
bodies['encodings'] = ({ lines }) => {
  const seen = (chunk, encoding, callback) => { lines.push(`${typeof chunk} ${encoding} ${chunk.length}`); callback(); };
  const s = new Writable({ write: seen });
  s.write('\u20ac');
  s.write('6162', 'hex');
  s.setDefaultEncoding('latin1');
  s.write('\u00e4');
  const raw = new Writable({ decodeStrings: false, defaultEncoding: 'latin1', write: seen });
  raw.write('\u00e4');
  raw.write(new Uint8Array(2));
  const objects = new Writable({ objectMode: true, write: seen });
  objects.write({ length: 7 });
  objects.write('text', 'hex');
};
cases(bodies);
