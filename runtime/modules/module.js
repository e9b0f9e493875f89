'use strict';
// The public module `module`: class Module of the CommonJS loader with what both loaders offer to programs. Evaluated
// when a program requires it.

const { Module } = require('internal/modules/cjs_loader');
require('internal/modules/cjs_compile');
const builtins = require('internal/modules/builtins');
const compileCache = require('internal/modules/compile_cache');
const { createRequire } = require('internal/modules/cjs_require');
const { registerHooks } = require('internal/modules/hooks');

Module.createRequire = createRequire;
Module.syncBuiltinESMExports = function syncBuiltinESMExports() {
  require('internal/modules/esm_translators').syncBuiltinExports();
};
Module.registerHooks = registerHooks;
Module.builtinModules = Object.freeze(builtins.builtinModules());
Module.register = function register(specifier, parentURL = undefined, options = undefined) {
  return require('internal/modules/async_hooks').register(specifier, parentURL, options);
};
Module.constants = Object.freeze({ __proto__: null, compileCacheStatus: compileCache.status });
Module.enableCompileCache = compileCache.enableCompileCache;
Module.findPackageJSON = function findPackageJSON(specifier, base = 'data:') {
  if (arguments.length === 0) {
    const { codes: { ERR_MISSING_ARGS } } = require('internal/errors');
    throw new ERR_MISSING_ARGS('specifier');
  }
  return require('internal/modules/find_package_json').findPackageJSON(`${specifier}`, base);
};
Module.flushCompileCache = compileCache.flushCompileCache;
Module.getCompileCacheDir = compileCache.getCompileCacheDir;
Module.stripTypeScriptTypes = function stripTypeScriptTypes(code, options = undefined) {
  return require('internal/modules/typescript').stripTypeScriptTypes(code, options);
};
Module.findSourceMap = function findSourceMap(path) {
  return require('internal/modules/source_map_cache').findSourceMap(path);
};
require('internal/util').defineLazyProperties(Module, 'internal/modules/source_map', ['SourceMap']);
Module.getSourceMapsSupport = function getSourceMapsSupport() {
  return require('internal/modules/source_map_cache').getSupport();
};
Module.setSourceMapsSupport = function setSourceMapsSupport(enabled, options = undefined) {
  return require('internal/modules/source_map_cache').setSourceMapsSupport(enabled, options);
};

let debug;
Module._debug = require('internal/util').deprecate(function() {
  debug ??= require('internal/util/debuglog').debuglog('module');
  Reflect.apply(debug, null, arguments);
}, 'Module._debug is deprecated.', 'DEP0077');

/** What a folder's package.json says of what is loaded from the folder. */
Module._readPackage = function _readPackage(folder) {
  const path = require('path');
  const config = require('internal/modules/package_json').readPackage(path.resolve(folder));
  const pjsonPath = path.resolve(folder, 'package.json');
  if (config === null) return { __proto__: null, type: 'none', exists: false, pjsonPath };
  const { name, main, type, exports, imports } = config;
  return { __proto__: null, name, main, type, exports, imports, exists: true, pjsonPath };
};

module.exports = Module;
