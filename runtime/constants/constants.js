'use strict';

// The deprecated constants module: the constants of os, fs and crypto in one object.

const { dlopen, errno, priority, signals } = require('os').constants;
const { exists } = require('internal/bootstrap/realm');

const lists = [dlopen, errno, priority, signals, require('fs').constants, exists('crypto') ? require('crypto').constants : {}];
for (const [name, value] of lists.flatMap(Object.entries)) {
  Object.defineProperty(exports, name, { __proto__: null, value, writable: false, enumerable: true, configurable: false });
}
