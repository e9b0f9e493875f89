'use strict';
// Cipheriv, Decipheriv and getCipherInfo().
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const {
  codes: {
    ERR_CRYPTO_INVALID_AUTH_TAG, ERR_CRYPTO_INVALID_IV, ERR_CRYPTO_INVALID_KEYLEN, ERR_CRYPTO_INVALID_MESSAGELEN,
    ERR_CRYPTO_INVALID_STATE, ERR_CRYPTO_UNKNOWN_CIPHER, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS, ERR_UNKNOWN_ENCODING,
  },
} = require('internal/errors');
const {
  validateEncoding, validateInt32, validateObject, validateString, validateUint32,
} = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { LazyTransform } = require('internal/crypto/lazy_transform');
const { toBytes } = require('internal/crypto/util');
const { prepareSecretKey } = require('internal/crypto/key_object');
const { FastBuffer } = require('internal/buffer');
const { Buffer } = require('buffer');

const kHandle = Symbol('kHandle');
const kCipher = Symbol('kCipher');

const kMaxTag = 16;
const kAuthFailed = 'Unsupported state or unable to authenticate data';

function withMessage(ErrorClass, message) {
  return Object.assign(new ErrorClass(message), { message });
}

function isTagLength(info, length) {
  if (info.mode === 'gcm') return length === 4 || length === 8 || (length >= 12 && length <= kMaxTag);
  if (info.mode === 'ccm') return length >= 4 && length <= kMaxTag && length % 2 === 0;
  return length >= 1 && length <= kMaxTag;
}

function invalidTag(length) {
  return withMessage(ERR_CRYPTO_INVALID_AUTH_TAG, `Invalid authentication tag length: ${length}`);
}

function checkTagLength(name, info, given) {
  if (!info.aead) return undefined;
  if (given === undefined) {
    // Known before the first byte is needed by these two.
    if (info.mode === 'ccm' || info.mode === 'ocb') {
      throw withMessage(ERR_CRYPTO_INVALID_AUTH_TAG, `authTagLength required for ${name}`);
    }
    return info.mode === 'gcm' ? undefined : kMaxTag;
  }
  if (!isTagLength(info, given)) throw invalidTag(given);
  return given;
}

function checkIv(info, iv) {
  if (iv === null) {
    if (info.ivLength !== 0) throw new ERR_CRYPTO_INVALID_IV();
    return;
  }
  const length = iv.byteLength;
  if (info.aead) {
    if (length === 0 || (info.name === 'chacha20-poly1305' && length > 12)) throw new ERR_CRYPTO_INVALID_IV();
  } else if (length !== info.ivLength) {
    throw new ERR_CRYPTO_INVALID_IV();
  }
}

function tagLengthOption(options) {
  const length = options?.authTagLength;
  if (length === undefined || length === null) return undefined;
  if (length !== length >>> 0) throw new ERR_INVALID_ARG_VALUE('options.authTagLength', length);
  return length;
}

const kSetupErrors = [undefined, ERR_CRYPTO_INVALID_KEYLEN, ERR_CRYPTO_INVALID_IV, ERR_CRYPTO_INVALID_AUTH_TAG];

function createCipher(self, cipher, key, options, iv, encrypt) {
  validateString(cipher, 'cipher');
  const keyBytes = prepareSecretKey(key, options?.encoding);
  const ivBytes = iv === null ? null : toBytes(iv, 'iv');
  const given = tagLengthOption(options);
  const info = binding.cipherInfo(cipher);
  if (info === undefined) throw new ERR_CRYPTO_UNKNOWN_CIPHER();
  if (keyBytes.byteLength !== info.keyLength && !binding.cipherTakes(cipher, keyBytes.byteLength)) {
    throw new ERR_CRYPTO_INVALID_KEYLEN();
  }
  checkIv(info, ivBytes);
  const tagLength = checkTagLength(cipher, info, given);
  const handle = new binding.CipherBase(cipher, encrypt, keyBytes, ivBytes, tagLength);
  if (handle.setupError !== 0) {
    const ErrorClass = kSetupErrors[handle.setupError];
    throw ErrorClass === undefined ? handle.error : new ErrorClass();
  }
  self[kHandle] = handle;
  // How far it is: `done` after final(), the tag, what was wrong on the way.
  self[kCipher] = {
    info, encrypt, ivLength: ivBytes?.byteLength ?? 0, tagLength, tag: undefined, tagGiven: false, failed: false, done: false, started: false,
  };
  self._decoder = null;
  LazyTransform.call(self, options);
}

// Text in pieces: what was not a whole character waits for the next piece.
function decode(self, bytes, encoding, final) {
  const { normalizeEncoding } = require('internal/util');
  const normalized = normalizeEncoding(encoding);
  if (normalized === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  if (!self._decoder) {
    const { StringDecoder } = require('string_decoder');
    self._decoder = new StringDecoder(encoding);
  } else if (self._decoder.encoding !== normalized) {
    throw new ERR_INVALID_ARG_VALUE('outputEncoding', encoding, `cannot be changed from '${self._decoder.encoding}'`);
  }
  return final ? self._decoder.end(bytes) : self._decoder.write(bytes);
}

function wantsText(encoding) {
  return encoding !== undefined && encoding !== null && encoding !== '' && encoding !== 'buffer';
}

function giveTag(self) {
  const state = self[kCipher];
  if (state.encrypt || state.tag === undefined || state.tagGiven) return;
  state.tagGiven = true;
  self[kHandle].setTag(state.tag);
}

// What the stream and the plain methods share: users may replace update() and final().
const kUpdate = Symbol('update');
const kFinal = Symbol('final');

const methods = {
  _transform(chunk, encoding, callback) {
    this.push(this[kUpdate](chunk, encoding));
    callback();
  },

  _flush(callback) {
    try {
      this.push(this[kFinal]());
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  },

  update(data, inputEncoding, outputEncoding) {
    if (typeof data === 'string') {
      validateEncoding(data, inputEncoding);
    } else if (!isArrayBufferView(data)) {
      throw new ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
    }
    const bytes = this[kUpdate](data, inputEncoding);
    return wantsText(outputEncoding) ? decode(this, bytes, outputEncoding, false) : bytes;
  },

  final(outputEncoding) {
    const bytes = this[kFinal]();
    return wantsText(outputEncoding) ? decode(this, bytes, outputEncoding, true) : bytes;
  },

  setAutoPadding(autoPadding) {
    if (this[kCipher].done || !this[kHandle].setAutoPadding(autoPadding === undefined ? true : Boolean(autoPadding))) {
      throw new ERR_CRYPTO_INVALID_STATE('setAutoPadding');
    }
    return this;
  },

  getAuthTag() {
    const { done, info, tagLength } = this[kCipher];
    if (!done || !info.aead) throw new ERR_CRYPTO_INVALID_STATE('getAuthTag');
    this[kCipher].tag ??= this[kHandle].getTag(tagLength ?? kMaxTag);
    return new FastBuffer(this[kCipher].tag);
  },

  setAuthTag(tag, encoding) {
    const bytes = toBytes(tag, 'buffer', encoding);
    const state = this[kCipher];
    const { info } = state;
    if (state.done || !info.aead || state.tag !== undefined) throw new ERR_CRYPTO_INVALID_STATE('setAuthTag');
    const size = bytes.byteLength;
    const fits = info.mode === 'gcm' ? (state.tagLength === undefined || state.tagLength === size) && isTagLength(info, size)
      : state.tagLength === size;
    if (!fits) throw invalidTag(size);
    if (info.mode === 'gcm' && state.tagLength === undefined && size !== kMaxTag) warnShortTag();
    state.tag = new Uint8Array(Buffer.from(isAnyArrayBuffer(bytes) ? new Uint8Array(bytes) : bytes));
    return this;
  },

  setAAD(buffer, options) {
    const bytes = toBytes(buffer, 'aadbuf', options?.encoding, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView']);
    const plaintextLength = options?.plaintextLength;
    if (plaintextLength !== undefined && plaintextLength !== null && (plaintextLength !== plaintextLength >>> 0)) {
      throw new ERR_INVALID_ARG_VALUE('options.plaintextLength', plaintextLength);
    }
    const state = this[kCipher];
    const { info } = state;
    if (state.done || !info.aead) throw new ERR_CRYPTO_INVALID_STATE('setAAD');
    if (info.mode === 'ccm' && (plaintextLength === undefined || plaintextLength === null)) {
      throw withMessage(ERR_MISSING_ARGS, 'options.plaintextLength required for CCM mode with AAD');
    }
    if (info.mode === 'ccm') checkMessageLength(state, plaintextLength);
    giveTag(this);
    if (!this[kHandle].setAad(bytes, info.mode === 'ccm' ? plaintextLength : undefined)) {
      throw new ERR_CRYPTO_INVALID_STATE('setAAD');
    }
    return this;
  },
};

const kMaxInt = 2 ** 31 - 1;

// What CCM's nonce leaves of a block for the length of the message.
function checkMessageLength({ ivLength }, length) {
  const max = ivLength > 11 ? 2 ** (8 * (15 - ivLength)) - 1 : kMaxInt;
  if (length > max) throw new ERR_CRYPTO_INVALID_MESSAGELEN();
}

// OpenSSL counts in ints, and what comes out may be a block longer.
function checkSize(state, size) {
  if (size > kMaxInt) throw Object.assign(new RangeError('data is too long'), { code: 'ERR_OUT_OF_RANGE' });
  if (state.info.mode === 'ccm') checkMessageLength(state, size);
  else if (size + 16 > kMaxInt) throw new Error('Trying to add data in unsupported state');
}

Object.assign(methods, {
  [kUpdate](data, encoding) {
    const state = this[kCipher];
    const bytes = toBytes(data, 'data', encoding);
    if (state.done || (state.info.mode === 'ccm' && state.started)) {
      throw new Error('Trying to add data in unsupported state');
    }
    checkSize(state, bytes.byteLength);
    // CCM takes everything at once.
    state.started = state.info.mode === 'ccm';
    giveTag(this);
    const result = this[kHandle].update(bytes);
    if (result !== undefined) return new FastBuffer(result);
    // A wrong tag is an error of final().
    if (state.info.mode === 'ccm' && !state.encrypt) {
      state.failed = true;
      return new FastBuffer();
    }
    if (state.info.aead) throw new Error('Trying to add data in unsupported state');
    throw this[kHandle].error;
  },

  [kFinal]() {
    const state = this[kCipher];
    if (state.done) throw withMessage(ERR_CRYPTO_INVALID_STATE, 'Invalid state');
    giveTag(this);
    const missingTag = state.info.aead && !state.encrypt && state.tag === undefined;
    const isCcm = state.info.mode === 'ccm';
    let result;
    if (isCcm && !state.encrypt) {
      // Authenticated while it was decrypted.
      result = state.failed ? undefined : new ArrayBuffer(0);
    } else if (!missingTag) {
      result = this[kHandle].final();
    }
    state.done = true;
    if (missingTag || (result === undefined && state.info.aead)) throw new Error(kAuthFailed);
    if (result === undefined) throw this[kHandle].error;
    return new FastBuffer(result);
  },
});

let warned = false;
function warnShortTag() {
  if (warned) return;
  warned = true;
  process.emitWarning(
    'Using AES-GCM authentication tags of less than 128 bits without specifying the authTagLength option when ' +
    'initializing decryption is deprecated.', 'DeprecationWarning', 'DEP0182');
}

function define(Class, names) {
  Object.setPrototypeOf(Class.prototype, LazyTransform.prototype);
  Object.setPrototypeOf(Class, LazyTransform);
  for (const name of names) Class.prototype[name] = methods[name];
  for (const name of [kUpdate, kFinal]) {
    Object.defineProperty(Class.prototype, name, { __proto__: null, value: methods[name], configurable: true });
  }
}

function Cipheriv(cipher, key, iv, options) {
  if (!(this instanceof Cipheriv)) return new Cipheriv(cipher, key, iv, options);
  createCipher(this, cipher, key, options, iv, true);
}
define(Cipheriv, ['_transform', '_flush', 'update', 'final', 'setAutoPadding', 'getAuthTag', 'setAAD']);

function Decipheriv(cipher, key, iv, options) {
  if (!(this instanceof Decipheriv)) return new Decipheriv(cipher, key, iv, options);
  createCipher(this, cipher, key, options, iv, false);
}
define(Decipheriv, ['_transform', '_flush', 'update', 'final', 'setAutoPadding', 'setAuthTag', 'setAAD']);

function createCipheriv(cipher, key, iv, options) {
  return new Cipheriv(cipher, key, iv, options);
}

function createDecipheriv(cipher, key, iv, options) {
  return new Decipheriv(cipher, key, iv, options);
}

function getCipherInfo(nameOrNid, options) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  if (typeof nameOrNid === 'number') validateInt32(nameOrNid, 'nameOrNid');
  let keyLength;
  let ivLength;
  if (options !== undefined) {
    validateObject(options, 'options');
    ({ ivLength, keyLength } = options);
    if (keyLength !== undefined) validateUint32(keyLength, 'options.keyLength');
    if (ivLength !== undefined) validateUint32(ivLength, 'options.ivLength');
  }
  const info = binding.cipherInfo(nameOrNid);
  if (info === undefined) return undefined;
  const wants = keyLength !== undefined || ivLength !== undefined;
  if (wants && !binding.cipherTakes(info.name, keyLength, ivLength)) return undefined;
  const result = { mode: info.mode, name: info.name, nid: info.nid };
  if (info.mode !== 'stream') result.blockSize = info.blockSize;
  const iv = ivLength ?? info.ivLength;
  if (iv !== 0) result.ivLength = iv;
  result.keyLength = keyLength ?? info.keyLength;
  return result;
}

module.exports = {
  Cipheriv,
  Decipheriv,
  createCipheriv,
  createDecipheriv,
  getCipherInfo,
};
