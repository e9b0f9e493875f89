'use strict';
// TextEncoder and TextDecoder. Node passes it too.

const assert = require('assert');

assert.deepStrictEqual(new TextEncoder().encode('\u20ac\ud800'), new Uint8Array([0xe2, 0x82, 0xac, 0xef, 0xbf, 0xbd]));
assert.deepStrictEqual(new TextEncoder().encodeInto('a\u{1f600}', new Uint8Array(4)), { read: 1, written: 1 });

for (const [encoding, bytes, text] of [
  ['utf-8', [0xef, 0xbb, 0xbf, 0x61, 0xff], 'a\ufffd'],
  ['utf-16be', [0, 0x61], 'a'],
  ['latin1', [0x80, 0xe9], '\u20ac\u00e9'],
  ['koi8-r', [0xc1], '\u0430'],
  ['shift_jis', [0x82, 0xa0], '\u3042'],
  ['gbk', [0xb0, 0xa1], '\u554a'],
]) {
  assert.strictEqual(new TextDecoder(encoding).decode(new Uint8Array(bytes)), text, encoding);
}

const stream = new TextDecoder();
const bytes = new TextEncoder().encode('x\u{1f600}y');
let decoded = '';
for (const byte of bytes) decoded += stream.decode(new Uint8Array([byte]), { stream: true });
assert.strictEqual(decoded + stream.decode(), 'x\u{1f600}y');

assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])),
              { code: 'ERR_ENCODING_INVALID_ENCODED_DATA', name: 'TypeError' });
assert.throws(() => new TextDecoder('nope'), { code: 'ERR_ENCODING_NOT_SUPPORTED', name: 'RangeError' });
