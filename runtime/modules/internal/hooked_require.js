'use strict';
// require() in a CommonJS module whose text an asynchronous load hook made: what it names is found as ever, and then goes
// through the hooks by way of the ES module loader.

const path = require('path');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { fileURLToPath, pathToFileURL } = require('internal/url');
const builtins = require('internal/modules/builtins');
const { rememberSourceMap } = require('internal/modules/cjs_compile');
const { exportsOfESM, refuseRequireOfESM } = require('internal/modules/cjs_esm');
const { Module, kIsExecuting } = require('internal/modules/cjs_loader');
const loader = require('internal/modules/esm_loader');
const { state } = require('internal/modules/shared');
const binding = internalBinding('modules');

function filenameOf(url) {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}

/** What the hooks are asked for: a built-in's name, or the URL of the file that require() would take. */
function specifierFor(request, module) {
  if (typeof request !== 'string') throw new ERR_INVALID_ARG_TYPE('path', 'string', request);
  if (builtins.canBeRequired(request)) return request;
  const filename = Module._resolveFilename(request, module, false);
  return path.isAbsolute(filename) ? pathToFileURL(filename).href : filename;
}

/** @param {any} job @param {any} module the one that requires */
function exportsOf(job, module) {
  const filename = filenameOf(job.url);
  if (job.format === 'commonjs') {
    // One that runs at this moment is there with what it exports so far.
    const running = Module._cache[filename];
    if (running !== undefined) return running.exports;
  }
  const isESM = job.format.startsWith('module');
  if (isESM && !getOptionValue('--require-module')) refuseRequireOfESM(filename, binding.readFile(filename), module);
  const namespace = loader.evaluateForRequire(job, filename, module);
  if (isESM) return exportsOfESM(namespace, filename);
  return Object.hasOwn(namespace, 'module.exports') ? namespace['module.exports'] : namespace.default;
}

function makeHookedRequire(module, url) {
  function require(request) {
    const specifier = specifierFor(request, module);
    if (specifier.endsWith('.node')) return Module._load(fileURLToPath(specifier), module, false);
    const attributes = specifier.endsWith('.json') ? { __proto__: null, type: 'json' } : { __proto__: null };
    return exportsOf(loader.getJob(specifier, url, attributes, { ...loader.importOptions(), forRequire: true }), module);
  }

  require.resolve = function resolve(request) {
    return filenameOf(state.asyncHooks.resolveSync(specifierFor(request, module), url, {}).url);
  };
  require.main = process.mainModule;
  return require;
}

/** Runs the module; what it exports. */
function runHooked(url, text, isMain) {
  const filename = filenameOf(url);
  const cached = Module._cache[filename];
  if (cached !== undefined) return cached.exports;
  const module = new Module(filename, undefined);
  module.filename = filename;
  module.paths = Module._nodeModulePaths(module.path);
  if (isMain) process.mainModule = module;
  Module._cache[filename] = module;
  try {
    const compiled = binding.compileCommonJS(text, filename, false);
    rememberSourceMap(module, compiled, filename, text);
    const { exports } = module;
    module[kIsExecuting] = true;
    Reflect.apply(compiled, exports, [exports, makeHookedRequire(module, url), module, filename, path.dirname(filename)]);
    module[kIsExecuting] = false;
    module.loaded = true;
  } finally {
    if (!module.loaded) delete Module._cache[filename];
  }
  return module.exports;
}

module.exports = { runHooked };
