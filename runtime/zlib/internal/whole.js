'use strict';
// Whole buffers through a stream: with a callback on the thread pool, or at once.
// Run once per realm by `zlib`.

const { codes: { ERR_BUFFER_TOO_LARGE, ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { Buffer } = require('buffer');
const { kError, processChunkSync } = require('internal/zlib/base');

function toBuffer(value) {
  if (typeof value === 'string') return Buffer.from(value);
  if (isArrayBufferView(value)) return value;
  if (isAnyArrayBuffer(value)) return Buffer.from(value);
  throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], value);
}

function processBuffer(Class, options, buffer, callback) {
  validateFunction(callback, 'callback');
  if (typeof buffer !== 'string' && !isArrayBufferView(buffer) && !isAnyArrayBuffer(buffer)) {
    throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
  }
  const engine = new Class(options);
  // Of another view the stream takes the bytes.
  const input = toBuffer(buffer);
  const bytes = input instanceof Uint8Array ? input : Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  const chunks = [];
  let total = 0;
  engine.on('data', (chunk) => {
    chunks.push(chunk);
    total += chunk.byteLength;
    if (total <= engine._maxOutputLength) return;
    engine.close();
    engine.removeAllListeners('end');
    callback(new ERR_BUFFER_TOO_LARGE(engine._maxOutputLength));
  });
  engine.on('error', (error) => {
    engine.removeAllListeners('end');
    callback(error);
  });
  engine.on('end', () => {
    let result;
    if (chunks.length === 0) result = Buffer.alloc(0);
    else result = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, total);
    engine.close();
    callback(null, engine._info ? { buffer: result, engine } : result);
  });
  engine.end(bytes);
}

function processBufferSync(Class, options, buffer) {
  const input = toBuffer(buffer);
  const engine = new Class(options);
  const result = processChunkSync(engine, input, engine._finishFlushFlag);
  if (engine[kError] !== null) throw engine[kError];
  return engine._info ? { buffer: result, engine } : result;
}

module.exports = { processBuffer, processBufferSync };
