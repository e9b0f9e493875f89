'use strict';
// The parameters of Brotli and Zstandard, which go by number.
// Run once per realm by the classes of `zlib`, and by `zlib/iter`.

const { constants } = internalBinding('zlib');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');

// [key, value, key, value, ...] of options.params; `max` is the largest key there is.
function parameterList(options, max, InvalidParam) {
  const list = [];
  const params = options?.params;
  if (!params) return list;
  for (const origKey of Object.keys(params)) {
    const key = +origKey;
    if (Number.isNaN(key) || key < 0 || key > max || list.some((item, i) => i % 2 === 0 && item === key)) {
      throw new InvalidParam(origKey);
    }
    const value = params[origKey];
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
    }
    list.push(key, Number(value));
  }
  return list;
}

// The largest number of a parameter with a prefix: what lies below is left to the library to judge.
function largest(prefix) {
  return Math.max(...Object.keys(constants).filter((name) => name.startsWith(prefix)).map((name) => constants[name]));
}

const kMaxBrotliParameter = Math.max(largest('BROTLI_PARAM_'), largest('BROTLI_DECODER_PARAM_'));
const kMaxZstdCompressParameter = largest('ZSTD_c_');
const kMaxZstdDecompressParameter = largest('ZSTD_d_');

module.exports = { kMaxBrotliParameter, kMaxZstdCompressParameter, kMaxZstdDecompressParameter, parameterList };
