'use strict';
// The require function that a CommonJS module sees, and module.createRequire.

const path = require('path');
const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateString } = require('internal/validators');
const { Module } = require('internal/modules/cjs_loader');

/** @param {any} mod the module whose code gets it */
function makeRequire(mod) {
  // The names of these functions and of their parameters are what programs see when they print them.
  function require(path) {
    return mod.require(path);
  }

  function resolve(request, options) {
    validateString(request, 'request');
    return Module._resolveFilename(request, mod, false, options);
  }

  function paths(request) {
    validateString(request, 'request');
    return Module._resolveLookupPaths(request, mod);
  }

  require.resolve = resolve;
  resolve.paths = paths;
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

const mustBe = 'must be a file URL object, file URL string, or absolute path string';

function createRequire(filename) {
  const { fileURLToPath, isURL, URL } = require('internal/url');
  let file = filename;
  if (isURL(filename) || (typeof filename === 'string' && !path.isAbsolute(filename))) {
    try {
      file = fileURLToPath(new URL(filename));
    } catch {
      throw new ERR_INVALID_ARG_VALUE('filename', filename, mustBe);
    }
  } else if (typeof filename !== 'string') {
    throw new ERR_INVALID_ARG_VALUE('filename', filename, mustBe);
  }
  // A folder stands for a file in it.
  const folder = file.endsWith('/');
  const proxyPath = folder ? path.join(file, 'noop.js') : file;
  const mod = new Module(proxyPath);
  mod.filename = proxyPath;
  mod.paths = Module._nodeModulePaths(mod.path);
  return makeRequire(mod);
}

module.exports = { createRequire, makeRequire };
