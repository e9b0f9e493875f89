'use strict';
// From a loaded source to a module record, one function per format. Every format but JavaScript's own becomes a
// synthetic module, whose exports are set when it is evaluated.

const { codes: { ERR_UNKNOWN_BUILTIN_MODULE } } = require('internal/errors');
const { fileURLToPath } = require('internal/url');
const builtins = require('internal/modules/builtins');
const { Module, loadFile, loadedExports } = require('internal/modules/cjs_loader');
const hooks = require('internal/modules/hooks');
const { takeSource } = require('internal/modules/shared');
const binding = internalBinding('modules');
const { ModuleWrap, defaultHostSymbol } = binding;

function textOf(source) {
  if (typeof source === 'string') return source;
  const { Buffer } = require('buffer');
  return Buffer.from(source.buffer ?? source, source.byteOffset, source.byteLength).toString('utf8');
}

function sourceText(url, source) {
  return new ModuleWrap(url, undefined, textOf(source), 0, 0, defaultHostSymbol);
}

/** A synthetic module with a default export that is there already. */
function defaultOnly(url, value) {
  return new ModuleWrap(url, undefined, ['default'], function() {
    this.setExport('default', value);
  });
}

function filenameOf(url) {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}

function setCommonExports(wrap, names, exports) {
  for (const name of names) {
    if (name === 'default' || name === 'module.exports') continue;
    let value;
    try {
      // A getter may run, and throw: the name stays undefined then.
      value = exports[name];
    } catch {
      value = undefined;
    }
    wrap.setExport(name, value);
  }
  wrap.setExport('default', exports);
  wrap.setExport('module.exports', exports);
}

/** Whether the file is a CommonJS module that require() is running at this moment. */
function isRunning(filename) {
  const module = Module._cache[filename];
  return module !== undefined && !module.loaded;
}

function commonjs(url, source, { isMain, hooked, requiresByHooks }) {
  const filename = filenameOf(url);
  const text = source === null || source === undefined ? binding.readFile(filename) : textOf(source);
  const names = require('internal/modules/cjs_exports').exportNames(filename, text);
  const exportNames = [...names.difference(new Set(['default', 'module.exports'])), 'default', 'module.exports'];
  return new ModuleWrap(url, undefined, exportNames, function() {
    let exports;
    if (requiresByHooks) exports = require('internal/modules/hooked_require').runHooked(url, text, isMain);
    else exports = hooked ? runHooked(url, filename, text) : runCommonJS(filename, isMain);
    takeSource(filename);
    setCommonExports(this, exportNames, exports);
  });
}

/** Module._load is what programs patch; while resolve hooks are active it would ask them a second time. */
function runCommonJS(filename, isMain) {
  const exports = hooks.hasResolve() ? loadFile(filename, isMain) : Module._load(filename, undefined, isMain);
  const module = Module._cache[filename];
  return module !== undefined && module.exports === exports && loadedExports.has(module) ? loadedExports.get(module) : exports;
}

/** A CommonJS module whose text a load hook made: it runs under its URL's path, but not from the file. */
function runHooked(url, filename, text) {
  const cached = Module._cache[filename];
  if (cached !== undefined) return cached.exports;
  const module = new Module(filename, undefined);
  module.filename = filename;
  module.paths = Module._nodeModulePaths(module.path);
  Module._cache[filename] = module;
  module._compile(text, filename, 'commonjs');
  module.loaded = true;
  return module.exports;
}

function json(url, source) {
  const filename = filenameOf(url);
  const cacheable = url.startsWith('file:') && !/[?#]/.test(url);
  const cached = cacheable ? Module._cache[filename] : undefined;
  if (cached?.loaded) return defaultOnly(url, cached.exports);
  const text = textOf(source);
  let value;
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    error.message = `${filename}: ${error.message}`;
    throw error;
  }
  if (cacheable) {
    const module = new Module(filename, undefined);
    module.filename = filename;
    module.exports = value;
    module.loaded = true;
    Module._cache[filename] = module;
  }
  return defaultOnly(url, value);
}

function bytes(url, source) {
  const { buffer, byteOffset, byteLength } = source;
  return defaultOnly(url, new Uint8Array(buffer, byteOffset, byteLength).slice());
}

function text(url, source) {
  const value = textOf(source);
  return defaultOnly(url, value.charCodeAt(0) === 0xfeff ? value.slice(1) : value);
}

/** @type {Map<string, { wrap: any, names: string[] }>} the modules of built-ins, for syncBuiltinESMExports */
const builtinWraps = new Map();

function builtin(url) {
  if (!builtins.canBeRequired(url)) throw new ERR_UNKNOWN_BUILTIN_MODULE(url);
  const id = builtins.idOf(url);
  const exports = builtins.requireBuiltin(id);
  const names = Object.keys(exports).filter((name) => name !== 'default');
  const wrap = new ModuleWrap(url, undefined, [...names, 'default'], function() {
    setBuiltinExports(this, id, names);
  });
  builtinWraps.set(id, { wrap, names });
  return wrap;
}

function setBuiltinExports(wrap, id, names) {
  const exports = builtins.requireBuiltin(id);
  for (const name of names) {
    let value;
    try {
      value = exports[name];
    } catch {
      // Getters of built-ins that cannot be had here.
    }
    wrap.setExport(name, value);
  }
  wrap.setExport('default', exports);
}

function syncBuiltinExports() {
  for (const [id, { wrap, names }] of builtinWraps) {
    if (wrap.getStatus() === binding.kEvaluated) setBuiltinExports(wrap, id, names);
  }
}

function addon(url) {
  const filename = filenameOf(url);
  return new ModuleWrap(url, undefined, ['default', 'module.exports'], function() {
    setCommonExports(this, [], Module._load(filename, undefined, false));
  });
}

function typescript(url, source, context) {
  const { format } = context;
  const text = require('internal/modules/typescript').stripForModule(textOf(source), filenameOf(url));
  if (format === 'module-typescript') return sourceText(url, text);
  if (format === 'typescript' && binding.hasModuleSyntax(text, filenameOf(url))) return sourceText(url, text);
  return commonjs(url, text, { ...context, format: 'commonjs', hooked: false });
}

/** @type {Record<string, (url: string, source: any, context: object) => any>} */
const translators = {
  '__proto__': null,
  addon,
  builtin,
  bytes,
  commonjs,
  'commonjs-typescript': typescript,
  json,
  'module': sourceText,
  'module-typescript': typescript,
  text,
  typescript,
  wasm: (url, source) => require('internal/modules/esm_wasm').wasm(url, source, filenameOf(url)),
};

/** Formats that are nothing without a source. */
const formatsWithSource = { '__proto__': null, 'json': true, 'module': true, 'module-typescript': true, 'wasm': true };

module.exports = { filenameOf, formatsWithSource, isRunning, syncBuiltinExports, translators };
