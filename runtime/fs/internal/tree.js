'use strict';
// readdir, mkdir, rm and rmdir in their three faces.

const { codes: { ERR_FS_EISDIR } } = require('internal/errors');
const { deprecate } = require('internal/util');
const { parseFileMode, validateBoolean, validateInt32, validateObject, validateUint32 } =
  require('internal/validators');
const {
  callAsPromise,
  constants,
  encodeName,
  getOptions,
  getValidatedPath,
  isUtf8,
  validateCallback,
  validateRmOptions,
} = require('internal/fs/utils');
const { joinPath, makeDirent, makeDirentSync, makeDirents } = require('internal/fs/dirent');
const { isFileType } = require('internal/fs/stats');
const binding = internalBinding('fs');

const { S_IFDIR, UV_DIRENT_DIR, UV_DIRENT_LINK, UV_DIRENT_UNKNOWN } = constants;
const kDirectory = 1;  // internalModuleStat's word for one

// --- readdir ---------------------------------------------------------------------------------------------------

function readdirOptions(options) {
  options = getOptions(options);
  if (options.recursive != null) validateBoolean(options.recursive, 'options.recursive');
  return options;
}

function decodeNames([names, types], encoding) {
  if (!isUtf8(encoding)) names = names.map((name) => encodeName(name, encoding));
  return [names, types];
}

function listSync(directory, encoding) {
  if (isUtf8(encoding)) return binding.readdir(directory);
  return decodeNames(binding.readdirBytes(directory), encoding);
}

function list(directory, encoding, callback) {
  if (isUtf8(encoding)) {
    binding.readdir(directory, callback);
    return;
  }
  binding.readdirBytes(directory, (error, listing) => {
    if (error) callback(error);
    else callback(null, decodeNames(listing, encoding));
  });
}

function listPromise(directory, encoding) {
  return callAsPromise((done) => list(directory, encoding, done));
}

/** Whether a recursive listing goes into an entry: directories, and links to them. */
function leadsToDirectory(place, type) {
  if (type === UV_DIRENT_DIR) return true;
  if (type !== UV_DIRENT_LINK && type !== UV_DIRENT_UNKNOWN) return false;
  return binding.internalModuleStat(place) === kDirectory;
}

/** One directory's part of a recursive listing: fills `found` and puts what is still to be read into `pending`. */
function collect(place, [names, types], options, found, pending) {
  for (let i = 0; i < names.length; i++) {
    const full = joinPath(place.full, names[i]);
    const relative = place.relative === '' ? names[i] : joinPath(place.relative, names[i]);
    if (options.withFileTypes) found.push(makeDirentSync(place.full, names[i], types[i]));
    else found.push(relative);
    if (leadsToDirectory(full, types[i])) pending.push({ full, relative });
  }
}

function readdirRecursiveSync(root, options) {
  const found = [];
  const pending = [{ full: root, relative: '' }];
  for (let i = 0; i < pending.length; i++) {
    collect(pending[i], listSync(pending[i].full, options.encoding), options, found, pending);
  }
  return found;
}

function readdirSync(path, options) {
  options = readdirOptions(options);
  path = getValidatedPath(path);
  if (options.recursive) return readdirRecursiveSync(path, options);
  const [names, types] = listSync(path, options.encoding);
  if (!options.withFileTypes) return names;
  return names.map((name, i) => makeDirentSync(path, name, types[i]));
}

function readdirRecursive(root, options, callback) {
  const found = [];
  const pending = [{ full: root, relative: '' }];
  let next = 0;
  const step = () => {
    if (next === pending.length) {
      callback(null, found);
      return;
    }
    const place = pending[next++];
    list(place.full, options.encoding, (error, listing) => {
      if (error) {
        callback(error);
        return;
      }
      try {
        collect(place, listing, options, found, pending);
      } catch (collectError) {
        callback(collectError);
        return;
      }
      step();
    });
  };
  step();
}

function readdir(path, options, callback) {
  callback = validateCallback(typeof options === 'function' ? options : callback);
  options = readdirOptions(options);
  path = getValidatedPath(path);
  if (options.recursive) {
    readdirRecursive(path, options, callback);
    return;
  }
  list(path, options.encoding, (error, listing) => {
    if (error) callback(error);
    else if (options.withFileTypes) makeDirents(path, listing[0], listing[1], callback);
    else callback(null, listing[0]);
  });
}

// The promise form goes deep before it goes wide, and with types it stays out of links.
async function readdirRecursivePromise(root, options) {
  const found = [];
  const pending = [{ full: root, relative: '' }];
  while (pending.length > 0) {
    const place = pending.pop();
    const [names, types] = await listPromise(place.full, options.encoding);
    for (let i = 0; i < names.length; i++) {
      const full = joinPath(place.full, names[i]);
      const relative = place.relative === '' ? names[i] : joinPath(place.relative, names[i]);
      if (options.withFileTypes) {
        const dirent = await makeDirent(place.full, names[i], types[i]);
        found.push(dirent);
        if (dirent.isDirectory()) pending.push({ full, relative });
      } else {
        found.push(relative);
        if (leadsToDirectory(full, types[i])) pending.push({ full, relative });
      }
    }
  }
  return found;
}

async function readdirPromise(path, options) {
  options = readdirOptions(options);
  path = getValidatedPath(path);
  if (options.recursive) return readdirRecursivePromise(path, options);
  const [names, types] = await listPromise(path, options.encoding);
  if (!options.withFileTypes) return names;
  return Promise.all(names.map((name, i) => makeDirent(path, name, types[i])));
}

// --- mkdir -----------------------------------------------------------------------------------------------------

/** [path, mode, recursive] */
function mkdirArguments(path, options) {
  let mode = 0o777;
  let recursive = false;
  if (typeof options === 'number' || typeof options === 'string') {
    mode = parseFileMode(options, 'mode');
  } else if (options) {
    if (options.recursive !== undefined) {
      recursive = options.recursive;
      validateBoolean(recursive, 'options.recursive');
    }
    if (options.mode !== undefined) mode = parseFileMode(options.mode, 'options.mode');
  }
  return [getValidatedPath(path), mode, recursive];
}

function mkdirSync(path, options) {
  const [directory, mode, recursive] = mkdirArguments(path, options);
  return binding.mkdir(directory, mode, recursive);
}

function mkdir(path, options, callback) {
  callback = validateCallback(typeof options === 'function' ? options : callback);
  const [directory, mode, recursive] =
    mkdirArguments(path, typeof options === 'function' ? undefined : options);
  binding.mkdir(directory, mode, recursive, (error, first) => {
    if (error) callback(error);
    else if (recursive) callback(null, first);
    else callback(null);
  });
}

async function mkdirPromise(path, options) {
  return await callAsPromise(binding.mkdir, ...mkdirArguments(path, options));
}

// --- rm and rmdir ----------------------------------------------------------------------------------------------

// What another process's use of the tree can cause for a moment.
const retriable = new Set(['EBUSY', 'EMFILE', 'ENFILE', 'ENOTEMPTY', 'EPERM']);

function isDirectoryError(path) {
  return new ERR_FS_EISDIR({
    code: 'EISDIR',
    message: 'is a directory',
    path,
    syscall: 'rm',
    errno: 21,
  });
}

function removeTreeSync(path, { maxRetries, retryDelay }) {
  for (let attempt = 1; ; attempt++) {
    try {
      binding.removeTree(path);
      return;
    } catch (error) {
      if (attempt > maxRetries || !retriable.has(error.code)) throw error;
      if (retryDelay > 0) binding.sleep(attempt * retryDelay);
    }
  }
}

function removeTree(path, options, callback, attempt = 1) {
  binding.removeTree(path, (error) => {
    if (!error || attempt > options.maxRetries || !retriable.has(error.code)) {
      callback(error);
      return;
    }
    const { setTimeout } = require('timers');
    setTimeout(removeTree, attempt * options.retryDelay, path, options, callback, attempt + 1);
  });
}

function rmSync(path, options) {
  path = getValidatedPath(path);
  options = validateRmOptions(options);
  if (!binding.lstat(path, !options.force)) return;
  if (isFileType(S_IFDIR) && !options.recursive) throw isDirectoryError(path);
  removeTreeSync(path, options);
}

function rm(path, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  path = getValidatedPath(path);
  options = validateRmOptions(options);
  validateCallback(callback);
  binding.lstat(path, !options.force, (error, found) => {
    if (error || !found) callback(error);
    else if (isFileType(S_IFDIR) && !options.recursive) callback(isDirectoryError(path));
    else removeTree(path, options, callback);
  });
}

async function rmPromise(path, options) {
  path = getValidatedPath(path);
  options = validateRmOptions(options);
  await callAsPromise((done) => rm(path, options, done));
}

const rmdirDefaults = { maxRetries: 0, recursive: false, retryDelay: 100 };

function rmdirOptions(options) {
  if (options === undefined) return rmdirDefaults;
  validateObject(options, 'options');
  const result = { ...rmdirDefaults, ...options };
  validateBoolean(result.recursive, 'options.recursive');
  validateInt32(result.retryDelay, 'options.retryDelay', 0);
  validateUint32(result.maxRetries, 'options.maxRetries');
  if (result.recursive) warnAboutRecursiveRmdir();
  return result;
}

const warnAboutRecursiveRmdir = deprecate(
  () => {},
  'In future versions of Node.js, fs.rmdir(path, { recursive: true }) will be removed. ' +
  'Use fs.rm(path, { recursive: true }) instead',
  'DEP0147');

function rmdirSync(path, options) {
  path = getValidatedPath(path);
  options = rmdirOptions(options);
  if (!options.recursive) {
    binding.rmdir(path);
    return;
  }
  // Only a directory may go this way: let rmdir itself refuse everything else.
  if (!binding.lstat(path, false) || !isFileType(S_IFDIR)) binding.rmdir(path);
  else removeTreeSync(path, options);
}

function rmdir(path, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  validateCallback(callback);
  path = getValidatedPath(path);
  options = rmdirOptions(options);
  if (!options.recursive) {
    binding.rmdir(path, callback);
    return;
  }
  binding.lstat(path, false, (error, found) => {
    if (error) callback(error);
    else if (!found || !isFileType(S_IFDIR)) binding.rmdir(path, callback);
    else removeTree(path, options, callback);
  });
}

async function rmdirPromise(path, options) {
  path = getValidatedPath(path);
  await callAsPromise((done) => rmdir(path, options, done));
}

module.exports = {
  callback: { mkdir, readdir, rm, rmdir },
  promise: { mkdir: mkdirPromise, readdir: readdirPromise, rm: rmPromise, rmdir: rmdirPromise },
  removeTreeSync,
  sync: { mkdirSync, readdirSync, rmSync, rmdirSync },
};
