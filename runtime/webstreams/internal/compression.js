'use strict';

// CompressionStream and DecompressionStream: the streams of zlib as web streams.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_STREAM_NULL_VALUES } } = require('internal/errors');
const { defineEnumerable, inspectAs, kInspect } = require('internal/webstreams/util');

const kFormats = ['deflate', 'deflate-raw', 'gzip', 'brotli'];

function constructionError(className, what, code) {
  return Object.assign(new TypeError(`Failed to construct '${className}': 1st argument ${what}.`), { code });
}

function checkFormat(format, className) {
  if (typeof format === 'symbol') {
    throw constructionError(className, 'is a Symbol and cannot be converted to a string', 'ERR_INVALID_ARG_TYPE');
  }
  const name = `${format}`;
  if (kFormats.includes(name)) return name;
  throw constructionError(className, `'${name}' is not a valid enum value of type CompressionFormat`, 'ERR_INVALID_ARG_VALUE');
}

// The standard takes bytes, and not such as another thread can change meanwhile.
function checkChunk(chunk) {
  if (chunk === null) throw new ERR_STREAM_NULL_VALUES();
  if (typeof chunk === 'string') return;  // As Node does, beyond the standard.
  const buffer = ArrayBuffer.isView(chunk) ? chunk.buffer : chunk;
  if (buffer instanceof ArrayBuffer) return;
  throw new ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
}

// The standard wants a TypeError, whatever zlib says.
function mapError(error) {
  if (!error?.code?.startsWith?.('Z_') && !error?.code?.startsWith?.('ERR_')) return error;
  if (error instanceof TypeError) return error;
  return Object.assign(new TypeError(undefined, { cause: error }), { code: error.code });
}

function makePair(handle) {
  const { newReadableWritablePairFromDuplex } = require('internal/webstreams/adapters');
  return newReadableWritablePairFromDuplex(handle, {}, { checkChunk, mapError });
}

function compressor(format) {
  const zlib = require('zlib');
  switch (format) {
    case 'deflate': return zlib.createDeflate();
    case 'deflate-raw': return zlib.createDeflateRaw();
    case 'gzip': return zlib.createGzip();
    default: return zlib.createBrotliCompress();
  }
}

function decompressor(format) {
  const zlib = require('zlib');
  // The standard wants an error for what follows the compressed data.
  const options = { rejectGarbageAfterEnd: true };
  switch (format) {
    case 'deflate': return zlib.createInflate(options);
    case 'deflate-raw': return zlib.createInflateRaw(options);
    case 'gzip': return zlib.createGunzip(options);
    default: return zlib.createBrotliDecompress(options);
  }
}

class CompressionStream {
  #pair;

  /** @param {'deflate' | 'deflate-raw' | 'gzip' | 'brotli'} format */
  constructor(format) {
    this.#pair = makePair(compressor(checkFormat(format, 'CompressionStream')));
  }

  get readable() {
    return this.#pair.readable;
  }

  get writable() {
    return this.#pair.writable;
  }

  [kInspect](depth, options) {
    const { readable, writable } = this;
    return inspectAs(this, 'CompressionStream', depth, options, { readable, writable });
  }
}

class DecompressionStream {
  #pair;

  /** @param {'deflate' | 'deflate-raw' | 'gzip' | 'brotli'} format */
  constructor(format) {
    this.#pair = makePair(decompressor(checkFormat(format, 'DecompressionStream')));
  }

  get readable() {
    return this.#pair.readable;
  }

  get writable() {
    return this.#pair.writable;
  }

  [kInspect](depth, options) {
    const { readable, writable } = this;
    return inspectAs(this, 'DecompressionStream', depth, options, { readable, writable });
  }
}

defineEnumerable(CompressionStream.prototype, ['readable', 'writable'], 'CompressionStream');
defineEnumerable(DecompressionStream.prototype, ['readable', 'writable'], 'DecompressionStream');

module.exports = { CompressionStream, DecompressionStream };
