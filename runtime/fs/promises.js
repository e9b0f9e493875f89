'use strict';
// The public module `fs/promises`: the object that fs.promises is.

module.exports = require('internal/fs/promises').exports;
