'use strict';
// --disable-proto: the accessor Object.prototype.__proto__, in this realm and in those of the module vm, is deleted or
// throws. Loaded at start-up with that option.

const { getOptionValue } = require('internal/options');

function refuse() {
  const { codes: { ERR_PROTO_ACCESS } } = require('internal/errors');
  throw new ERR_PROTO_ACCESS();
}

/** @param {object} prototype a realm's Object.prototype */
function restrict(prototype) {
  if (getOptionValue('--disable-proto') === 'delete') {
    Reflect.deleteProperty(prototype, '__proto__');
  } else {
    Object.defineProperty(prototype, '__proto__', { __proto__: null, get: refuse, set: refuse, configurable: true });
  }
}

module.exports = { restrict };
