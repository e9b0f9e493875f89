'use strict';
// The calls that are nothing but their arguments: one line each gives the synchronous function, the one with a
// callback and the promise. What needs more (options, results to convert, several steps) has a module of its own.

const { parseFileMode, validateInteger, validateOneOf } = require('internal/validators');
const {
  callAsPromise,
  getAccessMode,
  getCopyMode,
  getValidatedFd,
  getValidatedPath,
  toUnixTimestamp,
  validateCallback,
} = require('internal/fs/utils');
const binding = internalBinding('fs');

const kMaxId = 2 ** 32 - 1;

function checkIds(uid, gid) {
  validateInteger(uid, 'uid', -1, kMaxId);
  validateInteger(gid, 'gid', -1, kMaxId);
}

function chownArguments(path, uid, gid) {
  path = getValidatedPath(path);
  checkIds(uid, gid);
  return [path, uid, gid];
}

function timesArguments(path, atime, mtime) {
  return [getValidatedPath(path), toUnixTimestamp(atime), toUnixTimestamp(mtime)];
}

function fdArguments(fd) {
  return [getValidatedFd(fd)];
}

// The kind of link matters on Windows only, but a wrong one is an error everywhere.
function symlinkArguments(target, path, type) {
  validateOneOf(type, 'type', ['dir', 'file', 'junction', null, undefined]);
  return [getValidatedPath(target, 'target'), getValidatedPath(path), 0];
}

function twoPaths(firstName, secondName) {
  return (first, second) => [getValidatedPath(first, firstName), getValidatedPath(second, secondName)];
}

/**
 * name: what fs calls it (fs.nameSync, fs.name, fs.promises.name); native: the binding's function, if named otherwise;
 * length: how many parameters there are before the callback; optional: how many of those may be left out;
 * check: the user's arguments to the native ones.
 */
const calls = [
  { name: 'access', length: 2, optional: 1,
    check: (path, mode) => [getValidatedPath(path), getAccessMode(mode)] },
  { name: 'chmod', length: 2,
    check: (path, mode) => [getValidatedPath(path), parseFileMode(mode, 'mode')] },
  { name: 'chown', length: 3, check: chownArguments },
  { name: 'copyFile', length: 3, optional: 1,
    check: (src, dest, mode) =>
      [getValidatedPath(src, 'src'), getValidatedPath(dest, 'dest'), getCopyMode(mode)] },
  { name: 'fchmod', length: 2,
    check: (fd, mode) => [getValidatedFd(fd), parseFileMode(mode, 'mode')] },
  { name: 'fchown', length: 3,
    check(fd, uid, gid) {
      fd = getValidatedFd(fd);
      checkIds(uid, gid);
      return [fd, uid, gid];
    } },
  { name: 'fdatasync', length: 1, check: fdArguments },
  { name: 'fsync', length: 1, check: fdArguments },
  { name: 'ftruncate', length: 2, optional: 1,
    check(fd, length = 0) {
      fd = getValidatedFd(fd);
      validateInteger(length, 'len');
      return [fd, Math.max(0, length)];
    } },
  { name: 'futimes', length: 3,
    check: (fd, atime, mtime) =>
      [getValidatedFd(fd), toUnixTimestamp(atime, 'atime'), toUnixTimestamp(mtime, 'mtime')] },
  { name: 'lchown', length: 3, check: chownArguments },
  { name: 'link', length: 2, check: twoPaths('existingPath', 'newPath') },
  { name: 'lutimes', length: 3, check: timesArguments },
  { name: 'rename', length: 2, check: twoPaths('oldPath', 'newPath') },
  { name: 'symlink', length: 3, optional: 1, check: symlinkArguments },
  { name: 'unlink', length: 1, check: (path) => [getValidatedPath(path)] },
  { name: 'utimes', length: 3, check: timesArguments },
];

function named(fn, name, length) {
  Object.defineProperty(fn, 'name', { value: name, configurable: true });
  Object.defineProperty(fn, 'length', { value: length, configurable: true });
  return fn;
}

function makeSync({ name, length, check }) {
  const native = binding[name];
  return named(function(...args) {
    args.length = Math.min(args.length, length);
    Reflect.apply(native, undefined, Reflect.apply(check, undefined, args));
  }, `${name}Sync`, length);
}

function makeCallback({ name, length, optional = 0, check }) {
  const native = binding[name];
  return named(function(...args) {
    let count = length;
    for (let i = length - optional; i < length; i++) {
      if (typeof args[i] === 'function') {
        count = i;
        break;
      }
    }
    const callback = args[count];
    args.length = count;
    const nativeArgs = Reflect.apply(check, undefined, args);
    nativeArgs.push(validateCallback(callback));
    Reflect.apply(native, undefined, nativeArgs);
  }, name, length + 1);
}

function makePromise({ name, length, optional = 0, check }) {
  const native = binding[name];
  return named(async function(...args) {
    return await callAsPromise(native, ...Reflect.apply(check, undefined, args.slice(0, length)));
  }, name, name === 'copyFile' || name === 'symlink' ? length : length - optional);
}

const sync = {};
const callback = {};
const promise = {};
for (const call of calls) {
  sync[`${call.name}Sync`] = makeSync(call);
  callback[call.name] = makeCallback(call);
  promise[call.name] = makePromise(call);
}

module.exports = { callback, promise, sync };
