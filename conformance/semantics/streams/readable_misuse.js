// push after the end, null in the middle, chunks of the wrong kind, reads that throw.
'use strict';

const { Readable } = require('stream');
const { cases } = require('./common/log');

const empty = (options) => new Readable({ read() {}, ...options });

cases({
  'push after end': ({ note }) => { const s = note('s', empty()).resume(); s.push(null); s.push('a'); },
  'unshift after end': ({ note }) => { const s = note('s', empty()); s.push(null); s.resume(); setImmediate(() => s.unshift('a')); },
  'a number': ({ note }) => { note('s', empty()).push(1); },
  'undefined': ({ lines, note }) => { lines.push(String(note('s', empty()).push(undefined))); },
  'empty string': ({ lines, note }) => { const s = note('s', empty()); lines.push(s.push(''), s.readableLength); },
  'null twice': ({ lines, note }) => { const s = note('s', empty()).resume(); lines.push(s.push(null), s.push(null)); },
  'read throws': ({ note }) => { note('s', empty({ read() { throw new Error('in read'); } })).resume(); },
  'no read': ({ note }) => { note('s', new Readable()).resume(); },
  'construct fails': ({ note }) => { note('s', empty({ construct(callback) { callback(new Error('no')); } })).resume(); },
  'construct throws': ({ note }) => { note('s', empty({ construct() { throw new Error('thrown'); } })).resume(); },
  'construct late': ({ lines, note }) => {
    const s = note('s', new Readable({ construct(callback) { setImmediate(() => { lines.push('constructed'); callback(); }); }, read() { this.push(null); } }));
    s.resume();
  },
  'bad highWaterMark': () => empty({ highWaterMark: -1 }),
  'highWaterMark NaN': () => empty({ highWaterMark: NaN }),
  'bad encoding': () => empty({ encoding: 'x' }),
  'setEncoding bad': () => empty().setEncoding('x'),
  'push returns': ({ lines }) => {
    const s = empty({ highWaterMark: 3 });
    lines.push(s.push('ab'), s.push('c'), s.readableLength, s.readableHighWaterMark);
  },
});
