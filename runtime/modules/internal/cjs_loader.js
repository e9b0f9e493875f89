'use strict';
// The CommonJS loader: class Module and its public, patchable statics (_load, _resolveFilename, _findPath, ...), as
// programs that hook into require() know them. Runs for every require() of user code; what a file's text becomes is
// in cjs_compile.js, where files are found in cjs_resolve.js.

const path = require('path');
const dc = require('diagnostics_channel');
const { codes: { ERR_INVALID_ARG_VALUE, ERR_UNKNOWN_BUILTIN_MODULE } } = require('internal/errors');
const { validateString } = require('internal/validators');
const { getOptionValue } = require('internal/options');
const builtins = require('internal/modules/builtins');
const circular = require('internal/modules/circular');
const { isOverridden } = require('internal/modules/conditions');
const hooks = require('internal/modules/hooks');
const resolver = require('internal/modules/cjs_resolve');
const timing = require('internal/modules/timing');
const { isIncompleteESM, kURL, state } = require('internal/modules/shared');

const requireChannel = dc.tracingChannel('module.require');

const kIsMain = Symbol('kIsMainSymbol');
const kIsCachedByESMLoader = Symbol('kIsCachedByESMLoader');
const kFormat = Symbol('kFormat');
const kIsExecuting = Symbol('kIsExecuting');

/** @type {WeakMap<Module, Module|null|undefined>} who required a module first */
const parents = new WeakMap();

/** What a request from a folder led to before: `${folder}\0${request}` to a filename. */
const resolvedFrom = Object.create(null);

function addChild(parent, child, lookForIt) {
  const children = parent?.children;
  if (children && !(lookForIt && children.includes(child))) children.push(child);
}

function Module(id = '', parent) {
  this.id = id;
  this.path = path.dirname(id);
  // Defined, not assigned: a setter that someone put on Object.prototype must not see it.
  Object.defineProperty(this, 'exports', { value: {}, writable: true, enumerable: true, configurable: true });
  parents.set(this, parent);
  addChild(parent, this, false);
  this.filename = null;
  this.loaded = false;
  this.children = [];
}

Module._cache = Object.create(null);
Module._pathCache = Object.create(null);
Module._extensions = Object.create(null);
/** @type {string[]} */
Module.globalPaths = [];

/** The folders of NODE_PATH and the like; globalPaths is the public copy. */
let modulePaths = [];

Module._findPath = function(request, paths, isMain) {
  const absolute = path.isAbsolute(request);
  if (absolute) {
    paths = [''];
  } else if (!paths || paths.length === 0) {
    return false;
  }
  const key = `${request}\0${paths.length === 1 ? paths[0] : paths.join('\0')}`;
  const cacheable = !isOverridden();
  const known = cacheable && Module._pathCache[key];
  if (known) return known;
  let extensions;
  for (let i = 0; i < paths.length; i++) {
    if (typeof paths[i] !== 'string') {
      const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
      throw new ERR_INVALID_ARG_TYPE('paths', 'array of strings', paths);
    }
    extensions ??= Object.keys(Module._extensions);
    const found = resolver.tryIn(paths[i], request, extensions, isMain);
    if (found) {
      if (cacheable) Module._pathCache[key] = found;
      return found;
    }
  }
  return false;
};

Module._nodeModulePaths = function(from) {
  return resolver.nodeModulePaths(from);
};

Module._resolveLookupPaths = function(request, parent) {
  if (builtins.canBeRequired(request)) return null;
  const relative = request[0] === '.' && (request.length === 1 || request[1] === '.' || request[1] === '/');
  if (!relative) {
    const paths = parent?.paths?.length ? parent.paths.concat(modulePaths) : modulePaths;
    return paths.length > 0 ? paths : null;
  }
  if (!parent?.id || !parent.filename) return ['.'];
  return [path.dirname(parent.filename)];
};

/** The folders to look in when the caller of require.resolve() named its own. */
function lookupPathsOf(request, options) {
  if (!Array.isArray(options.paths)) throw new ERR_INVALID_ARG_VALUE('options.paths', options.paths);
  if (resolver.isRelative(request)) return options.paths;
  const fake = new Module('', null);
  const paths = [];
  for (const folder of options.paths) {
    fake.paths = Module._nodeModulePaths(folder);
    for (const candidate of Module._resolveLookupPaths(request, fake)) {
      if (!paths.includes(candidate)) paths.push(candidate);
    }
  }
  return paths;
}

function requireStackOf(parent) {
  const stack = [];
  const seen = new Set();
  for (let cursor = parent; cursor && !seen.has(cursor); cursor = parents.get(cursor)) {
    seen.add(cursor);
    stack.push(cursor.filename || cursor.id);
  }
  return stack;
}

/**
 * A file in whose package code without a file is: what is typed in the REPL, and -r, which finds the package of the current
 * folder by its name.
 */
function placeOf(parent) {
  if (parent?.filename || (parent?.id !== '<repl>' && parent?.id !== 'internal/preload')) return parent?.filename;
  // Without paths the current folder is gone.
  return parent.paths?.length > 0 ? path.join(process.cwd(), parent.id) : undefined;
}

function usesPackageMap(request, parent) {
  return getOptionValue('--experimental-package-map') !== '' && parent?.filename &&
    !resolver.isRelative(request) && !path.isAbsolute(request);
}

Module._resolveFilename = function(request, parent, isMain, options) {
  if (builtins.canBeRequired(request)) return request;
  let paths;
  if (typeof options === 'object' && options !== null && options.paths !== undefined) {
    paths = lookupPathsOf(request, options);
  } else {
    paths = Module._resolveLookupPaths(request, parent);
  }
  if (request[0] === '#' && (parent?.filename || parent?.id === '<repl>')) {
    const parentFile = parent.filename ?? path.join(process.cwd(), '<repl>');
    const found = resolver.tryImports(parentFile, request);
    if (found) return found;
  }
  const filename = usesPackageMap(request, parent) ?
    resolver.tryPackageMap(parent.filename, request, Object.keys(Module._extensions)) :
    resolver.trySelf(placeOf(parent), request) || Module._findPath(request, paths, isMain);
  if (filename) return filename;
  const requireStack = requireStackOf(parent);
  let message = `Cannot find module '${request}'`;
  if (requireStack.length > 0) message += `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
  const error = new Error(message);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = requireStack;
  throw error;
};

function loadBuiltin(id, request) {
  const exports = builtins.requireBuiltin(id);
  if (exports === undefined) throw new ERR_UNKNOWN_BUILTIN_MODULE(request);
  return exports;
}

/** A request with the node: prefix: never the file system's. */
function loadPrefixed(request) {
  const id = request.slice(5);
  if (!builtins.isPublic(id)) throw new ERR_UNKNOWN_BUILTIN_MODULE(request);
  return loadBuiltin(id, request);
}

/** A module that is in the cache already, perhaps half way through its own code. */
function fromCache(cached, parent) {
  addChild(parent, cached, true);
  if (cached.loaded) return cached.exports;
  if (isIncompleteESM(cached)) throwRequireCycle(cached.filename, parents.get(cached));
  return circular.exportsOfUnfinished(cached);
}

function throwRequireCycle(filename, parent) {
  const { codes: { ERR_REQUIRE_CYCLE_MODULE } } = require('internal/errors');
  const from = parent?.filename ? ` (from ${parent.filename})` : '';
  throw new ERR_REQUIRE_CYCLE_MODULE(
    `Cannot require() ES Module ${filename} in a cycle.${from} A cycle involving require(esm) is not allowed to ` +
    'maintain invariants mandated by the ECMAScript specification. Try making at least part of the dependency in ' +
    'the graph lazily loaded.');
}

function becomeMain(module) {
  process.mainModule = module;
  module.id = '.';
  module[kIsMain] = true;
}

/** A module that throws leaves no trace in the cache. */
function forget(module, filename, parent, relativeKey) {
  delete Module._cache[filename];
  if (relativeKey !== undefined) delete resolvedFrom[relativeKey];
  const children = parent?.children;
  const index = Array.isArray(children) ? children.indexOf(module) : -1;
  if (index !== -1) children.splice(index, 1);
}

/** A module whose source load hooks put in the place of a built-in's; each of the built-in's names has its own. */
function loadOverride({ url, format, source }, name) {
  const module = new Module(url, undefined);
  module.filename = url;
  module.paths = [];
  Module._cache[name] = module;
  if (format === 'json') {
    module.exports = JSON.parse(source);
  } else {
    module._compile(source, url, format);
  }
  module.loaded = true;
  return module.exports;
}

/** Runs the file of a CommonJS module that import has resolved; hooks have had their say. */
function loadFile(filename, isMain) {
  const cached = Module._cache[filename];
  if (cached !== undefined) return fromCache(cached, undefined);
  return runFile({ filename, url: undefined, format: undefined }, undefined, isMain, undefined);
}

/** What a request leads to: { filename, url, format, source? } */
function resolveRequest(request, parent, isMain) {
  if (hooks.hasResolve()) return require('internal/modules/cjs_hooks').resolve(Module, request, parent, isMain);
  return { filename: Module._resolveFilename(request, parent, isMain), url: undefined, format: undefined };
}

Module._load = function(request, parent, isMain) {
  let relativeKey;
  if (parent && !hooks.hasResolve()) {
    relativeKey = `${parent.path}\0${request}`;
    const filename = resolvedFrom[relativeKey];
    if (filename !== undefined) {
      const cached = Module._cache[filename];
      if (cached !== undefined) return fromCache(cached, parent);
      delete resolvedFrom[relativeKey];
    }
  }
  if (request.startsWith('node:') && !hooks.hasResolve() && !hooks.hasLoad()) return loadPrefixed(request);
  const resolved = resolveRequest(request, parent, isMain);
  const { filename } = resolved;
  const cached = Module._cache[filename];
  if (cached !== undefined) {
    if (relativeKey !== undefined) resolvedFrom[relativeKey] = filename;
    return fromCache(cached, parent);
  }
  if (builtins.canBeRequired(filename)) {
    const override = hooks.hasLoad() ? require('internal/modules/cjs_hooks').loadBuiltin(filename) : undefined;
    if (override !== undefined) return loadOverride(override, filename);
    return filename.startsWith('node:') ? loadPrefixed(filename) : loadBuiltin(filename, request);
  }
  if (filename.startsWith('node:')) throw new ERR_UNKNOWN_BUILTIN_MODULE(filename);
  return runFile(resolved, parent, isMain, relativeKey);
};

function runFile({ filename, url, format }, parent, isMain, relativeKey) {
  const module = new Module(filename, parent);
  if (isMain) {
    becomeMain(module);
  } else {
    module[kIsMain] = false;
  }
  module[kIsCachedByESMLoader] = false;
  module[kURL] = url;
  module[kFormat] = format;
  Module._cache[filename] = module;
  if (relativeKey !== undefined) resolvedFrom[relativeKey] = filename;
  let threw = true;
  try {
    module.load(filename);
    threw = false;
  } finally {
    if (threw) forget(module, filename, parent, relativeKey);
  }
  circular.finished(module);
  return module.exports;
}

/** What modules exported when they had been loaded: what ES modules import, whatever is put there later. */
const loadedExports = new WeakMap();

/** The longest registered extension of a file's name: '.b.c' before '.c' for 'a.b.c'. */
function longestExtension(filename) {
  const name = path.basename(filename);
  for (let dot = name.indexOf('.', 1); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const extension = name.slice(dot);
    if (Module._extensions[extension]) return extension;
  }
  return '.js';
}

Module.prototype.load = function(filename) {
  if (this.loaded) throw new (require('internal/errors').codes.ERR_INTERNAL_ASSERTION)('module is loaded already');
  this.filename ??= filename;
  this.paths ??= Module._nodeModulePaths(path.dirname(filename));
  state.reportDependency?.(filename);
  Module._extensions[longestExtension(filename)](this, filename);
  this.loaded = true;
  loadedExports.set(this, this.exports);
};

Module.prototype.require = function(id) {
  validateString(id, 'id');
  if (id === '') throw new ERR_INVALID_ARG_VALUE('id', id, 'must be a non-empty string');
  resolver.enterRequire();
  const timed = timing.begin(this, id);
  try {
    if (requireChannel.hasSubscribers) {
      const context = { __proto__: null, parentFilename: this.filename, id };
      return requireChannel.traceSync(Module._load, context, Module, id, this, /* isMain */ false);
    }
    return Module._load(id, this, /* isMain */ false);
  } finally {
    timed?.();
    resolver.leaveRequire();
  }
};

function warnAboutParent() {
  if (state.saidParentIsDeprecated || !getOptionValue('--pending-deprecation')) return;
  state.saidParentIsDeprecated = true;
  process.emitWarning(
    'module.parent is deprecated due to accuracy issues. Please use require.main to find program entry point instead.',
    'DeprecationWarning', 'DEP0144');
}

Object.defineProperties(Module.prototype, {
  __proto__: null,
  constructor: { __proto__: null, get() { return Module; } },
  isPreloading: { __proto__: null, get() { return state.preloading; } },
  parent: {
    __proto__: null,
    get() {
      warnAboutParent();
      return parents.get(this);
    },
    set(value) {
      warnAboutParent();
      parents.set(this, value);
    },
  },
});

Module._initPaths = function() {
  modulePaths = resolver.globalFolders();
  Module.globalPaths = modulePaths.slice();
};

Module._preloadModules = function(requests) {
  if (!Array.isArray(requests)) return;
  state.preloading = true;
  // The cache key of this parent is no file's: what it requires is looked up from the current folder.
  const parent = new Module('internal/preload', null);
  try {
    parent.paths = Module._nodeModulePaths(process.cwd());
  } catch (error) {
    if (error.code !== 'ENOENT') {
      state.preloading = false;
      throw error;
    }
  }
  for (const request of requests) parent.require(request);
  state.preloading = false;
};

Module.isBuiltin = function isBuiltin(moduleName) {
  return builtins.isBuiltin(moduleName);
};

function publicStat(file) {
  validateString(file, 'filename');
  return resolver.stat(file);
}

Object.defineProperty(Module, '_stat', {
  __proto__: null,
  get() { return publicStat; },
  set(stat) { resolver.replaceStat(stat); },
});

Module.Module = Module;

module.exports = {
  Module,
  kFormat,
  kIsCachedByESMLoader,
  kIsExecuting,
  kIsMain,
  kURL,
  loadFile,
  loadedExports,
  parents,
  requireStackOf,
  throwRequireCycle,
};
