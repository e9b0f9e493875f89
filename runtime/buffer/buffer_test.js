'use strict';
// Buffer as programs use it: codecs, numeric access, search, errors. Node passes it too.

const assert = require('assert');
const { inspect } = require('util');
const buffer = require('buffer');

const text = 'h\u00e9llo \u20ac \u{1f600}';

function testCodecs() {
  const encodings = ['utf8', 'utf16le', 'base64', 'base64url', 'hex'];
  for (const encoding of encodings) {
    const encoded = Buffer.from(text).toString(encoding === 'utf16le' ? 'hex' : encoding);
    assert.strictEqual(Buffer.from(encoded, encoding === 'utf16le' ? 'hex' : encoding).toString(), text);
  }
  assert.strictEqual(Buffer.from(text, 'utf16le').toString('ucs2'), text);
  assert.strictEqual(Buffer.from('\u00e9', 'latin1').toString('latin1'), '\u00e9');
  assert.strictEqual(Buffer.from([0xe9]).toString('ascii'), 'i');
  assert.strictEqual(Buffer.from('616zz', 'hex').toString(), 'a');
  assert.strictEqual(Buffer.from('YW*Jj\n', 'base64').toString(), 'abc');
  assert.strictEqual(Buffer.from([0x61, 0xff, 0x62]).toString(), 'a\ufffdb');
  assert.strictEqual(Buffer.from('\ud800x').toString('hex'), 'efbfbd78');
  for (const length of [10, 5000, 70_000, 2_000_000]) {
    const long = text.repeat(Math.ceil(length / text.length));
    assert.strictEqual(Buffer.from(long).toString(), long);
    assert.strictEqual(Buffer.byteLength(long), Buffer.from(long).length);
    const ascii = 'x'.repeat(length);
    assert.strictEqual(Buffer.from(ascii).latin1Slice(), ascii);
  }
  assert.throws(() => Buffer.from('', 'nope'), { code: 'ERR_UNKNOWN_ENCODING', message: 'Unknown encoding: nope' });
}

function testNumbers() {
  const b = Buffer.alloc(16);
  b.writeUIntBE(0x123456789abc, 1, 6);
  assert.strictEqual(b.toString('hex', 1, 7), '123456789abc');
  assert.strictEqual(b.readUIntBE(1, 6), 0x123456789abc);
  b.writeIntLE(-5, 0, 6);
  assert.strictEqual(b.readIntLE(0, 6), -5);
  b.writeDoubleBE(Math.PI, 8);
  assert.strictEqual(b.readDoubleBE(8), Math.PI);
  b.writeBigInt64LE(-3n, 2);
  assert.strictEqual(b.readBigInt64LE(2), -3n);
  assert.strictEqual(b.readBigUInt64LE(2), 2n ** 64n - 3n);
  assert.throws(() => b.writeUInt8(256), {
    code: 'ERR_OUT_OF_RANGE',
    message: 'The value of "value" is out of range. It must be >= 0 and <= 255. Received 256',
  });
  assert.throws(() => b.readUInt32LE(13), { code: 'ERR_OUT_OF_RANGE' });
  assert.throws(() => Buffer.alloc(1).readInt16LE(), { code: 'ERR_BUFFER_OUT_OF_BOUNDS' });
}

function testSearchAndFill() {
  const b = Buffer.from('abcabc');
  assert.strictEqual(b.indexOf('c', 3), 5);
  assert.strictEqual(b.lastIndexOf('abc', 2), 0);
  assert.strictEqual(b.includes(Buffer.from('ca')), true);
  assert.strictEqual(Buffer.from('\0a\0a').indexOf('a', 0, 'utf16le'), -1);
  assert.strictEqual(Buffer.alloc(5, 'ab').toString(), 'ababa');
  assert.strictEqual(Buffer.from('1234').swap16().toString(), '2143');
  assert.strictEqual(Buffer.compare(Buffer.from('a'), Buffer.from('b')), -1);
  assert.strictEqual(b.copy(b, 1, 0, 3), 3);
  assert.strictEqual(b.toString(), 'aabcbc');
  assert.throws(() => b.fill('zz', 'hex'), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => Buffer.prototype.toString.call({ length: 3 }), TypeError);
}

function testModule() {
  assert.strictEqual(inspect(Buffer.from('ab')), '<Buffer 61 62>');
  assert.strictEqual(JSON.stringify(Buffer.from('a')), '{"type":"Buffer","data":[97]}');
  assert.strictEqual(atob(btoa('\u00ff')), '\u00ff');
  assert.throws(() => atob('*'), { name: 'InvalidCharacterError' });
  assert.strictEqual(buffer.transcode(Buffer.from('\u20ac'), 'utf8', 'latin1').toString(), '?');
  assert.strictEqual(buffer.isUtf8(Buffer.from([0xff])), false);
  assert.strictEqual(Buffer.concat([Buffer.from('a'), new Uint8Array([98])], 3).toString('hex'), '616200');
  const pooled = Buffer.from('x');
  assert.throws(() => structuredClone(1, { transfer: [pooled.buffer] }), { name: 'DataCloneError' });
}

testCodecs();
testNumbers();
testSearchAndFill();
testModule();
