'use strict';
// What printing a Buffer needs beyond hex: run when one with properties of its own is first inspected.

const { inspect } = require('internal/util/inspect');

// Own keys that are not element indices; symbols and hidden ones as util.inspect would choose.
function getOwnNonIndexKeys(buffer, showHidden) {
  return Reflect.ownKeys(buffer).slice(buffer.length).filter((key) =>
    showHidden || Object.prototype.propertyIsEnumerable.call(buffer, key));
}

module.exports = { getOwnNonIndexKeys, inspect };
