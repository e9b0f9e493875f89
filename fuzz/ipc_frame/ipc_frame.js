'use strict';
// The bytes of an IPC channel, JSON and advanced. The properties: messages do not depend on how the bytes are cut up; what
// was encoded as Node documents it comes back; what is refused is refused with an Error.

const assert = require('assert');
const { Buffer } = require('buffer');
const { deserialize, serialize } = require('v8');

const { openIpc } = internalBinding('child_process');
const { read } = internalBinding('fuzz');
const { Pipe } = internalBinding('net');

/** The messages, serialised to compare them, and whether an error ended them. */
function decode(serialization, bytes, sizes) {
  const pipe = new Pipe(true);
  const messages = [];
  let failed = false;
  pipe.onmessages = (list, pendingType, error) => {
    for (const message of list) messages.push(serialize(message).latin1Slice());
    if (error === undefined) return;
    assert.ok(error instanceof Error, String(error));
    failed = true;
  };
  openIpc(pipe, serialization === 'advanced');
  for (let at = 0, turn = 0; at < bytes.length && !failed; turn++) {
    const size = sizes[turn % sizes.length];
    read(pipe, bytes.subarray(at, at + size));
    at += size;
  }
  pipe.close();
  return { messages, failed };
}

function encode(serialization, message) {
  if (serialization === 'json') return Buffer.from(`${JSON.stringify(message)}\n`);
  const body = serialize(message);
  const frame = Buffer.alloc(4 + body.length);
  frame.writeUInt32BE(body.length);
  body.copy(frame, 4);
  return frame;
}

function checkRoundTrip(serialization, message) {
  const bytes = encode(serialization, message);
  const { messages } = decode(serialization, Buffer.concat([bytes, bytes]), [7]);
  assert.deepStrictEqual(messages.map((text) => deserialize(Buffer.from(text, 'latin1'))), [message, message]);
}

module.exports = function ipcFrameProperty(bytes) {
  const data = Buffer.from(bytes);
  for (const serialization of ['json', 'advanced']) {
    const whole = decode(serialization, data, [data.length || 1]);
    assert.deepStrictEqual(decode(serialization, data, [1]), whole);
    assert.deepStrictEqual(decode(serialization, data, [3, 1, 8, 2]), whole);
    checkRoundTrip(serialization, { text: data.utf8Slice(), list: [...data.subarray(0, 20)], nothing: null });
  }
  checkRoundTrip('advanced', new Map([[BigInt(data.length), new Set([new Date(0), /a/])]]));
};
