'use strict';
// Hash, Hmac and the one-shot hash().
// Run once per realm by `crypto`.

const binding = internalBinding('crypto');
const {
  codes: {
    ERR_CRYPTO_HASH_FINALIZED, ERR_CRYPTO_HASH_UPDATE_FAILED, ERR_CRYPTO_INVALID_DIGEST, ERR_INVALID_ARG_TYPE,
    ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { createUnsafeBuffer, getCodec, sliceToString } = require('internal/buffer');
const { validateEncoding, validateObject, validateString, validateUint32 } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { LazyTransform } = require('internal/crypto/lazy_transform');
const { kHandle, output } = require('internal/crypto/util');

const kState = Symbol('kState');
const kFinalized = Symbol('kFinalized');
const kStreamed = Symbol('kStreamed');     // the digest that went down the stream
const kAlgorithm = Symbol('kAlgorithm');   // of a hash without a native half
const kText = Symbol('kText');             // and what was given to it: text, or
const kIsBytes = Symbol('kIsBytes');       // bytes, one to a character

// What the native update takes: UTF-8 strings as they are, other encodings decoded.
function toData(data, encoding, name = 'data') {
  if (typeof data === 'string') {
    if (!encoding || encoding === 'utf8' || encoding === 'utf-8' || encoding === 'buffer') return data;
    const { Buffer } = require('buffer');
    validateEncoding(data, encoding);
    return Buffer.from(data, Buffer.isEncoding(encoding) ? encoding : 'utf8');
  }
  if (isArrayBufferView(data)) return data;
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

// Most hashes are of one string or one small buffer: they are made in one call when their digest is asked for.
// Algorithms that are known to work, and so need no native half to say that they do not.
const kMaxKnown = 64;
const known = new Set();
// A buffer is copied, for it may change until then: up to this size.
const kMaxCopied = 4096;

function Hash(algorithm, options) {
  if (new.target === undefined) return new Hash(algorithm, options);
  const isCopy = algorithm instanceof binding.Hash;
  if (!isCopy) validateString(algorithm, 'algorithm');
  const length = options && typeof options === 'object' ? options.outputLength : undefined;
  if (length !== undefined) validateUint32(length, 'options.outputLength');
  const later = length === undefined && known.has(algorithm);
  if (!isCopy) warnOfShake(algorithm, length);
  this[kHandle] = later ? null : makeHandle(algorithm, length);
  this[kState] = {
    [kFinalized]: false, [kStreamed]: undefined, [kAlgorithm]: later ? algorithm : undefined, [kText]: undefined,
    [kIsBytes]: false,
  };
  LazyTransform.call(this, options);
}
Object.setPrototypeOf(Hash.prototype, LazyTransform.prototype);
Object.setPrototypeOf(Hash, LazyTransform);

let warnedOfShake = false;

// Half of what OpenSSL would make: whoever relies on it should say so.
function warnOfShake(algorithm, length) {
  if (warnedOfShake || length !== undefined || !/^shake-?(?:128|256)$/i.test(algorithm)) return;
  if (!require('internal/options').getOptionValue('--pending-deprecation')) return;
  warnedOfShake = true;
  process.emitWarning('Creating SHAKE128/256 digests without an explicit options.outputLength is deprecated.',
                      'DeprecationWarning', 'DEP0198');
}

function makeHandle(algorithm, length) {
  const handle = new binding.Hash(algorithm, length);
  const { error } = handle;
  if (error !== undefined) throw error;
  if (typeof algorithm === 'string' && known.size < kMaxKnown) known.add(algorithm);
  return handle;
}

/** The native half, with what has waited for it. */
function handleOf(hash) {
  if (hash[kHandle] !== null) return hash[kHandle];
  const state = hash[kState];
  hash[kHandle] = makeHandle(state[kAlgorithm], undefined);
  if (state[kText] !== undefined) hash[kHandle].update(waitingData(state));
  return hash[kHandle];
}

function waitingData(state) {
  const text = state[kText] ?? '';
  return state[kIsBytes] ? require('buffer').Buffer.from(text, 'latin1') : text;
}

/** Keeps the first data of a hash without a native half, if it is text or small. */
function keepForLater(hash, data) {
  const state = hash[kState];
  if (state[kText] !== undefined) return false;
  if (typeof data === 'string') {
    state[kText] = data;
    return true;
  }
  const { byteLength } = data;
  if (byteLength > kMaxCopied) return false;
  state[kText] = sliceToString(getCodec('latin1'), data, 0, byteLength);
  state[kIsBytes] = true;
  return true;
}

Hash.prototype.copy = function copy(options) {
  if (this[kState][kFinalized]) throw new ERR_CRYPTO_HASH_FINALIZED();
  return new Hash(handleOf(this), options);
};

function transform(chunk, encoding, callback) {
  callback(handleOf(this).update(toData(chunk, encoding)) ? null : new ERR_CRYPTO_HASH_UPDATE_FAILED());
}

Hash.prototype._transform = transform;

// digest() may still be called once: it says the same.
Hash.prototype._flush = function flush(callback) {
  const digest = takeDigest(this);
  this[kState][kStreamed] = digest;
  this.push(output(digest.slice(0)));
  callback();
};

function update(data, encoding) {
  const state = this[kState];
  if (state[kFinalized]) throw new ERR_CRYPTO_HASH_FINALIZED();
  data = toData(data, encoding);
  if (state[kStreamed] !== undefined) throw new ERR_CRYPTO_HASH_UPDATE_FAILED();
  if (this[kHandle] === null && keepForLater(this, data)) return this;
  if (!handleOf(this).update(data)) throw new ERR_CRYPTO_HASH_UPDATE_FAILED();
  return this;
}

Hash.prototype.update = update;

function takeDigest(hash) {
  const state = hash[kState];
  if (state[kStreamed] !== undefined) return state[kStreamed];
  if (hash[kHandle] !== null) return hash[kHandle].digest();
  return binding.oneShotHash(state[kAlgorithm], waitingData(state), undefined);
}

Hash.prototype.digest = function digest(outputEncoding) {
  if (this[kState][kFinalized]) throw new ERR_CRYPTO_HASH_FINALIZED();
  // Before finalising: the conversion may call into the user's code.
  const encoding = outputEncoding === undefined || outputEncoding === null ? undefined : `${outputEncoding}`;
  const state = this[kState];
  if (this[kHandle] === null && encoding && state[kStreamed] === undefined) {
    const text = digestText(state, encoding);
    if (text !== undefined) {
      state[kFinalized] = true;
      return text;
    }
  }
  const result = takeDigest(this);
  state[kFinalized] = true;
  return output(result, encoding);
};

// Digests that become text at once are put here.
const kMaxDigest = 64;
let scratch;

function digestText(state, encoding) {
  const codec = encoding === 'buffer' ? undefined : getCodec(encoding);
  if (codec === undefined) return undefined;
  scratch ??= createUnsafeBuffer(kMaxDigest);
  const size = binding.hashInto(state[kAlgorithm], state[kText] ?? '', state[kIsBytes], scratch);
  return size < 0 ? undefined : sliceToString(codec, scratch, 0, size);
}

function createHash(algorithm, options) {
  return new Hash(algorithm, options);
}

function Hmac(hmac, key, options) {
  if (new.target === undefined) return new Hmac(hmac, key, options);
  validateString(hmac, 'hmac');
  const encoding = options && typeof options === 'object' ? options.encoding : undefined;
  const isPlain = isArrayBufferView(key) || isAnyArrayBuffer(key);
  const { prepareSecretKey } = isPlain ? {} : require('internal/crypto/key_object');
  this[kHandle] = new binding.Hmac(hmac, isPlain ? key : prepareSecretKey(key, encoding));
  if (!this[kHandle].valid) throw new ERR_CRYPTO_INVALID_DIGEST(hmac);
  this[kState] = { [kFinalized]: false };
  LazyTransform.call(this, options);
}
Object.setPrototypeOf(Hmac.prototype, LazyTransform.prototype);
Object.setPrototypeOf(Hmac, LazyTransform);

Hmac.prototype.update = update;
Hmac.prototype._transform = transform;
Hmac.prototype._flush = function flush(callback) {
  this.push(this.digest());
  callback();
};

// A second digest is empty here, though an error for Hash.
Hmac.prototype.digest = function digest(outputEncoding) {
  const encoding = outputEncoding === undefined || outputEncoding === null ? undefined : `${outputEncoding}`;
  if (this[kState][kFinalized]) return output(new ArrayBuffer(0), encoding);
  const result = this[kHandle].digest();
  this[kState][kFinalized] = true;
  return output(result, encoding);
};

function createHmac(hmac, key, options) {
  return new Hmac(hmac, key, options);
}

let hashes;
function getHashes() {
  hashes ??= binding.getHashes();
  return hashes.slice();
}

const kOutputEncodings = new Set(['hex', 'base64', 'base64url', 'latin1', 'binary', 'utf8', 'utf-8', 'buffer', 'ascii',
                                  'ucs2', 'ucs-2', 'utf16le', 'utf-16le']);

function digestAtOnce(algorithm, data, outputLength) {
  try {
    return binding.oneShotHash(algorithm, data, outputLength);
  } catch (error) {
    if (error.code === 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH') {
      error.message = `Output length ${outputLength} is invalid for ${algorithm}, which does not support XOF`;
    }
    throw error;
  }
}

function hash(algorithm, input, options) {
  validateString(algorithm, 'algorithm');
  const data = toData(input, undefined, 'input');
  let outputEncoding = 'hex';
  let outputLength;
  if (typeof options === 'string') {
    outputEncoding = options;
  } else if (options !== undefined) {
    validateObject(options, 'options');
    outputLength = options.outputLength;
    if (options.outputEncoding !== undefined) outputEncoding = options.outputEncoding;
  }
  validateString(outputEncoding, 'outputEncoding');
  if (!kOutputEncodings.has(outputEncoding.toLowerCase())) {
    throw new ERR_INVALID_ARG_VALUE('outputEncoding', outputEncoding);
  }
  if (outputLength !== undefined) validateUint32(outputLength, 'outputLength');
  warnOfShake(algorithm, outputLength);
  const digest = digestAtOnce(algorithm, data, outputLength);
  if (digest === undefined) throw new Error(`Digest method ${algorithm} is not supported`);
  return output(digest, outputEncoding.toLowerCase());
}

module.exports = { Hash, Hmac, createHash, createHmac, getHashes, hash };
