'use strict';
// Chunks and batches of `stream/iter`: a chunk is a Uint8Array, a batch an array of chunks.
// Evaluated with the first of its files that is asked for.

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView, isSharedArrayBuffer, isUint8Array } = require('internal/util/types');

/** The UTF-8 bytes of a string, in memory of their own: a consumer may transfer it. */
function encode(string) {
  const bytes = new Uint8Array(Buffer.byteLength(string));
  Buffer.from(bytes.buffer).write(string);
  return bytes;
}

/** A string, a buffer or a view as a chunk, without a copy where there is memory already; undefined for other values. */
function toChunk(value) {
  if (typeof value === 'string') return encode(value);
  if (isUint8Array(value)) return value;
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  if (isArrayBufferView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return undefined;
}

/** What a writer takes: less than a source may yield. */
function writableChunk(chunk) {
  if (typeof chunk === 'string') return encode(chunk);
  if (isUint8Array(chunk)) return chunk;
  throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Uint8Array'], chunk);
}

function writableBatch(chunks) {
  if (!Array.isArray(chunks)) throw new ERR_INVALID_ARG_TYPE('chunks', 'Array', chunks);
  return chunks.map(writableChunk);
}

/** What a file's writer takes: other views too. */
function fileBatch(chunks) {
  if (!Array.isArray(chunks)) throw new ERR_INVALID_ARG_TYPE('chunks', 'Array', chunks);
  return chunks.map((chunk) => (isArrayBufferView(chunk) ? toChunk(chunk) : writableChunk(chunk)));
}

function isBatch(value) {
  return Array.isArray(value) && value.every(isUint8Array);
}

function byteLength(batch) {
  let total = 0;
  for (const chunk of batch) total += chunk.byteLength;
  return total;
}

/** One Uint8Array over an ArrayBuffer that holds nothing else. A chunk that is one already is passed on. */
function concat(chunks) {
  if (chunks.length === 1) {
    const [chunk] = chunks;
    if (chunk.byteLength === chunk.buffer.byteLength && !isSharedArrayBuffer(chunk.buffer)) return chunk;
  }
  const whole = new Uint8Array(byteLength(chunks));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

module.exports = { byteLength, concat, encode, fileBatch, isBatch, toChunk, writableBatch, writableChunk };
