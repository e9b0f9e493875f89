'use strict';

// The deprecated sys module (DEP0025): util under its first name.

process.emitWarning('sys is deprecated. Use util instead.', 'DeprecationWarning', 'DEP0025');

module.exports = require('util');
