'use strict';
// The require function that a CommonJS module sees, and module.createRequire.

const path = require('path');
const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateString } = require('internal/validators');
const { Module } = require('internal/modules/cjs_loader');
const hooks = require('internal/modules/hooks');
const { kURL } = require('internal/modules/shared');

function resolveThroughHooks(request, mod, options) {
  return require('internal/modules/cjs_hooks').resolve(Module, request, mod, false, options).filename;
}

/** @param {any} mod the module whose code gets it */
function makeRequire(mod) {
  // The names of these functions and of their parameters are what programs see when they print them.
  function require(path) {
    return mod.require(path);
  }

  function resolve(request, options) {
    validateString(request, 'request');
    if (hooks.hasResolve()) return resolveThroughHooks(request, mod, options);
    return Module._resolveFilename(request, mod, false, options);
  }

  function paths(request) {
    validateString(request, 'request');
    return Module._resolveLookupPaths(request, mod);
  }

  require.resolve = resolve;
  resolve.paths = paths;
  // Defined: a setter on Object.prototype must not see it.
  Object.defineProperty(require, 'main', {
    __proto__: null, value: process.mainModule, writable: true, enumerable: true, configurable: true,
  });
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

const mustBe = 'must be a file URL object, file URL string, or absolute path string';

function createRequire(filename) {
  const { fileURLToPath, isURL, URL } = require('internal/url');
  let file = filename;
  let url;
  if (isURL(filename) || (typeof filename === 'string' && !path.isAbsolute(filename))) {
    try {
      url = new URL(filename).href;
      file = fileURLToPath(url);
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
  if (url !== undefined) mod[kURL] = url;
  mod.paths = Module._nodeModulePaths(mod.path);
  return makeRequire(mod);
}

module.exports = { createRequire, makeRequire };
