'use strict';

// require('process'): the process object itself.

module.exports = process;
