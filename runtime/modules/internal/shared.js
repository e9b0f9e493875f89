'use strict';
// The few facts that the loaders tell each other without loading each other.

const state = {
  /**
   * The asynchronous hooks of module.register(), once there are any: resolve() and load() give promises, resolveSync() and
   * loadSync() wait; the hooks thread itself has not got these.
   * @type {any}
   */
  asyncHooks: undefined,
  /** Whether asynchronous hooks run here. */
  isHooksThread: false,
  /** The URL of the program's entry when that is an ES module. @type {string|undefined} */
  mainUrl: undefined,
  /** `--watch`: tells which files are loaded. @type {((file: string) => void)|undefined} */
  reportDependency: undefined,
  /** True while -r and --import modules run. */
  preloading: false,
  /** module.parent warns once. */
  saidParentIsDeprecated: false,
  /** --inspect-brk: a debugger sees the program's first statement. */
  breaksOnStart: false,
  /** Whether stacks are mapped back to sources: --enable-source-maps and module.setSourceMapsSupport(). */
  sourceMaps: false,
};

/** Modules of the CommonJS cache whose ES module is still being linked or evaluated. @type {WeakSet<object>} */
const incompleteESM = new WeakSet();

function isIncompleteESM(module) {
  return incompleteESM.has(module);
}

/** Texts that the ES module loader read to look for exports, for the CommonJS loader that will run them. */
const sources = new Map();

function keepSource(filename, source) {
  sources.set(filename, source);
}

function takeSource(filename) {
  const source = sources.get(filename);
  if (source !== undefined) sources.delete(filename);
  return source;
}

/** Property of CommonJS modules: the URL they were resolved to where hooks or createRequire() say so. */
const kURL = Symbol('kURL');

module.exports = { incompleteESM, isIncompleteESM, kURL, keepSource, state, takeSource };
