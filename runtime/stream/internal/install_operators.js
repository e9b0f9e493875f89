'use strict';

// Puts map, filter, toArray and the other operators on Readable.prototype. What they do is loaded on first use.

const { codes: { ERR_ILLEGAL_CONSTRUCTOR } } = require('internal/errors');

// Name and length; the first give a stream, the second a promise.
const kStreamOperators = { drop: 1, filter: 2, flatMap: 2, map: 2, take: 1 };
const kPromiseOperators = { every: 1, forEach: 2, reduce: 3, toArray: 1, some: 1, find: 2 };

function define(prototype, name, length, value) {
  Object.defineProperty(value, 'name', { __proto__: null, value: name, configurable: true });
  Object.defineProperty(value, 'length', { __proto__: null, value: length, configurable: true });
  Object.defineProperty(prototype, name, {
    __proto__: null,
    value,
    enumerable: false,
    configurable: true,
    writable: true,
  });
}

function installOperators(prototype) {
  for (const [name, length] of Object.entries(kStreamOperators)) {
    define(prototype, name, length, function(...args) {
      if (new.target) throw new ERR_ILLEGAL_CONSTRUCTOR();
      const iterable = Reflect.apply(require('internal/stream/operators')[name], this, args);
      return require('internal/stream/readable').Readable.from(iterable);
    });
  }
  for (const [name, length] of Object.entries(kPromiseOperators)) {
    define(prototype, name, length, function(...args) {
      if (new.target) throw new ERR_ILLEGAL_CONSTRUCTOR();
      return Promise.resolve(Reflect.apply(require('internal/stream/operators')[name], this, args));
    });
  }
  prototype.compose = function compose(stream, options) {
    return require('internal/stream/compose').composeOne(this, stream, options);
  };
}

module.exports = { installOperators };
