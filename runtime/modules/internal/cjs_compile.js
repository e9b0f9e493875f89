'use strict';
// From a file to a running module: what the handlers in Module._extensions do. JavaScript is compiled with the five
// wrapper parameters in C++ (which looks into the compile cache first), JSON is parsed, addons are opened; a file that
// turns out to be an ES module is handed to that loader.

const path = require('path');
const { getOptionValue } = require('internal/options');
const { Module, kFormat, kIsExecuting, kIsMain, kURL, parents } = require('internal/modules/cjs_loader');
const { makeRequire } = require('internal/modules/cjs_require');
const { formatForRequire } = require('internal/modules/format');
const hooks = require('internal/modules/hooks');
const { packageScopeOfFile } = require('internal/modules/package_json');
const { state, takeSource } = require('internal/modules/shared');
const binding = internalBinding('modules');

const defaultWrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
/** The wrapper of a program that changed Module.wrap or Module.wrapper: its code runs the old way then. */
const wrapper = { parts: defaultWrapper.slice(), wrap: defaultWrap, patched: false };

function defaultWrap(script) {
  return wrapper.parts[0] + script + wrapper.parts[1];
}

Object.defineProperty(Module, 'wrap', {
  __proto__: null,
  get() { return wrapper.wrap; },
  set(value) {
    wrapper.patched = true;
    wrapper.wrap = value;
  },
});

const watchedParts = new Proxy(wrapper.parts, {
  set(target, property, value, receiver) {
    wrapper.patched = true;
    return Reflect.set(target, property, value, receiver);
  },
  defineProperty(target, property, descriptor) {
    wrapper.patched = true;
    return Reflect.defineProperty(target, property, descriptor);
  },
});

Object.defineProperty(Module, 'wrapper', {
  __proto__: null,
  get() { return watchedParts; },
  set(value) {
    wrapper.patched = true;
    wrapper.parts = value;
  },
});

/** Compiled through the program's own wrapper. */
function compileWrapped(content, filename) {
  const vm = require('vm');
  return vm.runInThisContext(Module.wrap(content), {
    filename,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

/** A module that Node would have refused to load as ES module, with what to do about it. */
function warnAboutESM(filename) {
  // The exception that comes with it may end the process before the next tick.
  require('internal/process/warning').emitWarningNow(
    `Failed to load the ES module: ${filename}. Make sure to set "type": "module" in the nearest package.json file or ` +
    'use the .mjs extension.');
}

/**
 * The function of a CommonJS module; undefined when the text is an ES module's and may be one.
 * @param {string} content
 * @param {string} filename
 * @param {string|undefined} format undefined: look at the text
 */
function compileFunction(content, filename, format, isMain) {
  if (wrapper.patched) return compileWrapped(content, filename);
  const detect = format === undefined && getOptionValue(isMain ? '--experimental-detect-module' : '--require-module');
  try {
    return binding.compileCommonJS(content, filename, detect);
  } catch (error) {
    if (!detect && binding.hasModuleSyntax(content, filename)) warnAboutESM(filename);
    throw error;
  }
}

function stripTypes(content, filename) {
  return require('internal/modules/typescript').stripForModule(content, filename);
}

Module.prototype._compile = function(content, filename, format) {
  if (format !== undefined && format.endsWith('typescript')) {
    content = stripTypes(content, filename);
    format = format === 'typescript' ? undefined : format.slice(0, -'-typescript'.length);
  }
  if (format === 'module') return loadESM(this, filename, content);
  const compiled = compileFunction(content, filename, format, this[kIsMain]);
  if (compiled === undefined) return loadESM(this, filename, content);
  if (state.sourceMaps) {
    const url = binding.sourceMapUrl(compiled);
    if (url) require('internal/modules/source_map_cache').remember(filename, content, url);
  }
  const { exports } = this;
  this[kIsExecuting] = true;
  const dirname = path.dirname(filename);
  const result = Reflect.apply(compiled, exports, [exports, makeRequire(this), this, filename, dirname]);
  this[kIsExecuting] = false;
  return result;
};

/** require() of an ES module: its graph must not await. */
function loadESM(module, filename, source) {
  if (module[kIsMain]) {
    require('internal/modules/run_main').importMain(filename);
    return undefined;
  }
  const parent = parents.get(module);
  if (!getOptionValue('--require-module')) {
    const { codes: { ERR_REQUIRE_ESM } } = require('internal/errors');
    throw new ERR_REQUIRE_ESM(filename, true, parent?.filename, packageScopeOfFile(filename)?.file);
  }
  const tracing = getOptionValue('--trace-require-module');
  if (tracing) traceRequireOfESM(tracing, filename, parent);
  const namespace = require('internal/modules/esm_loader').requireESM(module, filename, source, parent);
  if (Object.hasOwn(namespace, 'module.exports')) {
    module.exports = namespace['module.exports'];
  } else if (!Object.hasOwn(namespace, 'default') || Object.hasOwn(namespace, '__esModule')) {
    module.exports = namespace;
  } else {
    module.exports = require('internal/modules/esm_loader').facadeFor(filename);
  }
  return undefined;
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

/** The text of a file, as the load hooks have it if there are any. */
function sourceOf(module, filename, format) {
  if (hooks.hasLoad()) {
    const loaded = require('internal/modules/cjs_hooks').load(module[kURL], filename, format);
    if (loaded.source !== undefined) return loaded;
  }
  return { source: takeSource(filename) ?? binding.readFile(filename), format };
}

function stripBOM(text) {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

Module._extensions['.js'] = function(module, filename) {
  const { source, format } = sourceOf(module, filename, module[kFormat] ?? formatForRequire(filename));
  if (format === 'json') {
    parseJson(module, filename, source);
    return;
  }
  module._compile(source, filename, format);
};

function parseJson(module, filename, text) {
  let value;
  try {
    value = JSON.parse(stripBOM(text));
  } catch (error) {
    error.message = `${filename}: ${error.message}`;
    throw error;
  }
  module.exports = value;
}

Module._extensions['.json'] = function(module, filename) {
  parseJson(module, filename, sourceOf(module, filename, 'json').source);
};

Module._extensions['.node'] = function(module, filename) {
  return process.dlopen(module, path.toNamespacedPath(filename));
};
