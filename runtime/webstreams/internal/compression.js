'use strict';

// CompressionStream and DecompressionStream: the streams of zlib as web streams.

const { validateOneOf } = require('internal/validators');
const { defineEnumerable, inspectAs, kInspect } = require('internal/webstreams/util');

const kFormats = ['deflate', 'deflate-raw', 'gzip', 'brotli'];

function makePair(handle) {
  const { newReadableWritablePairFromDuplex } = require('internal/webstreams/adapters');
  return newReadableWritablePairFromDuplex(handle);
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
    default: return zlib.createBrotliDecompress();
  }
}

class CompressionStream {
  #pair;

  /** @param {'deflate' | 'deflate-raw' | 'gzip' | 'brotli'} format */
  constructor(format) {
    validateOneOf(format, 'format', kFormats);
    this.#pair = makePair(compressor(format));
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
    validateOneOf(format, 'format', kFormats);
    this.#pair = makePair(decompressor(format));
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
