'use strict';
// The bytes of an IPC channel, JSON and advanced. The properties: messages do not depend on how the bytes are cut up;
// what was encoded comes back; what is refused is refused with an Error.

const assert = require('assert');
const { Buffer } = require('buffer');
const { makeFraming } = require('internal/child_process/framing');
const { serialize } = require('v8');

function arrayBuffer(view) {
  return new Uint8Array(view).buffer;
}

/** The messages as text, and whether an error ended them. */
function decode(serialization, bytes, sizes) {
  const framing = makeFraming(serialization);
  const messages = [];
  let failed = false;
  try {
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const size = sizes[turn % sizes.length];
      for (const message of framing.decode(arrayBuffer(bytes.subarray(at, at + size)))) {
        messages.push(serialize(message).latin1Slice());
      }
      at += size;
    }
  } catch (error) {
    assert.ok(error instanceof Error, String(error));
    failed = true;
  }
  return { messages, failed, partial: failed || framing.partial };
}

function checkRoundTrip(serialization, message) {
  const [data] = makeFraming(serialization).encode(message);
  const bytes = Buffer.from(data);
  const messages = [...makeFraming(serialization).decode(arrayBuffer(Buffer.concat([bytes, bytes])))];
  assert.deepStrictEqual(messages, [message, message]);
}

module.exports = function ipcFrameProperty(bytes) {
  const data = Buffer.from(bytes);
  for (const serialization of ['json', 'advanced']) {
    const whole = decode(serialization, data, [data.length || 1]);
    assert.deepStrictEqual(decode(serialization, data, [1]), whole);
    assert.deepStrictEqual(decode(serialization, data, [3, 1, 8, 2]), whole);
    checkRoundTrip(serialization, { text: data.utf8Slice(), list: [...data.subarray(0, 20)], nothing: null });
  }
  checkRoundTrip('advanced', new Map([[data, new Uint16Array(2)]]));
};
