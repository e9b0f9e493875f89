'use strict';

// CountQueuingStrategy and ByteLengthQueuingStrategy.

const { codes: { ERR_INVALID_THIS, ERR_MISSING_OPTION } } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { defineEnumerable, inspectAs, kInspect } = require('internal/webstreams/util');

// One function each for all strategies: programs compare them.
const byteLengthSize = Object.defineProperty((chunk) => chunk.byteLength, 'name', { __proto__: null, value: 'size' });
const countSize = Object.defineProperty(() => 1, 'name', { __proto__: null, value: 'size' });

function readInit(init) {
  validateObject(init, 'init');
  if (init.highWaterMark === undefined) throw new ERR_MISSING_OPTION('init.highWaterMark');
  return +init.highWaterMark;
}

class ByteLengthQueuingStrategy {
  #highWaterMark;

  /** @param {{highWaterMark: number}} init */
  constructor(init) {
    this.#highWaterMark = readInit(init);
  }

  get highWaterMark() {
    if (!(#highWaterMark in Object(this))) throw new ERR_INVALID_THIS('ByteLengthQueuingStrategy');
    return this.#highWaterMark;
  }

  get size() {
    if (!(#highWaterMark in Object(this))) throw new ERR_INVALID_THIS('ByteLengthQueuingStrategy');
    return byteLengthSize;
  }

  [kInspect](depth, options) {
    return inspectAs(this, this.constructor.name, depth, options, { highWaterMark: this.highWaterMark });
  }
}

class CountQueuingStrategy {
  #highWaterMark;

  /** @param {{highWaterMark: number}} init */
  constructor(init) {
    this.#highWaterMark = readInit(init);
  }

  get highWaterMark() {
    if (!(#highWaterMark in Object(this))) throw new ERR_INVALID_THIS('CountQueuingStrategy');
    return this.#highWaterMark;
  }

  get size() {
    if (!(#highWaterMark in Object(this))) throw new ERR_INVALID_THIS('CountQueuingStrategy');
    return countSize;
  }

  [kInspect](depth, options) {
    return inspectAs(this, this.constructor.name, depth, options, { highWaterMark: this.highWaterMark });
  }
}

defineEnumerable(ByteLengthQueuingStrategy.prototype, ['highWaterMark', 'size'], 'ByteLengthQueuingStrategy');
defineEnumerable(CountQueuingStrategy.prototype, ['highWaterMark', 'size'], 'CountQueuingStrategy');

module.exports = { ByteLengthQueuingStrategy, CountQueuingStrategy };
