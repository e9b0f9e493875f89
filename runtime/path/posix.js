'use strict';

// Run on first use; makes the public module path/posix.

module.exports = require('path').posix;
