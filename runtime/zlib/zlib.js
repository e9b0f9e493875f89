'use strict';
// The public `zlib` module: its classes, and for each of them a function that makes one, one that works on a whole
// buffer with a callback, and one that does so at once.
// Run once per realm, on first require.

const binding = internalBinding('zlib');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateUint32 } = require('internal/validators');
const { isArrayBufferView } = require('internal/util/types');
const {
  BrotliCompress, BrotliDecompress, Deflate, DeflateRaw, Gunzip, Gzip, Inflate, InflateRaw, Unzip, ZstdCompress,
  ZstdDecompress,
} = require('internal/zlib/streams');
const { processBuffer, processBufferSync } = require('internal/zlib/whole');

const constants = Object.freeze(Object.assign({}, binding.constants));

const kCodeNames = [
  'Z_OK', 'Z_STREAM_END', 'Z_NEED_DICT', 'Z_ERRNO', 'Z_STREAM_ERROR', 'Z_DATA_ERROR', 'Z_MEM_ERROR', 'Z_BUF_ERROR',
  'Z_VERSION_ERROR',
];
const codes = {};
for (const name of kCodeNames) codes[name] = constants[name];
for (const name of kCodeNames) codes[codes[name]] = name;
Object.freeze(codes);

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !isArrayBufferView(data)) {
    throw new ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  validateUint32(value, 'value');
  return binding.crc32(data, value);
}

module.exports = {
  crc32,
  Deflate,
  Inflate,
  Gzip,
  Gunzip,
  DeflateRaw,
  InflateRaw,
  Unzip,
  BrotliCompress,
  BrotliDecompress,
  ZstdCompress,
  ZstdDecompress,
};

const whole = {
  deflate: Deflate,
  gzip: Gzip,
  deflateRaw: DeflateRaw,
  unzip: Unzip,
  inflate: Inflate,
  gunzip: Gunzip,
  inflateRaw: InflateRaw,
  brotliCompress: BrotliCompress,
  brotliDecompress: BrotliDecompress,
  zstdCompress: ZstdCompress,
  zstdDecompress: ZstdDecompress,
};

for (const name of Object.keys(whole)) {
  const Class = whole[name];
  module.exports[name] = { [name](buffer, options, callback) {
    if (typeof options === 'function') {
      callback = options;
      options = {};
    }
    return processBuffer(Class, options, buffer, callback);
  } }[name];
  module.exports[`${name}Sync`] = { [`${name}Sync`](buffer, options) {
    return processBufferSync(Class, options, buffer);
  } }[`${name}Sync`];
}

for (const Class of [
  Deflate, Inflate, DeflateRaw, InflateRaw, Gzip, Gunzip, Unzip, BrotliCompress, BrotliDecompress, ZstdCompress,
  ZstdDecompress,
]) {
  Object.defineProperty(module.exports, `create${Class.name}`, {
    configurable: true,
    enumerable: true,
    value: { [`create${Class.name}`](options) { return new Class(options); } }[`create${Class.name}`],
  });
}

Object.defineProperties(module.exports, {
  constants: { enumerable: true, value: constants },
  codes: { enumerable: true, value: codes },
});

// The constants stand on the module too, as they did before there was zlib.constants; Brotli's are younger than that.
for (const name of Object.keys(constants)) {
  if (!name.startsWith('BROTLI_')) Object.defineProperty(module.exports, name, { value: constants[name] });
}
