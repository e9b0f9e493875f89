'use strict';
// The classes of `zlib`: what options they take and how they set up their native stream.
// Run once per realm by `zlib`.

const binding = internalBinding('zlib');
const {
  codes: {
    ERR_BROTLI_INVALID_PARAM, ERR_ZLIB_INITIALIZATION_FAILED, ERR_ZSTD_INVALID_PARAM,
  },
} = require('internal/errors');
const { isUint8Array } = require('internal/util/types');
const { validateInteger } = require('internal/validators');
const { ZlibBase } = require('internal/zlib/base');
const { validateDictionary, validateRange } = require('internal/zlib/options');
const { kMaxBrotliParameter, kMaxZstdCompressParameter, kMaxZstdDecompressParameter, parameterList } =
  require('internal/zlib/parameters');

const { constants } = binding;
const {
  BROTLI_DECODE, BROTLI_ENCODE, BROTLI_OPERATION_EMIT_METADATA, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_PROCESS,
  DEFLATE, DEFLATERAW, GUNZIP, GZIP, INFLATE, INFLATERAW, UNZIP, Z_BLOCK, Z_DEFAULT_COMPRESSION, Z_DEFAULT_MEMLEVEL,
  Z_DEFAULT_STRATEGY, Z_DEFAULT_WINDOWBITS, Z_FINISH, Z_FIXED, Z_FULL_FLUSH, Z_MAX_LEVEL, Z_MAX_MEMLEVEL,
  Z_MAX_WINDOWBITS, Z_MIN_LEVEL, Z_MIN_MEMLEVEL, Z_MIN_WINDOWBITS, Z_NO_FLUSH, Z_SYNC_FLUSH, ZSTD_COMPRESS,
  ZSTD_DECOMPRESS, ZSTD_e_continue, ZSTD_e_end, ZSTD_e_flush,
} = constants;

const kZlibFlush = {
  flush: Z_NO_FLUSH, finishFlush: Z_FINISH, fullFlush: Z_FULL_FLUSH, lastFlush: Z_BLOCK, isZlib: true,
};
const kBrotliFlush = {
  flush: BROTLI_OPERATION_PROCESS, finishFlush: BROTLI_OPERATION_FINISH, fullFlush: BROTLI_OPERATION_FLUSH,
  lastFlush: BROTLI_OPERATION_EMIT_METADATA, isZlib: false,
};
const kZstdFlush = {
  flush: ZSTD_e_continue, finishFlush: ZSTD_e_end, fullFlush: ZSTD_e_flush, lastFlush: ZSTD_e_end, isZlib: false,
};

// zlib proper

// Decompressors take 0 for the size that the data's header asks for. A raw stream with a window of 256 bytes is
// broken in zlib, gzip does not know it: they get the next size.
function checkWindowBits(options, mode) {
  const { windowBits } = options;
  const takesZero = mode === INFLATE || mode === GUNZIP || mode === UNZIP;
  if ((windowBits === undefined || windowBits === null || windowBits === 0) && takesZero) return 0;
  const least = mode === GZIP ? Z_MIN_WINDOWBITS + 1 : Z_MIN_WINDOWBITS;
  return validateRange(windowBits, 'options.windowBits', least, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
}

function Zlib(options, mode) {
  let windowBits = Z_DEFAULT_WINDOWBITS;
  let level = Z_DEFAULT_COMPRESSION;
  let memLevel = Z_DEFAULT_MEMLEVEL;
  let strategy = Z_DEFAULT_STRATEGY;
  let dictionary;
  if (options) {
    windowBits = checkWindowBits(options, mode);
    level = validateRange(options.level, 'options.level', Z_MIN_LEVEL, Z_MAX_LEVEL, level);
    memLevel = validateRange(options.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, memLevel);
    strategy = validateRange(options.strategy, 'options.strategy', Z_DEFAULT_STRATEGY, Z_FIXED, strategy);
    dictionary = validateDictionary(options.dictionary);
  }
  this._writeState = new Uint32Array(2);
  const handle = new binding.Zlib(mode, this._writeState);
  Reflect.apply(ZlibBase, this, [options, mode, handle, kZlibFlush]);
  handle.initZlib(windowBits, level, memLevel, strategy, dictionary, this._rejectGarbageAfterEnd);
  this._level = level;
  this._strategy = strategy;
}
Object.setPrototypeOf(Zlib.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Zlib, ZlibBase);

// What was written before is compressed as it was meant to be: flushed first.
Zlib.prototype.params = function params(level, strategy, callback) {
  level = validateRange(level, 'level', Z_MIN_LEVEL, Z_MAX_LEVEL, this._level);
  strategy = validateRange(strategy, 'strategy', Z_DEFAULT_STRATEGY, Z_FIXED, this._strategy);
  if (this._level === level && this._strategy === strategy) {
    process.nextTick(callback);
    return;
  }
  this.flush(Z_SYNC_FLUSH, () => {
    if (!this._handle) return;
    this._handle.setParameters(level, strategy);
    if (this.destroyed) return;
    this._level = level;
    this._strategy = strategy;
    if (callback) callback();
  });
};

function defineZlib(name, mode, adapt = (options) => options) {
  const Class = { [name]: function(options) {
    if (!(this instanceof Class)) return withoutNew(Class, options);
    Reflect.apply(Zlib, this, [adapt(options), mode]);
  } }[name];
  return inherit(Class, Zlib);
}

let withoutNewWarned = false;

function withoutNew(Class, options) {
  if (!withoutNewWarned) {
    withoutNewWarned = true;
    process.emitWarning(`Instantiating ${Class.name} without the 'new' keyword has been deprecated.`,
                        'DeprecationWarning', 'DEP0184');
  }
  return new Class(options);
}

function inherit(Class, Base) {
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.setPrototypeOf(Class, Base);
  return Class;
}

const Deflate = defineZlib('Deflate', DEFLATE);
const Inflate = defineZlib('Inflate', INFLATE);
const Gzip = defineZlib('Gzip', GZIP);
const Gunzip = defineZlib('Gunzip', GUNZIP);
const DeflateRaw = defineZlib('DeflateRaw', DEFLATERAW, (options) =>
  (options?.windowBits === 8 ? { ...options, windowBits: 9 } : options));
const InflateRaw = defineZlib('InflateRaw', INFLATERAW);
const Unzip = defineZlib('Unzip', UNZIP);

// Brotli and Zstandard: parameters by number

function Brotli(options, mode) {
  const params = parameterList(options, kMaxBrotliParameter, ERR_BROTLI_INVALID_PARAM);
  const dictionary = bytesOption(options);
  this._writeState = new Uint32Array(2);
  const handle = new binding.Zlib(mode, this._writeState);
  Reflect.apply(ZlibBase, this, [options, mode, handle, kBrotliFlush]);
  if (!handle.initBrotli(params, dictionary)) throw new ERR_ZLIB_INITIALIZATION_FAILED();
}
inherit(Brotli, ZlibBase);

function bytesOption(options) {
  const dictionary = options?.dictionary;
  if (dictionary === undefined || isUint8Array(dictionary)) return dictionary;
  return validateDictionary(dictionary);
}

function Zstd(options, mode) {
  const params = parameterList(
    options, mode === ZSTD_COMPRESS ? kMaxZstdCompressParameter : kMaxZstdDecompressParameter, ERR_ZSTD_INVALID_PARAM);
  const dictionary = bytesOption(options);
  const pledgedSize = options?.pledgedSrcSize;
  if (pledgedSize !== undefined) validateInteger(pledgedSize, 'options.pledgedSrcSize', 0);
  this._writeState = new Uint32Array(2);
  const handle = new binding.Zlib(mode, this._writeState);
  Reflect.apply(ZlibBase, this, [options, mode, handle, kZstdFlush]);
  if (!handle.initZstd(params, pledgedSize, dictionary)) {
    throw new ERR_ZLIB_INITIALIZATION_FAILED('Setting parameter failed');
  }
}
inherit(Zstd, ZlibBase);

function defineOther(name, mode, Base) {
  const Class = { [name]: function(options) {
    if (!(this instanceof Class)) return withoutNew(Class, options);
    Reflect.apply(Base, this, [options, mode]);
  } }[name];
  return inherit(Class, Base);
}

const BrotliCompress = defineOther('BrotliCompress', BROTLI_ENCODE, Brotli);
const BrotliDecompress = defineOther('BrotliDecompress', BROTLI_DECODE, Brotli);
const ZstdCompress = defineOther('ZstdCompress', ZSTD_COMPRESS, Zstd);
const ZstdDecompress = defineOther('ZstdDecompress', ZSTD_DECOMPRESS, Zstd);

module.exports = {
  BrotliCompress,
  BrotliDecompress,
  Deflate,
  DeflateRaw,
  Gunzip,
  Gzip,
  Inflate,
  InflateRaw,
  Unzip,
  ZstdCompress,
  ZstdDecompress,
};
