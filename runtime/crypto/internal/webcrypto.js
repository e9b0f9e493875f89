'use strict';
// The Web Crypto API, as far as it goes: random values, UUIDs and digests.
// Run once per realm, when `crypto` the global or crypto.webcrypto is first used.

const { codes: { ERR_INVALID_THIS } } = require('internal/errors');
const { customInspectSymbol: kInspect, kEnumerableProperty } = require('internal/util');
const { isAnyArrayBuffer, isArrayBufferView, isTypedArray } = require('internal/util/types');

function domException(message, name) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, name);
}

function illegalConstructor() {
  return Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
}

// Only this module makes the classes' one instance.
const kCreate = Symbol('create');

// The digests of the standard by upper-case name.
const kDigests = {
  '__proto__': null,
  'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512',
  'SHA3-256': 'sha3-256', 'SHA3-384': 'sha3-384', 'SHA3-512': 'sha3-512',
};

function digestName(algorithm) {
  const name = typeof algorithm === 'object' && algorithm !== null ? algorithm.name : algorithm;
  const digest = kDigests[`${name}`.toUpperCase()];
  if (digest === undefined) throw domException('Unrecognized algorithm name', 'NotSupportedError');
  return digest;
}

class SubtleCrypto {
  constructor(token) {
    if (token !== kCreate) throw illegalConstructor();
  }

  async digest(algorithm, data) {
    if (this !== subtle) throw new ERR_INVALID_THIS('SubtleCrypto');
    if (arguments.length < 2) {
      throw Object.assign(
        new TypeError(`Failed to execute 'digest' on 'SubtleCrypto': 2 arguments required, but only ` +
                      `${arguments.length} present.`),
        { code: 'ERR_MISSING_ARGS' });
    }
    if (!isArrayBufferView(data) && !isAnyArrayBuffer(data)) {
      throw Object.assign(
        new TypeError("Failed to execute 'digest' on 'SubtleCrypto': 2nd argument is not instance of ArrayBuffer, " +
                      'Buffer, TypedArray, or DataView.'),
        { code: 'ERR_INVALID_ARG_TYPE' });
    }
    return internalBinding('crypto').oneShotHash(digestName(algorithm), data, undefined);
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

Object.defineProperties(SubtleCrypto.prototype, {
  digest: kEnumerableProperty,
  [Symbol.toStringTag]: { configurable: true, value: 'SubtleCrypto' },
});
Object.defineProperties(Crypto.prototype, {
  subtle: kEnumerableProperty,
  getRandomValues: kEnumerableProperty,
  randomUUID: kEnumerableProperty,
  [kInspect]: { enumerable: false },
  [Symbol.toStringTag]: { configurable: true, value: 'Crypto' },
});

module.exports = { Crypto, SubtleCrypto, crypto };
