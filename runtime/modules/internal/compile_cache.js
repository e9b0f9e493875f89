'use strict';
// module.enableCompileCache() and its relatives: Node's interface to the compile cache. Gyre's own cache is on from the
// start, in the user's cache folder; a program that names a folder moves it there.

const path = require('path');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const binding = internalBinding('modules');

const status = Object.freeze({ __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 });

/** @type {string|undefined} the folder that the program or NODE_COMPILE_CACHE named */
let directory;

function enable(folder) {
  directory = path.join(path.resolve(folder), `gyre-${process.versions.v8}-${process.arch}`);
  binding.enableCompileCache(directory, process.argv[1] ?? process.cwd());
}

/** @param {string|{ directory?: string, portable?: boolean }} [options] */
function enableCompileCache(options) {
  let folder = options;
  if (typeof options === 'object' && options !== null) folder = options.directory;
  if (folder !== undefined && typeof folder !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('cacheDir', 'string', folder);
  }
  const { env } = process;
  if (env.NODE_DISABLE_COMPILE_CACHE) {
    return { status: status.DISABLED, message: 'Disabled by NODE_DISABLE_COMPILE_CACHE' };
  }
  if (directory !== undefined) return { status: status.ALREADY_ENABLED, directory };
  folder ??= env.NODE_COMPILE_CACHE || path.join(require('os').tmpdir(), 'node-compile-cache');
  enable(folder);
  return { status: status.ENABLED, directory };
}

function getCompileCacheDir() {
  return directory;
}

function flushCompileCache() {
  binding.saveCompileCache();
}

module.exports = { enable, enableCompileCache, flushCompileCache, getCompileCacheDir, status };
