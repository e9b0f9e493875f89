'use strict';

// Run on first use of assert's deep comparisons and util.isDeepStrictEqual(); compares values by their contents.

const types = require('internal/util/types');

const kLoose = 0;
const kStrict = 1;
/** The second value may have less in it than the first. */
const kPartial = 2;

const wholeTag = Object.prototype.toString;
const viewTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

/** Objects being compared, outermost first: a cycle in one has to be a cycle in the other. */
class Pairs {
  #first = new Map();
  #second = new Map();

  /** Whether the pair is known to be equal so far (true) or not (false); undefined if it is new. */
  check(a, b) {
    const first = this.#first.get(a);
    const second = this.#second.get(b);
    if (first === undefined && second === undefined) return undefined;
    return first === second;
  }

  run(a, b, compare) {
    const depth = this.#first.size + 1;
    this.#first.set(a, depth);
    this.#second.set(b, depth);
    const result = compare();
    this.#first.delete(a);
    this.#second.delete(b);
    return result;
  }
}

class Comparison {
  constructor(mode, skipPrototype) {
    this.mode = mode;
    this.skipPrototype = skipPrototype;
    this.pairs = new Pairs();
  }

  equal(a, b) {
    if (a === b) return a !== 0 || this.mode === kLoose || Object.is(a, b);
    if (this.mode === kLoose) {
      const isObject = a !== null && typeof a === 'object';
      if (!isObject || b === null || typeof b !== 'object') {
        if (isObject || (b !== null && typeof b === 'object')) return false;
        // eslint-disable-next-line eqeqeq
        return a == b || (Number.isNaN(a) && Number.isNaN(b));
      }
    } else {
      if (typeof a !== 'object') return Number.isNaN(a) && Number.isNaN(b);
      if (typeof b !== 'object' || a === null || b === null) return false;
      if (this.mode === kStrict && !this.skipPrototype &&
          Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) {
        return false;
      }
    }
    return this.equalObjects(a, b);
  }

  equalObjects(a, b) {
    if (wholeTag.call(a) !== wholeTag.call(b)) return false;
    if (Array.isArray(a)) return this.equalArrays(a, b);
    if (!this.sameInside(a, b)) return false;
    const known = this.pairs.check(a, b);
    if (known !== undefined) return known;
    return this.pairs.run(a, b, () => this.equalProperties(a, b) && this.equalItems(a, b));
  }

  // -- What is in the slots of built-in objects ------------------------------------------------------------------------

  /** Compares what properties do not show; elements of sets and maps come later. */
  sameInside(a, b) {
    if (types.isDate(a)) {
      return types.isDate(b) &&
        Object.is(Date.prototype.getTime.call(a), Date.prototype.getTime.call(b));
    }
    if (types.isRegExp(a)) {
      return types.isRegExp(b) && a.source === b.source && a.flags === b.flags &&
        a.lastIndex === b.lastIndex;
    }
    if (types.isNativeError(a) || a instanceof Error) return this.sameError(a, b);
    if (ArrayBuffer.isView(a)) return this.sameView(a, b);
    if (types.isAnyArrayBuffer(a)) {
      return types.isAnyArrayBuffer(b) && this.sameBytes(new Uint8Array(a), new Uint8Array(b));
    }
    if (types.isSet(a)) return types.isSet(b) && this.fits(a.size, b.size);
    if (types.isMap(a)) return types.isMap(b) && this.fits(a.size, b.size);
    if (types.isBoxedPrimitive(a)) return sameBoxed(a, b);
    if (types.isWeakMap(a) || types.isWeakSet(a) || types.isPromise(a)) return false;
    if (types.isKeyObject(a)) return types.isKeyObject(b) && require('internal/crypto/key_object').isEqual(a, b);
    if (types.isCryptoKey(a)) return types.isCryptoKey(b) && this.sameCryptoKey(a, b);
    if (isUrl(a)) return isUrl(b) && a.href === b.href;
    return !hasSlots(b);
  }

  sameCryptoKey(a, b) {
    const { slotsOf } = require('internal/crypto/crypto_key');
    const { isEqual } = require('internal/crypto/key_object');
    const one = slotsOf(a);
    const other = slotsOf(b);
    return isEqual(one.keyObject, other.keyObject) && one.extractable === other.extractable &&
      this.equal(one.algorithm, other.algorithm) && this.equal(one.usages, other.usages);
  }

  fits(size, expectedSize) {
    return this.mode === kPartial ? size >= expectedSize : size === expectedSize;
  }

  /** Name and message count even if they are not enumerable. */
  sameError(a, b) {
    if (!types.isNativeError(b) && !(b instanceof Error)) return false;
    return this.sameHidden(a, b, 'message') && this.sameHidden(a, b, 'name') &&
      this.sameHidden(a, b, 'cause') && this.sameHidden(a, b, 'errors');
  }

  sameHidden(a, b, key) {
    const isEnumerable = Object.prototype.propertyIsEnumerable;
    // Enumerable ones are compared with the other properties.
    if (isEnumerable.call(a, key) && isEnumerable.call(b, key)) return true;
    if (this.mode === kPartial) {
      if (key === 'name') return this.equal(a.name, b.name);
      return !Object.hasOwn(b, key) ||
        (Object.hasOwn(a, key) && (b[key] === undefined || this.equal(a[key], b[key])));
    }
    if (isEnumerable.call(a, key) !== isEnumerable.call(b, key)) return false;
    if ((key === 'cause' || key === 'errors') &&
        Object.hasOwn(a, key) !== Object.hasOwn(b, key)) {
      return false;
    }
    return this.equal(a[key], b[key]);
  }

  sameView(a, b) {
    if (!ArrayBuffer.isView(b) || viewTag.call(a) !== viewTag.call(b)) return false;
    if (this.mode === kLoose && (types.isFloat32Array(a) || types.isFloat64Array(a) ||
        types.isFloat16Array(a))) {
      // Here 0 equals -0.
      return a.length === b.length && a.every((value, i) => value === b[i]);
    }
    return this.sameBytes(bytesOf(a), bytesOf(b), a.BYTES_PER_ELEMENT);
  }

  sameBytes(a, b) {
    if (this.mode === kPartial && a.length > b.length) {
      return isSubsequence(b.length, a.length, (i, j) => a[j] === b[i]);
    }
    return a.length === b.length && a.every((byte, i) => byte === b[i]);
  }

  // -- Properties --------------------------------------------------------------------------------------------------------

  equalArrays(a, b) {
    if (!Array.isArray(b) || !this.fits(a.length, b.length)) return false;
    const known = this.pairs.check(a, b);
    if (known !== undefined) return known;
    return this.pairs.run(a, b, () => {
      const keys = extraKeys(a, this.mode);
      const expectedKeys = extraKeys(b, this.mode);
      if (!this.fits(keys.length, expectedKeys.length)) return false;
      if (!expectedKeys.every((key) => this.equalProperty(a, b, key))) return false;
      return this.mode === kPartial ? this.includesElements(a, b) : this.equalElements(a, b);
    });
  }

  equalElements(a, b) {
    for (let i = 0; i < b.length; i++) {
      if (Object.hasOwn(a, i)) {
        if (!Object.hasOwn(b, i) || !this.equal(a[i], b[i])) return false;
      } else if (Object.hasOwn(b, i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the elements of `b` are found in `a`, in their order; holes expect nothing. */
  includesElements(a, b) {
    const expected = Object.keys(b).filter((key) => key < b.length);
    return isSubsequence(expected.length, a.length, (i, j) =>
      Object.hasOwn(a, j) && this.equal(a[j], b[expected[i]]));
  }

  equalProperty(a, b, key) {
    return Object.prototype.propertyIsEnumerable.call(a, key) && this.equal(a[key], b[key]);
  }

  equalProperties(a, b) {
    const isView = ArrayBuffer.isView(a);
    const keys = isView ? extraKeys(a, this.mode) : ownKeys(a, this.mode);
    const expectedKeys = isView ? extraKeys(b, this.mode) : ownKeys(b, this.mode);
    return this.fits(keys.length, expectedKeys.length) &&
      expectedKeys.every((key) => this.equalProperty(a, b, key));
  }

  equalItems(a, b) {
    if (types.isSet(a)) return this.equalSets(a, b);
    if (types.isMap(a)) return this.equalMaps(a, b);
    return true;
  }

  // -- Sets and maps, whose order does not matter --------------------------------------------------------------------

  equalSets(a, b) {
    const unmatched = [];
    for (const value of b) {
      if (!a.has(value)) {
        if (this.mode !== kLoose && !isObject(value)) return false;
        unmatched.push(value);
      }
    }
    const candidates = new Set();
    for (const value of a) if (!b.has(value)) candidates.add(value);
    return unmatched.every((value) => {
      for (const candidate of candidates) {
        if (this.equal(candidate, value)) {
          candidates.delete(candidate);
          return true;
        }
      }
      return false;
    });
  }

  equalMaps(a, b) {
    const unmatched = [];
    for (const { 0: key, 1: value } of b) {
      const isFound = a.has(key);
      if (isFound && (!isObject(key) || this.equal(a.get(key), value))) {
        if (this.equal(a.get(key), value)) continue;
        if (this.mode !== kLoose) return false;
      } else if (this.mode !== kLoose && !isObject(key)) {
        return false;
      }
      unmatched.push([key, value]);
    }
    const candidates = new Set();
    for (const { 0: key } of a) {
      if (!(b.has(key) && this.equal(a.get(key), b.get(key)))) candidates.add(key);
    }
    return unmatched.every(([key, value]) => {
      for (const candidate of candidates) {
        if (this.equal(candidate, key) && this.equal(a.get(candidate), value)) {
          candidates.delete(candidate);
          return true;
        }
      }
      return false;
    });
  }
}

function isObject(value) {
  return value !== null && typeof value === 'object';
}

function bytesOf(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function isUrl(value) {
  return typeof value.href === 'string' && typeof value.protocol === 'string' &&
    require('internal/url').isURL(value);
}

/** Whether `b` has something inside that `a`, without it, cannot equal. */
function hasSlots(b) {
  return Array.isArray(b) || ArrayBuffer.isView(b) || types.isSet(b) || types.isMap(b) ||
    types.isDate(b) || types.isRegExp(b) || types.isAnyArrayBuffer(b) ||
    types.isBoxedPrimitive(b) || types.isNativeError(b) || b instanceof Error || isUrl(b);
}

const boxes = [
  [types.isNumberObject, Number], [types.isStringObject, String],
  [types.isBooleanObject, Boolean], [types.isBigIntObject, BigInt],
  [types.isSymbolObject, Symbol],
];

function sameBoxed(a, b) {
  for (const [isBox, Box] of boxes) {
    if (isBox(a)) {
      return isBox(b) &&
        Object.is(Box.prototype.valueOf.call(a), Box.prototype.valueOf.call(b));
    }
  }
  return false;
}

/** Whether the `count` expected elements are found in order among `available` ones. */
function isSubsequence(count, available, equal) {
  let next = 0;
  for (let i = 0; i < count; i++) {
    while (next < available && !equal(i, next)) next++;
    if (next++ >= available) return false;
  }
  return true;
}

function enumerableSymbols(object) {
  return Object.getOwnPropertySymbols(object)
    .filter((key) => Object.prototype.propertyIsEnumerable.call(object, key));
}

function ownKeys(object, mode) {
  const keys = Object.keys(object);
  return mode === kLoose ? keys : keys.concat(enumerableSymbols(object));
}

/** Enumerable keys but the indices. */
function extraKeys(object, mode) {
  const { getOwnNonIndexProperties, constants } = internalBinding('util');
  const keys = getOwnNonIndexProperties(object, constants.ONLY_ENUMERABLE);
  return mode === kLoose ? keys.filter((key) => typeof key !== 'symbol') : keys;
}

function isDeepEqual(a, b) {
  return new Comparison(kLoose, false).equal(a, b);
}

function isDeepStrictEqual(a, b, skipPrototype = false) {
  return new Comparison(kStrict, Boolean(skipPrototype)).equal(a, b);
}

/** Whether all that is in `expected` is in `actual`. */
function isPartialStrictEqual(actual, expected) {
  return new Comparison(kPartial, false).equal(actual, expected);
}

module.exports = { isDeepEqual, isDeepStrictEqual, isPartialStrictEqual };
