'use strict';
// stat, lstat, fstat, statfs and exists, in their three faces.

const { deprecate, promisify } = require('internal/util');
const { validateAbortSignal } = require('internal/validators');
const { abortable, checkAborted } = require('internal/fs/whole_file');
const {
  getValidatedFd,
  getValidatedPath,
  rethrowWithStack,
  validateCallback,
} = require('internal/fs/utils');
const { makeStatFs, makeStats } = require('internal/fs/stats');
const binding = internalBinding('fs');

const defaults = { bigint: false, throwIfNoEntry: true };

function statSync(path, options = defaults) {
  const found = binding.stat(getValidatedPath(path), options.throwIfNoEntry !== false);
  return found ? makeStats(options.bigint) : undefined;
}

function lstatSync(path, options = defaults) {
  const found = binding.lstat(getValidatedPath(path), options.throwIfNoEntry !== false);
  return found ? makeStats(options.bigint) : undefined;
}

function fstatSync(fd, options = defaults) {
  binding.fstat(getValidatedFd(fd));
  return makeStats(options.bigint);
}

function statfsSync(path, options = defaults) {
  binding.statfs(getValidatedPath(path));
  return makeStatFs(options.bigint);
}

/** What the native calls back with: (error, found), the figures being in the shared arrays right then. */
function settle(callback, bigint) {
  return (error, found) => {
    if (error) callback(error);
    else callback(null, found ? makeStats(bigint) : undefined);
  };
}

function stat(path, options = defaults, callback) {
  if (typeof options === 'function') [options, callback] = [defaults, options];
  validateCallback(callback);
  path = getValidatedPath(path);
  if (options.signal !== undefined) {
    validateAbortSignal(options.signal, 'options.signal');
    if (checkAborted(options.signal, callback)) return;
    callback = abortable(options.signal, callback);
  }
  binding.stat(path, options.throwIfNoEntry !== false,
               settle(callback, options.bigint));
}

function lstat(path, options = defaults, callback) {
  if (typeof options === 'function') [options, callback] = [defaults, options];
  validateCallback(callback);
  binding.lstat(getValidatedPath(path), true, settle(callback, options.bigint));
}

function fstat(fd, options = defaults, callback) {
  fd = getValidatedFd(fd);
  if (typeof options === 'function') [options, callback] = [defaults, options];
  validateCallback(callback);
  binding.fstat(fd, settle(callback, options.bigint));
}

function statfs(path, options = defaults, callback) {
  if (typeof options === 'function') [options, callback] = [defaults, options];
  validateCallback(callback);
  const { bigint } = options;
  binding.statfs(getValidatedPath(path), (error) => {
    if (error) callback(error);
    else callback(null, makeStatFs(bigint));
  });
}

/** start(callback) begins the native call; the promise is for the stats it left. */
function statPromise(start, bigint, make = makeStats) {
  return new Promise((resolve, reject) => {
    start((error, found) => {
      if (error) reject(error);
      else resolve(found ? make(bigint) : undefined);
    });
  }).catch(rethrowWithStack);
}

const promise = {
  async stat(path, options = defaults) {
    path = getValidatedPath(path);
    return await statPromise(
      (done) => binding.stat(path, options.throwIfNoEntry !== false, done), options.bigint);
  },
  async lstat(path, options = defaults) {
    path = getValidatedPath(path);
    return await statPromise((done) => binding.lstat(path, true, done), options.bigint);
  },
  async statfs(path, options = defaults) {
    path = getValidatedPath(path);
    return await statPromise((done) => binding.statfs(path, done), options.bigint, makeStatFs);
  },
};

/** The stats of an open FileHandle's descriptor. */
function fstatPromise(fd, options = defaults) {
  return statPromise((done) => binding.fstat(fd, done), options.bigint);
}

const warnAboutExists = deprecate(
  () => {}, 'Passing invalid argument types to fs.existsSync is deprecated', 'DEP0187');

function existsSync(path) {
  try {
    path = getValidatedPath(path);
  } catch (error) {
    if (error?.code === 'ERR_INVALID_ARG_TYPE') warnAboutExists();
    return false;
  }
  return binding.exists(path);
}

function exists(path, callback) {
  validateCallback(callback);
  try {
    path = getValidatedPath(path);
  } catch {
    callback(false);
    return;
  }
  binding.access(path, 0, (error) => callback(!error));
}
Object.defineProperty(exists, promisify.custom, {
  value: function exists(path) {
    return new Promise((resolve) => module.exports.callback.exists(path, resolve));
  },
});

module.exports = {
  callback: { exists, fstat, lstat, stat, statfs },
  fstatPromise,
  promise,
  sync: { existsSync, fstatSync, lstatSync, statSync, statfsSync },
};
