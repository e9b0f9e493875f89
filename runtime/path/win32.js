'use strict';

// Run on first use; makes the public module path/win32.

module.exports = require('path').win32;
