'use strict';

// Run with path, in the start-up snapshot; makes path.posix.

const {
  basenameFrom,
  checkSuffix,
  extensionStart,
  format,
  isPosixSeparator,
  lastComponentStart,
  normalizeComponents,
  parseBase,
  trimmedEnd,
} = require('internal/path/common');
const { validateString } = require('internal/validators');

const kSlash = 47;
const isWindows = process.platform === 'win32';

function isAbsolutePath(path) {
  return path.charCodeAt(0) === kSlash;
}

/** process.cwd() as a POSIX path. */
function workingDirectory() {
  const directory = process.cwd();
  if (!isWindows) return directory;
  const slashed = directory.replaceAll('\\', '/');
  return slashed.slice(slashed.indexOf('/'));
}

function normalize(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  const absolute = isAbsolutePath(path);
  const trailing = path.charCodeAt(path.length - 1) === kSlash;
  const body = normalizeComponents(path, !absolute, '/', isPosixSeparator);
  if (body.length === 0) {
    if (absolute) return '/';
    return trailing ? './' : '.';
  }
  return `${absolute ? '/' : ''}${body}${trailing ? '/' : ''}`;
}

function resolve(...paths) {
  let resolved = '';
  let absolute = false;
  for (let i = paths.length - 1; i >= 0 && !absolute; i--) {
    const path = paths[i];
    validateString(path, `paths[${i}]`);
    if (path.length === 0) continue;
    resolved = resolved.length === 0 ? path : `${path}/${resolved}`;
    absolute = isAbsolutePath(path);
  }
  if (!absolute) {
    const directory = workingDirectory();
    resolved = `${directory}/${resolved}`;
    absolute = isAbsolutePath(directory);
  }
  resolved = normalizeComponents(resolved, !absolute, '/', isPosixSeparator);
  if (absolute) return `/${resolved}`;
  return resolved.length > 0 ? resolved : '.';
}

function isAbsolute(path) {
  validateString(path, 'path');
  return isAbsolutePath(path);
}

function join(...paths) {
  let joined = '';
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i];
    validateString(path, 'path');
    if (path.length > 0) joined = joined.length === 0 ? path : `${joined}/${path}`;
  }
  return joined.length === 0 ? '.' : normalize(joined);
}

/** The components of a resolved path. */
function componentsOf(path) {
  return path.length === 1 ? [] : path.slice(1).split('/');
}

function relative(from, to) {
  validateString(from, 'from');
  validateString(to, 'to');
  if (from === to) return '';
  const source = componentsOf(resolve(from));
  const target = componentsOf(resolve(to));
  let common = 0;
  while (common < source.length && source[common] === target[common]) common++;
  const up = source.slice(common).fill('..');
  return up.concat(target.slice(common)).join('/');
}

function toNamespacedPath(path) {
  return path;
}

function dirname(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  const absolute = isAbsolutePath(path);
  const root = absolute ? 1 : 0;
  const end = trimmedEnd(path, root, isPosixSeparator);
  const start = lastComponentStart(path, root, end, isPosixSeparator);
  if (start === root) return absolute ? '/' : '.';
  // Two leading slashes may mean something to the system, so they stay two.
  if (absolute && start === 2) return '//';
  return path.slice(0, start - 1);
}

function basename(path, suffix) {
  checkSuffix(suffix);
  validateString(path, 'path');
  return basenameFrom(path, 0, suffix, isPosixSeparator);
}

function extname(path) {
  validateString(path, 'path');
  const name = basenameFrom(path, 0, undefined, isPosixSeparator);
  return name.slice(extensionStart(name));
}

function parse(path) {
  validateString(path, 'path');
  const result = { root: '', dir: '', base: '', ext: '', name: '' };
  if (path.length === 0) return result;
  const root = isAbsolutePath(path) ? 1 : 0;
  result.root = path.slice(0, root);
  const end = trimmedEnd(path, root, isPosixSeparator);
  const start = lastComponentStart(path, root, end, isPosixSeparator);
  result.dir = start > root ? path.slice(0, start - 1) : result.root;
  return parseBase(result, path.slice(start, end));
}

function matchesGlob(path, pattern) {
  return require('internal/path/glob').matchesGlob(path, pattern, false);
}

module.exports = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format: format.bind(null, '/'),
  parse,
  matchesGlob,
  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
};
