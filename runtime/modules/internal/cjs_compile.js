'use strict';
// From a file to a running module: what the handlers in Module._extensions do. JavaScript is compiled with the five
// wrapper parameters in C++ (which looks into the compile cache first), JSON is parsed, addons are opened; a file that
// turns out to be an ES module is handed to that loader.

const path = require('path');
const { getOptionValue } = require('internal/options');
const { Module, kFormat, kIsExecuting, kIsMain, kURL } = require('internal/modules/cjs_loader');
const { makeRequire } = require('internal/modules/cjs_require');
const { formatForRequire } = require('internal/modules/format');
const hooks = require('internal/modules/hooks');
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
    importModuleDynamically: binding.defaultHostSymbol,
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
 * Throws the syntax error of a text in the program's own wrapper.
 * @returns {boolean} whether there is such a wrapper
 */
function checkWrapped(content, filename) {
  if (wrapper.patched) new (require('vm').Script)(Module.wrap(content), { filename });
  return wrapper.patched;
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
  // Without --require-module there is nothing to strip types for.
  if (format === 'module-typescript' && !this[kIsMain] && !getOptionValue('--require-module')) {
    loadESM(this, filename, content);
    return undefined;
  }
  if (format !== undefined && format.endsWith('typescript')) {
    content = stripTypes(content, filename);
    format = format === 'typescript' ? undefined : format.slice(0, -'-typescript'.length);
  }
  if (format === 'module') {
    loadESM(this, filename, content);
    return undefined;
  }
  const compiled = compileFunction(content, filename, format, this[kIsMain]);
  if (compiled === undefined) {
    loadESM(this, filename, content);
    return undefined;
  }
  rememberSourceMap(this, compiled, filename, content);
  const { exports } = this;
  this[kIsExecuting] = true;
  const run = this[kIsMain] && state.breaksOnStart ? internalBinding('inspector').callAndPauseOnStart : null;
  const parameters = [exports, makeRequire(this), this, filename, path.dirname(filename)];
  const result = run === null ? Reflect.apply(compiled, exports, parameters) : run(compiled, exports, ...parameters);
  this[kIsExecuting] = false;
  return result;
};

/** Called before the function that a module was compiled to is run. */
function rememberSourceMap(module, compiled, filename, content) {
  if (!state.sourceMaps) return;
  const url = binding.sourceMapUrl(compiled);
  if (url) require('internal/modules/source_map_cache').remember(module, filename, content, url);
}

/** The program's entry is imported, all else is required. */
function loadESM(module, filename, source) {
  if (module[kIsMain]) require('internal/modules/run_main').importMain(filename);
  else require('internal/modules/cjs_esm').requireESM(module, filename, source);
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

module.exports = { checkWrapped, rememberSourceMap };
