'use strict';
// The `zlib/iter` module, with --experimental-stream-iter: compression as transforms of `stream/iter`.
// Evaluated when a program first asks for it.

const binding = internalBinding('zlib');
const { codes: { ERR_BROTLI_INVALID_PARAM, ERR_OUT_OF_RANGE, ERR_ZLIB_INITIALIZATION_FAILED, ERR_ZSTD_INVALID_PARAM } } =
  require('internal/errors');
const { Buffer } = require('buffer');
const { emitExperimentalWarning } = require('internal/util');
const { kValidateObjectAllowArray, validateInteger, validateObject } = require('internal/validators');
const { markValidated } = require('internal/stream/iter/protocols');
const { stableInput } = require('internal/zlib/input');
const { validateDictionary, validateFiniteNumber, validateRange } = require('internal/zlib/options');
const { kMaxBrotliParameter, kMaxZstdCompressParameter, kMaxZstdDecompressParameter, parameterList } =
  require('internal/zlib/parameters');

const { constants } = binding;
const {
  BROTLI_DECODE, BROTLI_ENCODE, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_PROCESS, BROTLI_PARAM_LGWIN,
  BROTLI_PARAM_QUALITY, DEFLATE, GUNZIP, GZIP, INFLATE, Z_DEFAULT_STRATEGY, Z_DEFAULT_WINDOWBITS, Z_FINISH, Z_FIXED,
  Z_MAX_LEVEL, Z_MAX_MEMLEVEL, Z_MAX_WINDOWBITS, Z_MIN_CHUNK, Z_MIN_LEVEL, Z_MIN_MEMLEVEL, Z_MIN_WINDOWBITS,
  Z_NO_FLUSH, ZSTD_COMPRESS, ZSTD_DECOMPRESS, ZSTD_e_continue, ZSTD_e_end,
} = constants;

// Tuned for streams: nearly as small as with zlib's defaults, and much faster.
const kDefaultChunkSize = 64 * 1024;
const kDefaultLevel = 4;
const kDefaultMemLevel = 9;
const kBrotliDefaults = { [BROTLI_PARAM_QUALITY]: 6, [BROTLI_PARAM_LGWIN]: 20 };

const kEndOfInput = [new Uint8Array(0)];

/** One native stream, for one run of a transform, and the buffer it writes to. */
class Engine {
  #state = new Uint32Array(2);
  #handle;
  #chunkSize;
  #output;

  /** @param {(handle: object) => void} init sets up the native stream */
  constructor(mode, chunkSize, init) {
    this.#handle = new binding.Zlib(mode, this.#state);
    init(this.#handle);
    this.#chunkSize = chunkSize;
    this.#output = Buffer.allocUnsafeSlow(chunkSize);
  }

  close() {
    this.#handle.close();
  }

  writeSync(job) {
    this.#handle.writeSync(job.flush, job.input, job.offset, job.left, this.#output, 0, this.#chunkSize);
    return this.#finish(job);
  }

  write(job) {
    return new Promise((resolve, reject) => {
      const onWritten = () => {
        try {
          resolve(this.#finish(job));
        } catch (error) {
          reject(error);
        }
      };
      this.#handle.write(job.flush, job.input, job.offset, job.left, this.#output, 0, this.#chunkSize, onWritten);
    });
  }

  /** @returns {Buffer|undefined} what was written; `job.more` says whether there is more for the same input */
  #finish(job) {
    const { error } = this.#handle;
    if (error !== undefined) {
      const [message, errno, code] = error;
      throw Object.assign(new Error(message), { errno, code });
    }
    const [room, left] = this.#state;
    job.offset += job.left - left;
    job.left = left;
    job.more = room === 0;
    const produced = this.#chunkSize - room;
    if (produced === 0) return undefined;
    // A small piece does not keep the memory of a large one.
    if (room > 0) return Uint8Array.prototype.slice.call(this.#output, 0, produced);
    const full = this.#output;
    this.#output = Buffer.allocUnsafeSlow(this.#chunkSize);
    return full;
  }
}

/** The native calls for a batch, or for the end of the input. */
function* jobsOf(batch, flushes) {
  const flush = batch === null ? flushes.finish : flushes.process;
  for (const chunk of batch ?? kEndOfInput) {
    const input = stableInput(chunk);
    const job = { flush, input, offset: 0, left: input.byteLength, more: false };
    do yield job; while (job.more);
  }
}

// The two loops differ in nothing but their waiting.

async function* run(source, makeEngine, flushes, chunkSize) {
  const engine = makeEngine();
  try {
    for await (const batch of source) {
      let output = [];
      for (const job of jobsOf(batch, flushes)) {
        const chunk = await engine.write(job);
        if (chunk === undefined) continue;
        output.push(chunk);
        if (chunk.byteLength < chunkSize) continue;
        yield output;
        output = [];
      }
      if (output.length > 0) yield output;
    }
  } finally {
    engine.close();
  }
}

function* runSync(source, makeEngine, flushes, chunkSize) {
  const engine = makeEngine();
  try {
    for (const batch of source) {
      let output = [];
      for (const job of jobsOf(batch, flushes)) {
        const chunk = engine.writeSync(job);
        if (chunk === undefined) continue;
        output.push(chunk);
        if (chunk.byteLength < chunkSize) continue;
        yield output;
        output = [];
      }
      if (output.length > 0) yield output;
    }
  } finally {
    engine.close();
  }
}

// Options, which are looked at when a pipeline first runs

function chunkSizeOf({ chunkSize }) {
  if (!validateFiniteNumber(chunkSize, 'options.chunkSize')) return kDefaultChunkSize;
  if (chunkSize < Z_MIN_CHUNK) throw new ERR_OUT_OF_RANGE('options.chunkSize', `>= ${Z_MIN_CHUNK}`, chunkSize);
  return chunkSize;
}

function initZlib(options) {
  const windowBits = validateRange(
    options.windowBits, 'options.windowBits', Z_MIN_WINDOWBITS, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
  const level = validateRange(options.level, 'options.level', Z_MIN_LEVEL, Z_MAX_LEVEL, kDefaultLevel);
  const memLevel = validateRange(options.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, kDefaultMemLevel);
  const strategy = validateRange(
    options.strategy, 'options.strategy', Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
  const dictionary = validateDictionary(options.dictionary);
  return (handle) => handle.initZlib(windowBits, level, memLevel, strategy, dictionary, false);
}

/** @param {object} defaults by number, like the parameters */
function parametersOf(options, defaults, max, InvalidParam) {
  const { params = {} } = options;
  validateObject(params, 'options.params', kValidateObjectAllowArray);
  const given = parameterList(options, max, InvalidParam);
  const missing = Object.entries(defaults).filter(([key]) => !Object.hasOwn(params, key));
  return [...given, ...missing.flatMap(([key, value]) => [Number(key), value])];
}

function initBrotli(options, defaults) {
  const parameters = parametersOf(options, defaults, kMaxBrotliParameter, ERR_BROTLI_INVALID_PARAM);
  const dictionary = validateDictionary(options.dictionary);
  return (handle) => {
    if (!handle.initBrotli(parameters, dictionary)) throw new ERR_ZLIB_INITIALIZATION_FAILED();
  };
}

function initZstd(options, max) {
  const parameters = parametersOf(options, {}, max, ERR_ZSTD_INVALID_PARAM);
  const dictionary = validateDictionary(options.dictionary);
  const { pledgedSrcSize } = options;
  if (pledgedSrcSize !== undefined) validateInteger(pledgedSrcSize, 'options.pledgedSrcSize', 0);
  return (handle) => {
    if (!handle.initZstd(parameters, pledgedSrcSize, dictionary)) {
      throw new ERR_ZLIB_INITIALIZATION_FAILED('Setting parameter failed');
    }
  };
}

const kZlibFlushes = { process: Z_NO_FLUSH, finish: Z_FINISH };
const kBrotliFlushes = { process: BROTLI_OPERATION_PROCESS, finish: BROTLI_OPERATION_FINISH };
const kZstdFlushes = { process: ZSTD_e_continue, finish: ZSTD_e_end };

const kTransforms = [
  ['compressGzip', GZIP, kZlibFlushes, initZlib],
  ['compressDeflate', DEFLATE, kZlibFlushes, initZlib],
  ['compressBrotli', BROTLI_ENCODE, kBrotliFlushes, (options) => initBrotli(options, kBrotliDefaults)],
  ['compressZstd', ZSTD_COMPRESS, kZstdFlushes, (options) => initZstd(options, kMaxZstdCompressParameter)],
  ['decompressGzip', GUNZIP, kZlibFlushes, initZlib],
  ['decompressDeflate', INFLATE, kZlibFlushes, initZlib],
  ['decompressBrotli', BROTLI_DECODE, kBrotliFlushes, (options) => initBrotli(options, {})],
  ['decompressZstd', ZSTD_DECOMPRESS, kZstdFlushes, (options) => initZstd(options, kMaxZstdDecompressParameter)],
];

function define([name, mode, flushes, init]) {
  const prepare = (options) => {
    const chunkSize = chunkSizeOf(options);
    return [() => new Engine(mode, chunkSize, init(options)), flushes, chunkSize];
  };
  const make = (options = {}) => {
    validateObject(options, 'options');
    return markValidated({
      __proto__: null,
      async *transform(source) { yield* run(source, ...prepare(options)); },
    });
  };
  const makeSync = (options = {}) => {
    validateObject(options, 'options');
    return { __proto__: null, *transform(source) { yield* runSync(source, ...prepare(options)); } };
  };
  return [[name, make], [`${name}Sync`, makeSync]];
}

emitExperimentalWarning('zlib/iter');

for (const [name, make] of kTransforms.flatMap(define)) {
  Object.defineProperty(make, 'name', { value: name });
  exports[name] = make;
}
