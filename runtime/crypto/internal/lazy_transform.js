'use strict';
// A Transform that becomes one when it is first used as a stream: most hashes never are, and a stream costs more
// than hashing a short text.
// Run once per realm by internal/crypto/hash.

const { Transform } = require('stream');

function LazyTransform(options) {
  this._options = options;
}
Object.setPrototypeOf(LazyTransform.prototype, Transform.prototype);
Object.setPrototypeOf(LazyTransform, Transform);

for (const name of ['_readableState', '_writableState']) {
  Object.defineProperty(LazyTransform.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      Transform.call(this, this._options);
      this._writableState.decodeStrings = false;
      return this[name];
    },
    set(value) {
      Object.defineProperty(this, name, { configurable: true, enumerable: true, value, writable: true });
    },
  });
}

module.exports = { LazyTransform };
