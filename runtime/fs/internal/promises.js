'use strict';
// fs.promises. Most functions come from the topic modules; here are those that take or give FileHandles, and the
// object that programs see.

const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const { parseFileMode, validateBoolean } = require('internal/validators');
const {
  callAsPromise,
  constants,
  copyObject,
  getOptions,
  getValidatedPath,
  stringToFlags,
} = require('internal/fs/utils');
const {
  FileHandle, isIterable, throwIfAborted, writeFileTo,
} = require('internal/fs/file_handle');
const {
  abortable, appendDefaults, kNoFd, readDefaults, startReadFile, toBytes, writeDefaults,
} = require('internal/fs/whole_file');
const simpleCalls = require('internal/fs/simple_calls').promise;
const stat = require('internal/fs/stat').promise;
const links = require('internal/fs/links').promise;
const tree = require('internal/fs/tree').promise;
const binding = internalBinding('fs');

const kDefaultMode = 0o666;

async function open(path, flags, mode) {
  path = getValidatedPath(path);
  const fd = await callAsPromise(binding.open, path, stringToFlags(flags),
                                 parseFileMode(mode, 'mode', kDefaultMode));
  return new FileHandle(fd);
}

async function readFile(path, options) {
  options = getOptions(options, readDefaults);
  if (path instanceof FileHandle) return path.readFile(options);
  const { flag = 'r', signal } = options;
  path = getValidatedPath(path);
  throwIfAborted(signal);
  return await callAsPromise((done) => startReadFile(
    path, kNoFd, stringToFlags(flag), options, abortable(signal, done)));
}

async function writeFile(path, data, options) {
  options = getOptions(options, writeDefaults);
  const flag = options.flag || 'w';
  const flush = options.flush ?? false;
  validateBoolean(flush, 'options.flush');
  if (path instanceof FileHandle) return writeFileTo(path, data, options);
  throwIfAborted(options.signal);
  // What produces its data over time needs the file open all along; and a flush is FileHandle's sync().
  if (flush || isIterable(data)) return writeThroughHandle(path, data, flag, options);
  const bytes = toBytes(data, options.encoding);
  path = getValidatedPath(path);
  return await callAsPromise((done) => binding.writeFile(
    path, kNoFd, bytes, stringToFlags(flag), parseFileMode(options.mode, 'mode', kDefaultMode),
    abortable(options.signal, done)));
}

async function writeThroughHandle(path, data, flag, options) {
  const handle = await open(path, flag, options.mode);
  try {
    await writeFileTo(handle, data, options);
  } finally {
    await handle.close();
  }
}

async function appendFile(path, data, options) {
  options = copyObject(getOptions(options, appendDefaults));
  options.flag ||= 'a';
  return writeFile(path, data, options);
}

async function truncate(path, len = 0) {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(len);
  } finally {
    await handle.close();
  }
}

async function lchmod(path, mode) {
  throw new ERR_METHOD_NOT_IMPLEMENTED('lchmod()');
}

async function opendir(path, options) {
  return require('internal/fs/dir').opendirPromise(path, options);
}

async function cp(src, dest, options) {
  return require('internal/fs/cp').cpPromise(src, dest, options);
}

function glob(pattern, options) {
  return require('internal/fs/glob').globPromise(pattern, options);
}

function watch(filename, options = {}) {
  return require('internal/fs/watchers').watchPromise(filename, options);
}

module.exports = {
  FileHandle,
  exports: {
    access: simpleCalls.access,
    copyFile: simpleCalls.copyFile,
    cp,
    glob,
    open,
    opendir,
    rename: simpleCalls.rename,
    truncate,
    rm: tree.rm,
    rmdir: tree.rmdir,
    mkdir: tree.mkdir,
    readdir: tree.readdir,
    readlink: links.readlink,
    symlink: simpleCalls.symlink,
    lstat: stat.lstat,
    stat: stat.stat,
    statfs: stat.statfs,
    link: simpleCalls.link,
    unlink: simpleCalls.unlink,
    chmod: simpleCalls.chmod,
    lchmod,
    lchown: simpleCalls.lchown,
    chown: simpleCalls.chown,
    utimes: simpleCalls.utimes,
    lutimes: simpleCalls.lutimes,
    realpath: links.realpath,
    mkdtemp: links.mkdtemp,
    mkdtempDisposable: links.mkdtempDisposable,
    writeFile,
    appendFile,
    readFile,
    watch,
    constants,
  },
};
