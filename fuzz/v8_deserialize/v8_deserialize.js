'use strict';
// V8's serialisation as v8.deserialize() reads it: header, host objects (views), values. The property: bytes are refused
// with an Error, or give a value that can be written, whose text is stable from then on.

const assert = require('assert');
const { Buffer } = require('buffer');
const v8 = require('v8');

// Where a holder of untrusted bytes is lead to: not into more than this.
const MAX_ARRAY = 1 << 16;

function tooLarge(bytes) {
  // 'a' and 'A' announce arrays, whose length may be gigantic and their data absent.
  for (let i = 0; i + 3 < bytes.length; i++) {
    if ((bytes[i] | 0x20) !== 0x61) continue;
    let length = 0;
    for (let k = 0; k < 5; k++) {
      length += (bytes[i + 1 + k] & 0x7f) * 2 ** (7 * k);
      if (!(bytes[i + 1 + k] & 0x80)) break;
    }
    if (length > MAX_ARRAY) return true;
  }
  return false;
}

module.exports = function v8DeserializeProperty(bytes) {
  if (tooLarge(bytes)) return;
  const data = Buffer.from(bytes);
  let value;
  try {
    value = v8.deserialize(data);
  } catch (error) {
    assert.ok(error instanceof Error, String(error));
    return;
  }
  let written;
  try {
    written = v8.serialize(value);
  } catch (error) {
    assert.ok(error instanceof Error, String(error));
    return;
  }
  const again = v8.serialize(v8.deserialize(written));
  assert.deepStrictEqual(v8.serialize(v8.deserialize(again)), again);
};
