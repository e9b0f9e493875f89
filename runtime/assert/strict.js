'use strict';

// Run on first use; makes the public module assert/strict.

module.exports = require('assert').strict;
