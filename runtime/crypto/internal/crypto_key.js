'use strict';
// CryptoKey, the key of Web Crypto: a KeyObject with an algorithm, usages and whether it may be exported.
// Run once per realm, on first use.

const { customInspectSymbol: kInspect } = require('internal/util');
const { kClone, kDeserialize } = require('internal/messaging/transferable');

let isCryptoKey;
let keyObjectOf;
let makeCryptoKey;

// Only this module makes them.
const kCreate = Symbol('create');

function check(value) {
  if (isCryptoKey(value)) return value;
  const { codes: { ERR_INVALID_THIS } } = require('internal/errors');
  throw new ERR_INVALID_THIS('CryptoKey');
}

class CryptoKey {
  #keyObject;
  #algorithm;
  #usages;
  #extractable;

  constructor(token, keyObject, algorithm, usages, extractable) {
    if (token !== kCreate) {
      throw Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
    }
    this.#keyObject = keyObject;
    this.#algorithm = algorithm;
    this.#usages = usages;
    this.#extractable = extractable;
  }

  get type() { return check(this).#keyObject.type; }

  get extractable() { return check(this).#extractable; }

  get algorithm() { return check(this).#algorithm; }

  get usages() { return check(this).#usages; }

  [kClone]() {
    return {
      data: {
        keyObject: check(this).#keyObject, algorithm: this.#algorithm, usages: this.#usages, extractable: this.#extractable,
      },
      deserializeInfo: 'internal/crypto/crypto_key:ClonedCryptoKey',
    };
  }

  [kDeserialize]({ keyObject, algorithm, usages, extractable }) {
    this.#keyObject = keyObject;
    this.#algorithm = algorithm;
    this.#usages = usages;
    this.#extractable = extractable;
  }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const shown = { type: this.type, extractable: this.extractable, algorithm: this.algorithm, usages: this.usages };
    return `CryptoKey ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  static {
    isCryptoKey = (value) => typeof value === 'object' && value !== null && #keyObject in value;
    keyObjectOf = (key) => key.#keyObject;
    makeCryptoKey = (keyObject, algorithm, usages, extractable) =>
      new CryptoKey(kCreate, keyObject, algorithm, usages, extractable);
  }
}

for (const name of ['type', 'extractable', 'algorithm', 'usages']) {
  Object.defineProperty(CryptoKey.prototype, name, { enumerable: true });
}
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { configurable: true, value: 'CryptoKey' });

for (const name of [kClone, kDeserialize]) Object.defineProperty(CryptoKey.prototype, name, { enumerable: false });

// A copy, filled by [kDeserialize].
function ClonedCryptoKey() {
  return new CryptoKey(kCreate);
}

module.exports = { ClonedCryptoKey, CryptoKey, isCryptoKey, keyObjectOf, makeCryptoKey };
