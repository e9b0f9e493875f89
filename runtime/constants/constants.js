'use strict';

// The deprecated constants module: the constants of os, fs and crypto in one object.

const { dlopen, errno, priority, signals } = require('os').constants;
const { exists } = require('internal/bootstrap/realm');

Object.assign(exports, dlopen, errno, priority, signals, require('fs').constants,
              exists('crypto') ? require('crypto').constants : {});
