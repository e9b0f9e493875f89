'use strict';
// How the events of a test file travel from its process to the one that runs `--test`: frames of V8's serialization on
// standard output, each as header (two bytes), length (four bytes, big-endian), payload. Loaded in such children.

const { DefaultSerializer } = require('v8');
const { encode } = require('internal/test_runner/error_codec');

const kLengthBytes = 4;

/** What every frame starts with: V8's tag and the version of its format. */
function frameHeader() {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  return serializer.releaseBuffer();
}

function serialize(event) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  // Room for the length: each zero is one byte.
  for (let i = 0; i < kLengthBytes; i++) serializer.writeUint32(0);
  serializer.writeHeader();
  serializer.writeValue(event);
  const frame = serializer.releaseBuffer();
  const start = frameHeader().length;
  frame.writeUInt32BE(frame.length - start - kLengthBytes, start);
  return frame;
}

/** The same event with an error that can be serialized. */
function withEncodedError(event) {
  const { details } = event.data;
  if (details?.error === undefined) return event;
  return { ...event, data: { ...event.data, details: { ...details, error: encode(details.error) } } };
}

async function* v8Serializer(source) {
  for await (const event of source) yield serialize(withEncodedError(event));
}

module.exports = v8Serializer;
module.exports.frameHeader = frameHeader;
