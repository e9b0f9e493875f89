'use strict';

// However the bytes are cut, the text is that of one decode.

const assert = require('assert');
const { StringDecoder } = require('string_decoder');

const samples = [
  Buffer.from('\u00e4\u20ac\ud83d\ude00 plain \u0800'),
  Buffer.from([0xE2, 0x82]),
  Buffer.from([0xE2, 0x41, 0xC2, 0xF0, 0x9F, 0x98]),
  Buffer.from([0x80, 0x80, 0xC3, 0xA9, 0xFF]),
];

for (const encoding of ['utf8', 'utf16le', 'base64', 'base64url', 'latin1', 'hex', 'ascii']) {
  for (const sample of samples) {
    const bytes = encoding === 'utf16le' ? Buffer.from(sample.toString(), 'utf16le') : sample;
    for (let size = 1; size <= bytes.length; ++size) {
      const decoder = new StringDecoder(encoding);
      let text = '';
      for (let i = 0; i < bytes.length; i += size) text += decoder.write(bytes.subarray(i, i + size));
      text += decoder.end();
      assert.strictEqual(text, bytes.toString(encoding), `${encoding}, ${bytes.toString('hex')} by ${size}`);
    }
  }
}

const decoder = new StringDecoder('utf8');
assert.strictEqual(decoder.write(Buffer.from([0xE2, 0x82])), '');
assert.strictEqual(decoder.lastNeed, 1);
assert.strictEqual(decoder.lastTotal, 3);
assert.strictEqual(decoder.end(), '\ufffd');
assert.strictEqual(decoder.write(Buffer.from('a')), 'a');
assert.throws(() => new StringDecoder('nope'), { code: 'ERR_UNKNOWN_ENCODING' });
assert.throws(() => decoder.write(null), { code: 'ERR_INVALID_ARG_TYPE' });
