'use strict';

// Run in the start-up snapshot; makes the assertions that built-ins put on themselves: what fails here is a bug of ours.

const { codes } = require('internal/errors');

function assert(value, message) {
  if (!value) throw new codes.ERR_INTERNAL_ASSERTION(message);
}

assert.fail = function fail(message) {
  throw new codes.ERR_INTERNAL_ASSERTION(message);
};

module.exports = assert;
