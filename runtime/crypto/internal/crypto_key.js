'use strict';
// CryptoKey, the key of Web Crypto: a KeyObject with an algorithm, usages and whether it may be exported.
// Run once per realm, on first use.

const { isUint8Array } = require('internal/util/types');
const { customInspectSymbol: kInspect } = require('internal/util');
const { kClone, kDeserialize } = require('internal/messaging/transferable');

let isCryptoKey;
let slotsOf;
let makeCryptoKey;

// Only this module makes them.
const kCreate = Symbol('create');

function check(value) {
  if (isCryptoKey(value)) return value;
  const { codes: { ERR_INVALID_THIS } } = require('internal/errors');
  throw new ERR_INVALID_THIS('CryptoKey');
}

/** What a key is: out of the program's reach, and what the rest of Web Crypto works with. */
class KeySlots {
  constructor(keyObject, algorithm, usages, extractable) {
    this.keyObject = keyObject;
    this.algorithm = algorithm;
    this.usages = usages;
    this.extractable = extractable;
  }

  get type() { return this.keyObject.type; }
}

function copyAlgorithm(algorithm) {
  const copy = {};
  for (const key of Object.keys(algorithm)) {
    const value = algorithm[key];
    if (isUint8Array(value)) copy[key] = value.slice();
    else copy[key] = value !== null && typeof value === 'object' ? { ...value } : value;
  }
  return copy;
}

class CryptoKey {
  #slots;
  // What the program sees, and may write to.
  #algorithm;
  #usages;

  constructor(token, slots) {
    if (token !== kCreate) {
      throw Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
    }
    this.#slots = slots;
  }

  get type() { return check(this).#slots.type; }

  get extractable() { return check(this).#slots.extractable; }

  get algorithm() {
    check(this);
    this.#algorithm ??= copyAlgorithm(this.#slots.algorithm);
    return this.#algorithm;
  }

  get usages() {
    check(this);
    this.#usages ??= this.#slots.usages.slice();
    return this.#usages;
  }

  [kClone]() {
    const { keyObject, algorithm, usages, extractable } = check(this).#slots;
    return {
      data: { keyObject, algorithm, usages, extractable },
      deserializeInfo: 'internal/crypto/crypto_key:ClonedCryptoKey',
    };
  }

  [kDeserialize]({ keyObject, algorithm, usages, extractable }) {
    this.#slots = new KeySlots(keyObject, algorithm, usages, extractable);
  }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const { type, extractable, algorithm, usages } = check(this).#slots;
    const shown = { type, extractable, algorithm, usages };
    return `CryptoKey ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  static {
    isCryptoKey = (value) => typeof value === 'object' && value !== null && #slots in value;
    slotsOf = (key) => key.#slots;
    makeCryptoKey = (keyObject, algorithm, usages, extractable) =>
      new CryptoKey(kCreate, new KeySlots(keyObject, algorithm, usages, extractable));
  }
}

/** Of a CryptoKey or of its slots. */
const keyObjectOf = (key) => (isCryptoKey(key) ? slotsOf(key) : key).keyObject;

for (const name of ['type', 'extractable', 'algorithm', 'usages']) {
  Object.defineProperty(CryptoKey.prototype, name, { enumerable: true });
}
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { configurable: true, value: 'CryptoKey' });

for (const name of [kClone, kDeserialize]) Object.defineProperty(CryptoKey.prototype, name, { enumerable: false });

// A copy, filled by [kDeserialize].
function ClonedCryptoKey() {
  return new CryptoKey(kCreate);
}

module.exports = { ClonedCryptoKey, CryptoKey, isCryptoKey, keyObjectOf, makeCryptoKey, slotsOf };
