'use strict';
// module.enableCompileCache() and its relatives: Node's interface to the compile cache. Gyre's own cache is on from the
// start, in the user's cache folder; when the program or NODE_COMPILE_CACHE names a folder, that one is used instead.

const path = require('path');
const binding = internalBinding('modules');

const status = Object.freeze({ __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 });

/** @type {string|undefined} the folder in the named one that belongs to this version */
let directory;

/** NODE_DEBUG_NATIVE=COMPILE_CACHE */
function isVerbose() {
  const categories = process.env.NODE_DEBUG_NATIVE;
  return categories !== undefined && categories.toUpperCase().split(',').includes('COMPILE_CACHE');
}

function say(text) {
  if (isVerbose()) internalBinding('process').writeStderr(`[compile cache] ${text}\n`);
}

/** Another version or build cannot use what this one writes, and another user should not. */
function versionFolder() {
  const { arch, version } = process;
  return `gyre-${version}-${arch}-${binding.codeVersion()}-${process.getuid()}`;
}

function isPermitted(folder) {
  if (process.permission === undefined) return undefined;
  const { has, scopes } = internalBinding('permission');
  for (const kind of ['write', 'read']) {
    if (has(scopes[`fs.${kind}`], folder)) continue;
    return `Skipping compile cache because ${kind} permission for ${folder} is not granted`;
  }
  return undefined;
}

/** @returns {{ status: number, message?: string, directory?: string }} */
function enable(folder, portable) {
  const { env } = process;
  if (env.NODE_DISABLE_COMPILE_CACHE !== undefined) {
    say('Disabled by NODE_DISABLE_COMPILE_CACHE.');
    return { status: status.DISABLED, message: 'Disabled by NODE_DISABLE_COMPILE_CACHE' };
  }
  if (directory !== undefined) return { status: status.ALREADY_ENABLED, directory };
  const resolved = path.resolve(folder);
  const versioned = path.join(resolved, versionFolder());
  say(`resolved path ${folder} + ${versionFolder()} -> ${versioned}`);
  const refusal = isPermitted(versioned);
  if (refusal !== undefined) {
    say(refusal);
    return { status: status.FAILED, message: refusal };
  }
  portable ??= env.NODE_COMPILE_CACHE_PORTABLE === '1';
  const problem = binding.openCacheFolder(versioned, Boolean(portable), isVerbose());
  if (problem !== undefined) {
    return { status: status.FAILED, message: `Cannot create cache directory: ${problem}` };
  }
  directory = versioned;
  return { status: status.ENABLED, directory: resolved };
}

/** NODE_COMPILE_CACHE, at start-up. @returns {boolean} whether there is something to use instead of Gyre's own cache */
function enableByEnvironment() {
  return enable(process.env.NODE_COMPILE_CACHE, undefined).status === status.ENABLED;
}

/** @param {string|{ directory?: string, portable?: boolean }} [options] */
function enableCompileCache(options) {
  let folder = options;
  let portable;
  if (typeof options === 'object' && options !== null) ({ directory: folder, portable } = options);
  folder ??= options === null ? null : process.env.NODE_COMPILE_CACHE;
  folder = folder === undefined ? path.join(require('os').tmpdir(), 'node-compile-cache') : folder;
  if (typeof folder !== 'string') {
    const error = new TypeError('cacheDir should be a string');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  return enable(folder, portable);
}

function getCompileCacheDir() {
  return directory;
}

function flushCompileCache(keepDeserializedCache) {
  if (keepDeserializedCache !== undefined && typeof keepDeserializedCache !== 'boolean') {
    throw Object.assign(new TypeError('keepDeserializedCache should be a boolean'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  say('module.flushCompileCache() requested.');
  binding.saveCompileCache();
  say('module.flushCompileCache() finished.');
}

module.exports = { enableByEnvironment, enableCompileCache, flushCompileCache, getCompileCacheDir, status };
