'use strict';

// Run on first use; makes the public module util/types.

module.exports = require('internal/util/types');
