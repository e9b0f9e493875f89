'use strict';
// fs.cp: copies files and trees. The algorithm is written once, as a generator that yields each system call; run
// synchronously or with promises, it is cpSync, cp and promises.cp.

const path = require('path');
const {
  codes: {
    ERR_FS_CP_DIR_TO_NON_DIR, ERR_FS_CP_EEXIST, ERR_FS_CP_EINVAL, ERR_FS_CP_FIFO_PIPE,
    ERR_FS_CP_NON_DIR_TO_DIR, ERR_FS_CP_SOCKET, ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY,
    ERR_FS_CP_UNKNOWN, ERR_FS_EISDIR, ERR_INVALID_RETURN_VALUE,
  },
} = require('internal/errors');
const { isPromise } = require('internal/util/types');
const { callAsPromise, getValidatedPath, validateCallback, validateCpOptions } =
  require('internal/fs/utils');
const { makeStats } = require('internal/fs/stats');
const binding = internalBinding('fs');

const EEXIST = 17;
const ENOTDIR = 20;
const EISDIR = 21;
const EINVAL = 22;

const kOwnerWrite = 0o200;

/** What the generator yields: a native call, a native stat, or the user's filter. */
const call = (native, ...args) => ({ kind: 'call', native, args });
const stat = (native, place, mustExist) => ({ kind: 'stat', native, args: [place, mustExist] });
const ask = (filter, src, dest) => ({ kind: 'filter', filter, args: [src, dest] });

function cpError(ErrorClass, message, place, errno, code) {
  return new ErrorClass({ message, path: place, syscall: 'cp', errno, code });
}

function invalid(message, place) {
  return cpError(ERR_FS_CP_EINVAL, message, place, EINVAL, 'EINVAL');
}

const isSame = (a, b) => a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;

/** Whether `dest` is `src` or inside of it, by the paths alone. */
function isInside(src, dest) {
  const from = path.resolve(src).split(path.sep).filter(Boolean);
  const to = path.resolve(dest).split(path.sep).filter(Boolean);
  return from.every((part, i) => to[i] === part);
}

function* statBoth(src, dest, options) {
  const native = options.dereference ? 'stat' : 'lstat';
  const srcStat = yield stat(native, src, true);
  const destStat = yield stat(native, dest, false);
  return [srcStat, destStat];
}

/** Refuses pairs that cannot be copied onto each other; gives the stats of both. */
function* checkPaths(src, dest, options) {
  const [srcStat, destStat] = yield* statBoth(src, dest, options);
  if (destStat !== undefined) {
    if (isSame(srcStat, destStat)) throw invalid('src and dest cannot be the same', dest);
    if (srcStat.isDirectory() && !destStat.isDirectory()) {
      throw cpError(ERR_FS_CP_DIR_TO_NON_DIR,
                    `cannot overwrite non-directory ${dest} with directory ${src}`,
                    dest, EISDIR, 'EISDIR');
    }
    if (!srcStat.isDirectory() && destStat.isDirectory()) {
      throw cpError(ERR_FS_CP_NON_DIR_TO_DIR,
                    `cannot overwrite directory ${dest} with non-directory ${src}`,
                    dest, ENOTDIR, 'ENOTDIR');
    }
  }
  if (srcStat.isDirectory() && isInside(src, dest)) {
    throw invalid(`cannot copy ${src} to a subdirectory of self ${dest}`, dest);
  }
  return [srcStat, destStat];
}

/** A link on the way to `dest` may lead into `src`: no parent of it may be `src` itself. */
function* checkParents(src, srcStat, dest) {
  const srcParent = path.resolve(path.dirname(src));
  let parent = path.resolve(path.dirname(dest));
  while (parent !== srcParent && parent !== path.parse(parent).root) {
    const parentStat = yield stat('stat', parent, false);
    if (parentStat === undefined) return;
    if (isSame(srcStat, parentStat)) {
      throw invalid(`cannot copy ${src} to a subdirectory of self ${dest}`, dest);
    }
    parent = path.resolve(path.dirname(parent));
  }
}

function* isWanted(src, dest, { filter }) {
  return filter === undefined || Boolean(yield ask(filter, src, dest));
}

/** The permission model is asked for the whole before anything is done. */
function checkPermission(src, dest) {
  const { check, scopes } = internalBinding('permission');
  check(scopes['fs.read'], src);
  check(scopes['fs.write'], dest);
}

function* copyRoot(src, dest, options) {
  if (!(yield* isWanted(src, dest, options))) return;
  checkPermission(src, dest);
  const [srcStat, destStat] = yield* checkPaths(src, dest, options);
  yield* checkParents(src, srcStat, dest);
  yield call('mkdir', path.dirname(dest), 0o777, true);
  yield* copyEntry(src, srcStat, dest, destStat, options);
}

function* copyEntry(src, srcStat, dest, destStat, options) {
  if (srcStat.isDirectory()) {
    if (!options.recursive) {
      throw cpError(ERR_FS_EISDIR, `Recursive option not enabled, cannot copy a directory: ${src}`,
                    src, EISDIR, 'EISDIR');
    }
    yield* copyDirectory(src, srcStat, dest, destStat, options);
  } else if (srcStat.isFile() || srcStat.isCharacterDevice() || srcStat.isBlockDevice()) {
    yield* copyFile(src, srcStat, dest, destStat, options);
  } else if (srcStat.isSymbolicLink()) {
    yield* copyLink(src, dest, destStat, options);
  } else if (srcStat.isSocket()) {
    throw cpError(ERR_FS_CP_SOCKET, `cannot copy a socket file: ${dest}`, dest, EINVAL, 'EINVAL');
  } else if (srcStat.isFIFO()) {
    throw cpError(ERR_FS_CP_FIFO_PIPE, `cannot copy a FIFO pipe: ${dest}`, dest, EINVAL, 'EINVAL');
  } else {
    throw cpError(ERR_FS_CP_UNKNOWN, `cannot copy an unknown file type: ${dest}`, dest, EINVAL,
                  'EINVAL');
  }
}

function* copyFile(src, srcStat, dest, destStat, options) {
  if (destStat !== undefined) {
    if (options.force) {
      yield call('unlink', dest);
    } else if (options.errorOnExist) {
      throw cpError(ERR_FS_CP_EEXIST, `${dest} already exists`, dest, EEXIST, 'EEXIST');
    } else {
      return;
    }
  }
  yield call('copyFile', src, dest, options.mode);
  if (options.preserveTimestamps) {
    // utimes needs a file that its owner may write; the mode is put right below.
    if ((srcStat.mode & kOwnerWrite) === 0) yield call('chmod', dest, srcStat.mode | kOwnerWrite);
    // Copying read the source: its access time is newer than what srcStat says.
    const now = yield stat('stat', src, true);
    yield call('utimes', dest, now.atimeMs / 1000, now.mtimeMs / 1000);
  }
  yield call('chmod', dest, srcStat.mode);
}

function* copyDirectory(src, srcStat, dest, destStat, options) {
  if (destStat !== undefined && options.errorOnExist && !options.force) {
    throw cpError(ERR_FS_CP_EEXIST, `${dest} already exists`, dest, EEXIST, 'EEXIST');
  }
  if (destStat === undefined) yield call('mkdir', dest, 0o777, false);
  const [names] = yield call('readdir', src);
  for (const name of names) {
    const from = path.join(src, name);
    const to = path.join(dest, name);
    if (!(yield* isWanted(from, to, options))) continue;
    const [fromStat, toStat] = yield* checkPaths(from, to, options);
    yield* copyEntry(from, fromStat, to, toStat, options);
  }
  if (destStat === undefined) yield call('chmod', dest, srcStat.mode);
}

function* copyLink(src, dest, destStat, options) {
  let target = yield call('readlink', src);
  if (!options.verbatimSymlinks && !path.isAbsolute(target)) {
    target = path.resolve(path.dirname(src), target);
  }
  if (destStat === undefined) {
    yield call('symlink', target, dest, 0);
    return;
  }
  // Something other than a link in the way: symlink says EEXIST.
  if (!destStat.isSymbolicLink()) {
    yield call('symlink', target, dest, 0);
    return;
  }
  yield* checkLinks(src, target, dest);
  yield call('unlink', dest);
  yield call('symlink', target, dest, 0);
}

function* checkLinks(src, target, dest) {
  let existing = yield call('readlink', dest);
  if (!path.isAbsolute(existing)) existing = path.resolve(path.dirname(dest), existing);
  const srcTarget = yield stat('stat', src, false);
  if (srcTarget === undefined || !srcTarget.isDirectory()) return;
  if (isInside(target, existing)) {
    throw invalid(`cannot copy ${target} to a subdirectory of self ${existing}`, dest);
  }
  if (isInside(existing, target)) {
    throw cpError(ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY,
                  `cannot overwrite ${existing} with ${target}`, dest, EINVAL, 'EINVAL');
  }
}

// --- the two ways to run it ------------------------------------------------------------------------------------

function performSync({ kind, native, filter, args }) {
  if (kind === 'call') return binding[native](...args);
  if (kind === 'stat') return binding[native](...args) ? makeStats() : undefined;
  const wanted = filter(...args);
  if (isPromise(wanted)) throw new ERR_INVALID_RETURN_VALUE('boolean', 'filter', wanted);
  return wanted;
}

function perform({ kind, native, filter, args }) {
  if (kind === 'call') return callAsPromise(binding[native], ...args);
  if (kind === 'filter') return filter(...args);
  return callAsPromise((done) => {
    binding[native](...args, (error, found) => done(error, found ? makeStats() : undefined));
  });
}

function cpSync(src, dest, options) {
  options = validateCpOptions(options);
  const steps = copyRoot(getValidatedPath(src, 'src').toString(),
                         getValidatedPath(dest, 'dest').toString(), options);
  let step = steps.next();
  while (!step.done) {
    let value;
    try {
      value = performSync(step.value);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
}

async function cpPromise(src, dest, options) {
  options = validateCpOptions(options);
  const steps = copyRoot(getValidatedPath(src, 'src').toString(),
                         getValidatedPath(dest, 'dest').toString(), options);
  let step = steps.next();
  while (!step.done) {
    let value;
    try {
      value = await perform(step.value);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
}

function cp(src, dest, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  callback = validateCallback(callback);
  options = validateCpOptions(options);
  src = getValidatedPath(src, 'src');
  dest = getValidatedPath(dest, 'dest');
  cpPromise(src, dest, options).then(() => process.nextTick(callback, null),
                                     (error) => process.nextTick(callback, error));
}

module.exports = { cp, cpPromise, cpSync };
