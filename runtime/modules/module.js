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
  return require('internal/modules/async_hooks').registerPublic(specifier, parentURL, options);
};
Module.constants = Object.freeze({ __proto__: null, compileCacheStatus: compileCache.status });
Module.enableCompileCache = compileCache.enableCompileCache;
Module.findPackageJSON = function findPackageJSON(specifier, base = 'data:') {
  return require('internal/modules/find_package_json').findPackageJSON(specifier, base);
};
Module.flushCompileCache = compileCache.flushCompileCache;
Module.getCompileCacheDir = compileCache.getCompileCacheDir;
Module.stripTypeScriptTypes = function stripTypeScriptTypes(code, options = undefined) {
  return require('internal/modules/typescript').stripTypeScriptTypes(code, options);
};
Module.findSourceMap = function findSourceMap(path) {
  return require('internal/modules/source_map_cache').findSourceMap(path);
};
Object.defineProperty(Module, 'SourceMap', {
  __proto__: null,
  get() { return require('internal/modules/source_map').SourceMap; },
  enumerable: true,
  configurable: true,
});
Module.getSourceMapsSupport = function getSourceMapsSupport() {
  return require('internal/modules/source_map_cache').getSupport();
};
Module.setSourceMapsSupport = function setSourceMapsSupport(enabled, options = undefined) {
  return require('internal/modules/source_map_cache').setSourceMapsSupport(enabled, options);
};

module.exports = Module;
