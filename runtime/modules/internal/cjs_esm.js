'use strict';
// What require() does with an ES module.

const { parents } = require('internal/modules/cjs_loader');
const { packageScopeOfFile } = require('internal/modules/package_json');

/** --no-require-module */
function refuseRequireOfESM(filename, source, parent) {
  const { codes: { ERR_REQUIRE_ESM } } = require('internal/errors');
  const hasSyntax = filename.endsWith('.mjs') || internalBinding('modules').hasModuleSyntax(source, filename);
  throw new ERR_REQUIRE_ESM(filename, hasSyntax, parent?.filename, packageScopeOfFile(filename)?.file);
}

/** @param {string} mode 'all' or 'no-node-modules' */
function traceRequireOfESM(mode, filename, parent) {
  const from = parent?.filename;
  if (mode === 'no-node-modules' && from !== undefined && /[/\\]node_modules[/\\]/.test(from)) return;
  process.emitWarning(
    `CommonJS module ${from ?? '[internal]'} is loading ES Module ${filename} using require().\n` +
    'Support for loading ES Module in require() is an experimental feature and might change at any time',
    'ExperimentalWarning');
}

/** The value of require(), from the module's namespace. */
function exportsOfESM(namespace, filename) {
  if (Object.hasOwn(namespace, 'module.exports')) return namespace['module.exports'];
  if (!Object.hasOwn(namespace, 'default') || Object.hasOwn(namespace, '__esModule')) return namespace;
  return require('internal/modules/esm_loader').facadeFor(filename);
}

/** require() of an ES module: its graph must not await. */
function requireESM(module, filename, source) {
  const { getOptionValue } = require('internal/options');
  const parent = parents.get(module);
  if (!getOptionValue('--require-module')) refuseRequireOfESM(filename, source, parent);
  const tracing = getOptionValue('--trace-require-module');
  if (tracing) traceRequireOfESM(tracing, filename, parent);
  const namespace = require('internal/modules/esm_loader').requireESM(module, filename, source, parent);
  module.exports = exportsOfESM(namespace, filename);
}

module.exports = { exportsOfESM, refuseRequireOfESM, requireESM };
