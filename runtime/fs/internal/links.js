'use strict';
// readlink, realpath and mkdtemp: calls that answer with a path, in the encoding that their options ask for.

const path = require('path');
const { isUint8Array } = require('internal/util/types');
const {
  callAsPromise,
  encodeName,
  getOptions,
  getValidatedPath,
  isUtf8,
  validateCallback,
} = require('internal/fs/utils');
const { toPathIfFileURL } = require('internal/url');
const binding = internalBinding('fs');

/** Runs `native` or its variant that answers in bytes. */
function pathSync(native, path, encoding) {
  if (isUtf8(encoding)) return binding[native](path);
  return encodeName(binding[`${native}Bytes`](path), encoding);
}

function pathCallback(native, path, encoding, callback) {
  if (isUtf8(encoding)) {
    binding[native](path, callback);
    return;
  }
  binding[`${native}Bytes`](path, (error, bytes) => {
    if (error) callback(error);
    else callback(null, encodeName(bytes, encoding));
  });
}

async function pathPromise(native, path, encoding) {
  return await callAsPromise(
    (done) => pathCallback(native, path, encoding, done));
}

function readlinkSync(path, options) {
  const { encoding } = getOptions(options);
  return pathSync('readlink', getValidatedPath(path), encoding);
}

function readlink(path, options, callback) {
  callback = validateCallback(typeof options === 'function' ? options : callback);
  const { encoding } = getOptions(options);
  pathCallback('readlink', getValidatedPath(path), encoding, callback);
}

async function readlinkPromise(path, options) {
  const { encoding } = getOptions(options);
  return await pathPromise('readlink', getValidatedPath(path, 'oldPath'), encoding);
}

/** The absolute path of what the user gave; anything is taken by its string form, as it always was. */
function absolute(pathOrUrl) {
  return path.resolve(getValidatedPath(`${toPathIfFileURL(pathOrUrl)}`));
}

function realpathSync(path, options) {
  const { encoding } = getOptions(options);
  return pathSync('realpath', absolute(path), encoding);
}

realpathSync.native = function(path, options) {
  const { encoding } = getOptions(options);
  return pathSync('realpathNative', getValidatedPath(path), encoding);
};

function realpath(path, options, callback) {
  callback = validateCallback(typeof options === 'function' ? options : callback);
  const { encoding } = getOptions(options);
  pathCallback('realpath', absolute(path), encoding, callback);
}

realpath.native = function(path, options, callback) {
  callback = validateCallback(callback || options);
  const { encoding } = getOptions(options);
  pathCallback('realpathNative', getValidatedPath(path), encoding, callback);
};

async function realpathPromise(path, options) {
  const { encoding } = getOptions(options);
  return await pathPromise('realpathNative', getValidatedPath(path), encoding);
}

let warned = false;

/** X at the end is where mkdtemp puts its own; more of them are a portability trap. */
function warnOnTrailingXs(prefix) {
  const last = typeof prefix === 'string' ? prefix.at(-1) : String.fromCharCode(prefix.at(-1));
  if (warned || last !== 'X') return;
  warned = true;
  process.emitWarning('mkdtemp() templates ending with X are not portable. ' +
                      'For details see: https://nodejs.org/api/fs.html');
}

function mkdtempPrefix(prefix) {
  prefix = getValidatedPath(prefix, 'prefix');
  warnOnTrailingXs(prefix);
  return prefix;
}

function mkdtempSync(prefix, options) {
  const { encoding } = getOptions(options);
  return pathSync('mkdtemp', mkdtempPrefix(prefix), encoding);
}

function mkdtemp(prefix, options, callback) {
  callback = validateCallback(typeof options === 'function' ? options : callback);
  const { encoding } = getOptions(options);
  pathCallback('mkdtemp', mkdtempPrefix(prefix), encoding, callback);
}

async function mkdtempPromise(prefix, options) {
  const { encoding } = getOptions(options);
  return await pathPromise('mkdtemp', mkdtempPrefix(prefix), encoding);
}

/** The absolute place of a new temporary directory, fixed now: the program may change its directory later. */
function disposablePath(directory) {
  return isUint8Array(directory) ? directory : path.resolve(directory);
}

function mkdtempDisposableSync(prefix, options) {
  const directory = mkdtempSync(prefix, options);
  const place = disposablePath(directory);
  const remove = () => binding.removeTree(place);
  return {
    path: directory,
    remove,
    [Symbol.dispose]: remove,
  };
}

async function mkdtempDisposablePromise(prefix, options) {
  const directory = await mkdtempPromise(prefix, options);
  const place = disposablePath(directory);
  const remove = async () => { await callAsPromise(binding.removeTree, place); };
  return {
    __proto__: null,
    path: directory,
    remove,
    [Symbol.asyncDispose]: remove,
  };
}

module.exports = {
  callback: { mkdtemp, readlink, realpath },
  promise: {
    mkdtemp: mkdtempPromise,
    mkdtempDisposable: mkdtempDisposablePromise,
    readlink: readlinkPromise,
    realpath: realpathPromise,
  },
  sync: { mkdtempDisposableSync, mkdtempSync, readlinkSync, realpathSync },
};
