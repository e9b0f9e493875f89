'use strict';
// The Web Crypto API: the classes Crypto and SubtleCrypto.
// Run once per realm, when `crypto` the global or crypto.webcrypto is first used.

const { codes: { ERR_INVALID_THIS } } = require('internal/errors');
const { customInspectSymbol: kInspect, kEnumerableProperty } = require('internal/util');
const { isAnyArrayBuffer, isArrayBufferView, isSharedArrayBuffer, isTypedArray } = require('internal/util/types');

function domException(message, name) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, name);
}

function illegalConstructor() {
  return Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
}

// Only this module makes the classes' one instance.
const kCreate = Symbol('create');

// The arguments of the methods, checked as Web IDL does

function fail(method, message, code) {
  return Object.assign(new TypeError(`Failed to execute '${method}' on 'SubtleCrypto': ${message}`), { code });
}

function ordinal(n) {
  return `${n}${['th', 'st', 'nd', 'rd'][n] ?? 'th'} argument`;
}

function checkCall(self, method, args, required) {
  if (self !== subtle) throw new ERR_INVALID_THIS('SubtleCrypto');
  if (args.length < required) {
    throw fail(method, `${required} argument${required === 1 ? '' : 's'} required, but only ${args.length} present.`,
               'ERR_MISSING_ARGS');
  }
}

// Memory that another thread can change meanwhile is none.
function toData(value, method, position) {
  if (isArrayBufferView(value) && isSharedArrayBuffer(value.buffer)) {
    throw fail(method, `${ordinal(position)} is a view on a SharedArrayBuffer, which is not allowed.`, 'ERR_INVALID_ARG_TYPE');
  }
  if (!isArrayBufferView(value) && (!isAnyArrayBuffer(value) || isSharedArrayBuffer(value))) {
    throw fail(method, `${ordinal(position)} is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`,
               'ERR_INVALID_ARG_TYPE');
  }
  return require('internal/crypto/webcrypto_util').copyBytes(value);
}

/** What a key is, whatever the program has done to the objects that it shows. */
function toKey(value, method, position) {
  const { isCryptoKey, slotsOf } = require('internal/crypto/crypto_key');
  if (!isCryptoKey(value)) {
    throw fail(method, `${ordinal(position)} is not of type CryptoKey.`, 'ERR_INVALID_ARG_TYPE');
  }
  return slotsOf(value);
}

const kUsages = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey',
                 'encapsulateBits', 'encapsulateKey', 'decapsulateBits', 'decapsulateKey'];
const kFormats = ['raw', 'pkcs8', 'spki', 'jwk', 'raw-public', 'raw-secret', 'raw-seed'];

function toUsages(value, method, position) {
  if (value === null || typeof value !== 'object' || typeof value[Symbol.iterator] !== 'function') {
    throw fail(method, `${ordinal(position)} cannot be converted to sequence.`, 'ERR_INVALID_ARG_TYPE');
  }
  const usages = [...value].map(String);
  usages.forEach((usage, i) => {
    if (kUsages.includes(usage)) return;
    throw fail(method, `${ordinal(position)}[${i}] '${usage}' is not a valid enum value of type KeyUsage.`,
               'ERR_INVALID_ARG_VALUE');
  });
  return usages;
}

function toFormat(value, method, position) {
  const format = `${value}`;
  if (kFormats.includes(format)) return format;
  throw fail(method, `${ordinal(position)} '${format}' is not a valid enum value of type KeyFormat.`,
             'ERR_INVALID_ARG_VALUE');
}

function util() {
  return require('internal/crypto/webcrypto_util');
}

// A key that is for this algorithm and this use.
function checkKey(algorithm, key, usage) {
  const { invalidAccess } = util();
  if (key.algorithm.name !== algorithm.name) throw invalidAccess('Key algorithm mismatch');
  if (!key.usages.includes(usage)) throw invalidAccess(`Unable to use this key to ${usage}`);
}

/** What a call with a key starts with, in the standard's order: copies of the bytes, the algorithm, is the key for it. */
function prepare(method, algorithm, key, ...data) {
  const slots = toKey(key, method, 2);
  const copies = data.map((bytes, i) => toData(bytes, method, i + 3));
  const normalized = util().normalizeAlgorithm(algorithm, method);
  checkKey(normalized, slots, method);
  return [normalized, slots, ...copies];
}

function checkExtractable(key) {
  if (!key.extractable) throw util().invalidAccess('key is not extractable');
}

function keyLength(algorithm) {
  const { checkAesLength, hmacLength } = require('internal/crypto/webcrypto_keys');
  const { name } = algorithm;
  if (name === 'HKDF' || name === 'PBKDF2' || name.startsWith('Argon2')) return null;
  if (name.startsWith('KMAC')) return algorithm.length ?? Number(name.slice(4));
  if (name === 'ChaCha20-Poly1305') return 256;
  if (name === 'HMAC') {
    if (algorithm.length === 0) {
      throw Object.assign(new TypeError('HmacImportParams.length cannot be 0'), { code: 'ERR_INVALID_ARG_VALUE' });
    }
    return hmacLength(algorithm);
  }
  checkAesLength(algorithm.length);
  return algorithm.length;
}

class SubtleCrypto {
  constructor(token) {
    if (token !== kCreate) throw illegalConstructor();
  }

  async encrypt(algorithm, key, data) {
    checkCall(this, 'encrypt', arguments, 3);
    const [normalized, slots, bytes] = prepare('encrypt', algorithm, key, data);
    return require('internal/crypto/webcrypto_operations').cipher(true, normalized, slots, bytes);
  }

  async decrypt(algorithm, key, data) {
    checkCall(this, 'decrypt', arguments, 3);
    const [normalized, slots, bytes] = prepare('decrypt', algorithm, key, data);
    return require('internal/crypto/webcrypto_operations').cipher(false, normalized, slots, bytes);
  }

  async sign(algorithm, key, data) {
    checkCall(this, 'sign', arguments, 3);
    const [normalized, slots, bytes] = prepare('sign', algorithm, key, data);
    return require('internal/crypto/webcrypto_operations').sign(normalized, slots, bytes);
  }

  async verify(algorithm, key, signature, data) {
    checkCall(this, 'verify', arguments, 4);
    const [normalized, slots, given, bytes] = prepare('verify', algorithm, key, signature, data);
    return require('internal/crypto/webcrypto_operations').verify(normalized, slots, given, bytes);
  }

  async digest(algorithm, data) {
    checkCall(this, 'digest', arguments, 2);
    const bytes = toData(data, 'digest', 2);
    const normalized = util().normalizeAlgorithm(algorithm, 'digest');
    return require('internal/crypto/webcrypto_digest').digest(normalized, bytes);
  }

  async generateKey(algorithm, extractable, keyUsages) {
    checkCall(this, 'generateKey', arguments, 3);
    const usages = toUsages(keyUsages, 'generateKey', 3);
    const normalized = util().normalizeAlgorithm(algorithm, 'generateKey');
    return require('internal/crypto/webcrypto_keys').generateKey(normalized, Boolean(extractable), usages);
  }

  async deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
    checkCall(this, 'deriveKey', arguments, 5);
    baseKey = toKey(baseKey, 'deriveKey', 2);
    const usages = toUsages(keyUsages, 'deriveKey', 5);
    const { invalidAccess, normalizeAlgorithm } = util();
    const normalized = normalizeAlgorithm(algorithm, 'deriveBits');
    const derived = normalizeAlgorithm(derivedKeyType, 'importKey');
    const length = keyLength(normalizeAlgorithm(derivedKeyType, 'getKeyLength'));
    if (baseKey.algorithm.name !== normalized.name) throw invalidAccess('Key algorithm mismatch');
    if (!baseKey.usages.includes('deriveKey')) throw invalidAccess('baseKey does not have deriveKey usage');
    const bits = await require('internal/crypto/webcrypto_operations').deriveBits(normalized, baseKey, length);
    return require('internal/crypto/webcrypto_keys').importKey(
      'raw-secret', new Uint8Array(bits), derived, Boolean(extractable), usages);
  }

  async deriveBits(algorithm, baseKey, length = null) {
    checkCall(this, 'deriveBits', arguments, 2);
    baseKey = toKey(baseKey, 'deriveBits', 2);
    const { invalidAccess, normalizeAlgorithm, toInteger } = util();
    if (length !== null) {
      length = toInteger(length, 0xffffffff, "Failed to execute 'deriveBits' on 'SubtleCrypto': 3rd argument");
    }
    const normalized = normalizeAlgorithm(algorithm, 'deriveBits');
    if (!baseKey.usages.includes('deriveBits')) throw invalidAccess('baseKey does not have deriveBits usage');
    if (baseKey.algorithm.name !== normalized.name) throw invalidAccess('Key algorithm mismatch');
    return require('internal/crypto/webcrypto_operations').deriveBits(normalized, baseKey, length);
  }

  async importKey(format, keyData, algorithm, extractable, keyUsages) {
    checkCall(this, 'importKey', arguments, 5);
    const kind = toFormat(format, 'importKey', 1);
    let data = keyData;
    if (kind !== 'jwk') {
      data = toData(keyData, 'importKey', 2);
    } else if (keyData === null) {
      throw util().dataError('Invalid keyData');
    } else if (typeof keyData !== 'object' || isArrayBufferView(keyData) || isAnyArrayBuffer(keyData)) {
      throw fail('importKey', '2nd argument cannot be converted to a dictionary', 'ERR_INVALID_ARG_TYPE');
    }
    const usages = toUsages(keyUsages, 'importKey', 5);
    const normalized = util().normalizeAlgorithm(algorithm, 'importKey');
    return require('internal/crypto/webcrypto_keys').importKey(kind, data, normalized, Boolean(extractable), usages);
  }

  async exportKey(format, key) {
    checkCall(this, 'exportKey', arguments, 2);
    const kind = toFormat(format, 'exportKey', 1);
    key = toKey(key, 'exportKey', 2);
    checkExtractable(key);
    return require('internal/crypto/webcrypto_keys').exportKey(kind, key);
  }

  async wrapKey(format, key, wrappingKey, algorithm) {
    checkCall(this, 'wrapKey', arguments, 4);
    const kind = toFormat(format, 'wrapKey', 1);
    key = toKey(key, 'wrapKey', 2);
    wrappingKey = toKey(wrappingKey, 'wrapKey', 3);
    const normalized = normalizeWrap(algorithm, 'wrapKey', 'encrypt');
    checkKey(normalized, wrappingKey, 'wrapKey');
    checkExtractable(key);
    const exported = require('internal/crypto/webcrypto_keys').exportKey(kind, key);
    const { Buffer } = require('buffer');
    let bytes = kind === 'jwk' ? Buffer.from(JSON.stringify(exported)) : Buffer.from(exported);
    // AES-KW takes whole blocks of eight bytes; JSON may have spaces behind it.
    if (kind === 'jwk' && normalized.name === 'AES-KW' && bytes.length % 8 !== 0) {
      bytes = Buffer.concat([bytes, Buffer.alloc(8 - bytes.length % 8, ' ')]);
    }
    return require('internal/crypto/webcrypto_operations').cipher(true, normalized, wrappingKey, bytes);
  }

  async unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages) {
    checkCall(this, 'unwrapKey', arguments, 7);
    const kind = toFormat(format, 'unwrapKey', 1);
    const wrapped = toData(wrappedKey, 'unwrapKey', 2);
    unwrappingKey = toKey(unwrappingKey, 'unwrapKey', 3);
    const usages = toUsages(keyUsages, 'unwrapKey', 7);
    const normalized = normalizeWrap(unwrapAlgorithm, 'unwrapKey', 'decrypt');
    const forKey = util().normalizeAlgorithm(unwrappedKeyAlgorithm, 'importKey');
    checkKey(normalized, unwrappingKey, 'unwrapKey');
    const bits = await require('internal/crypto/webcrypto_operations').cipher(false, normalized, unwrappingKey, wrapped);
    const { Buffer } = require('buffer');
    let data = Buffer.from(bits);
    if (kind === 'jwk') {
      try {
        data = JSON.parse(data.toString());
      } catch (error) {
        throw util().dataError('Invalid wrapped JWK key', error);
      }
    }
    return require('internal/crypto/webcrypto_keys').importKey(kind, data, forKey, Boolean(extractable), usages);
  }

  async encapsulateBits(encapsulationAlgorithm, encapsulationKey) {
    checkCall(this, 'encapsulateBits', arguments, 2);
    encapsulationKey = toKey(encapsulationKey, 'encapsulateBits', 2);
    const normalized = util().normalizeAlgorithm(encapsulationAlgorithm, 'encapsulate');
    checkKey(normalized, encapsulationKey, 'encapsulateBits');
    return require('internal/crypto/webcrypto_operations').encapsulate(encapsulationKey);
  }

  async encapsulateKey(encapsulationAlgorithm, encapsulationKey, sharedKeyAlgorithm, extractable, keyUsages) {
    checkCall(this, 'encapsulateKey', arguments, 5);
    encapsulationKey = toKey(encapsulationKey, 'encapsulateKey', 2);
    const usages = toUsages(keyUsages, 'encapsulateKey', 5);
    const normalized = util().normalizeAlgorithm(encapsulationAlgorithm, 'encapsulate');
    const forKey = util().normalizeAlgorithm(sharedKeyAlgorithm, 'importKey');
    checkKey(normalized, encapsulationKey, 'encapsulateKey');
    const { sharedKey, ciphertext } = await require('internal/crypto/webcrypto_operations').encapsulate(encapsulationKey);
    const { importKey } = require('internal/crypto/webcrypto_keys');
    return {
      sharedKey: importKey('raw-secret', new Uint8Array(sharedKey), forKey, Boolean(extractable), usages), ciphertext,
    };
  }

  async decapsulateBits(decapsulationAlgorithm, decapsulationKey, ciphertext) {
    checkCall(this, 'decapsulateBits', arguments, 3);
    decapsulationKey = toKey(decapsulationKey, 'decapsulateBits', 2);
    const bytes = toData(ciphertext, 'decapsulateBits', 3);
    const normalized = util().normalizeAlgorithm(decapsulationAlgorithm, 'decapsulate');
    checkKey(normalized, decapsulationKey, 'decapsulateBits');
    return require('internal/crypto/webcrypto_operations').decapsulate(decapsulationKey, bytes);
  }

  async decapsulateKey(decapsulationAlgorithm, decapsulationKey, ciphertext, sharedKeyAlgorithm, extractable, keyUsages) {
    checkCall(this, 'decapsulateKey', arguments, 6);
    decapsulationKey = toKey(decapsulationKey, 'decapsulateKey', 2);
    const bytes = toData(ciphertext, 'decapsulateKey', 3);
    const usages = toUsages(keyUsages, 'decapsulateKey', 6);
    const normalized = util().normalizeAlgorithm(decapsulationAlgorithm, 'decapsulate');
    const forKey = util().normalizeAlgorithm(sharedKeyAlgorithm, 'importKey');
    checkKey(normalized, decapsulationKey, 'decapsulateKey');
    const bits = await require('internal/crypto/webcrypto_operations').decapsulate(decapsulationKey, bytes);
    return require('internal/crypto/webcrypto_keys').importKey(
      'raw-secret', new Uint8Array(bits), forKey, Boolean(extractable), usages);
  }

  static supports(operation, algorithm, lengthOrAlgorithm = undefined) {
    if (this !== SubtleCrypto) throw new ERR_INVALID_THIS('SubtleCrypto');
    if (arguments.length < 2) {
      throw fail('supports', `2 arguments required, but only ${arguments.length} present.`, 'ERR_MISSING_ARGS');
    }
    require('internal/util').emitExperimentalWarning('The supports Web Crypto API method');
    if (typeof algorithm === 'symbol') {
      throw fail('supports', '2nd argument is a Symbol and cannot be converted to a string.', 'ERR_INVALID_ARG_TYPE');
    }
    if (operation === 'deriveBits') {
      lengthOrAlgorithm = lengthOrAlgorithm === undefined || lengthOrAlgorithm === null ? null :
        util().toInteger(lengthOrAlgorithm, 0xffffffff, "Failed to execute 'supports' on 'SubtleCrypto': 3rd argument");
    }
    return require('internal/crypto/webcrypto_supports').supports(`${operation}`, algorithm, lengthOrAlgorithm);
  }

  async getPublicKey(key, keyUsages) {
    checkCall(this, 'getPublicKey', arguments, 2);
    key = toKey(key, 'getPublicKey', 1);
    const usages = toUsages(keyUsages, 'getPublicKey', 2);
    const { invalidAccess, notSupported } = util();
    if (key.type === 'secret') throw notSupported('key must be a private key');
    if (key.type !== 'private') throw invalidAccess('key must be a private key');
    const { createPublicKey } = require('internal/crypto/key_object');
    const { keyObjectOf } = require('internal/crypto/crypto_key');
    return createPublicKey(keyObjectOf(key)).toCryptoKey(key.algorithm, true, usages);
  }
}

// An algorithm that wraps keys, or else one that encrypts whatever there is.
function normalizeWrap(algorithm, operation, otherwise) {
  const { normalizeAlgorithm } = util();
  try {
    return normalizeAlgorithm(algorithm, operation);
  } catch {
    return normalizeAlgorithm(algorithm, otherwise);
  }
}

const subtle = new SubtleCrypto(kCreate);

const kQuota = 65536;

class Crypto {
  constructor(token) {
    if (token !== kCreate) throw illegalConstructor();
  }

  get subtle() {
    if (this !== crypto) throw new ERR_INVALID_THIS('Crypto');
    return subtle;
  }

  getRandomValues(array) {
    if (this !== crypto) throw new ERR_INVALID_THIS('Crypto');
    const name = isTypedArray(array) ? array[Symbol.toStringTag] : undefined;
    if (name === undefined || name.startsWith('Float')) {
      throw domException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    }
    if (array.byteLength > kQuota) {
      throw domException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
    }
    return require('internal/crypto/random').randomFillSync(array, 0);
  }

  randomUUID(options) {
    if (this !== crypto) throw new ERR_INVALID_THIS('Crypto');
    return require('internal/crypto/random').randomUUID(options);
  }

  [kInspect](depth) {
    return depth < 0 ? '[Object]' : 'Crypto {}';
  }
}

const crypto = new Crypto(kCreate);

// Plain functions that return promises, as Web IDL has them: no AsyncFunction.
for (const name of Object.getOwnPropertyNames(SubtleCrypto.prototype)) {
  if (name === 'constructor') continue;
  const run = SubtleCrypto.prototype[name];
  const method = { [name](...args) {
    return run.apply(this, args);
  } }[name];
  Object.defineProperty(method, 'length', { __proto__: null, value: run.length, configurable: true });
  Object.defineProperty(SubtleCrypto.prototype, name, {
    __proto__: null, ...kEnumerableProperty, value: method, writable: true, configurable: true, enumerable: true,
  });
}
Object.defineProperty(SubtleCrypto, 'supports', kEnumerableProperty);
Object.defineProperties(SubtleCrypto.prototype, {
  [Symbol.toStringTag]: { configurable: true, value: 'SubtleCrypto' },
});
Object.defineProperties(Crypto.prototype, {
  subtle: kEnumerableProperty,
  getRandomValues: kEnumerableProperty,
  randomUUID: kEnumerableProperty,
  [kInspect]: { enumerable: false },
  [Symbol.toStringTag]: { configurable: true, value: 'Crypto' },
});

module.exports = { Crypto, SubtleCrypto, crypto, keyLength };
Object.defineProperty(module.exports, 'CryptoKey', {
  __proto__: null, enumerable: true, get() { return require('internal/crypto/crypto_key').CryptoKey; },
});
