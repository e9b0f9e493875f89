'use strict';

// Run with path, in the start-up snapshot; makes what the POSIX and the Windows flavour of path share: resolution of
// `.` and `..`, and everything that only looks at the last component.

const { validateObject, validateString } = require('internal/validators');

const kDot = 46;
const kSlash = 47;
const kBackslash = 92;

/** @param {number} code */
function isPosixSeparator(code) {
  return code === kSlash;
}

/** @param {number} code */
function isWindowsSeparator(code) {
  return code === kSlash || code === kBackslash;
}

/**
 * Resolves `.`, `..` and empty components.
 * @param {string} path without its root
 * @param {boolean} keepsDotDot whether `..` may lead above the start (the path is relative)
 * @param {string} separator put between the components
 * @param {(code: number) => boolean} isSeparator
 */
function normalizeComponents(path, keepsDotDot, separator, isSeparator) {
  // Most paths have nothing to resolve, and several are asked for by each start: native loops find that out.
  if (isSeparator === isPosixSeparator && path.charCodeAt(0) !== kDot && !path.includes('/.') && !path.includes('//')) {
    const start = path.charCodeAt(0) === kSlash ? 1 : 0;
    return path.slice(start, trimmedEnd(path, start, isSeparator));
  }
  const components = [];
  let removable = 0;  // How many of them a `..` may take away.
  for (let start = 0, end = 0; end <= path.length; end++) {
    if (end < path.length && !isSeparator(path.charCodeAt(end))) continue;
    const length = end - start;
    const dots = length > 0 && length <= 2 && path.charCodeAt(start) === kDot &&
      path.charCodeAt(end - 1) === kDot;
    if (dots && length === 2) {
      if (removable > 0) {
        components.pop();
        removable--;
      } else if (keepsDotDot) {
        components.push('..');
      }
    } else if (length > 0 && !dots) {
      components.push(path.slice(start, end));
      removable++;
    }
    start = end + 1;
  }
  return components.join(separator);
}

/** The end of `path` without trailing separators, but not before `start`. */
function trimmedEnd(path, start, isSeparator) {
  let end = path.length;
  while (end > start && isSeparator(path.charCodeAt(end - 1))) end--;
  return end;
}

/** Where the last component that ends at `end` starts. */
function lastComponentStart(path, start, end, isSeparator) {
  if (isSeparator === isPosixSeparator) {
    return end > start ? Math.max(path.lastIndexOf('/', end - 1) + 1, start) : end;
  }
  let index = end;
  while (index > start && !isSeparator(path.charCodeAt(index - 1))) index--;
  return index;
}

/** Where the extension of a file name starts; its end when it has none. */
function extensionStart(name) {
  if (name === '..') return 2;
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name.length : dot;
}

/** The last component of `path` from `start` on, without `suffix` if that leaves something. */
function basenameFrom(path, start, suffix, isSeparator) {
  const end = trimmedEnd(path, start, isSeparator);
  const name = path.slice(lastComponentStart(path, start, end, isSeparator), end);
  if (suffix === undefined || suffix.length === 0) return name;
  // Trailing separators count when the suffix has them.
  if (suffix === path) return '';
  if (name.length === 0 && suffix.length <= path.length) return path.slice(start);
  if (suffix.length >= name.length || !name.endsWith(suffix)) return name;
  return name.slice(0, name.length - suffix.length);
}

function formatExtension(extension) {
  if (!extension) return '';
  return extension[0] === '.' ? extension : `.${extension}`;
}

/**
 * @param {string} separator
 * @param {import('path').FormatInputPathObject} pathObject
 */
function format(separator, pathObject) {
  validateObject(pathObject, 'pathObject');
  const directory = pathObject.dir || pathObject.root;
  const base = pathObject.base ||
    `${pathObject.name || ''}${formatExtension(pathObject.ext)}`;
  if (!directory) return base;
  return directory === pathObject.root ? `${directory}${base}` : `${directory}${separator}${base}`;
}

/** Fills in what path.parse() says of the last component. */
function parseBase(result, base) {
  const extension = extensionStart(base);
  result.base = base;
  result.ext = base.slice(extension);
  result.name = base.slice(0, extension);
  return result;
}

function checkSuffix(suffix) {
  if (suffix !== undefined) validateString(suffix, 'suffix');
}

module.exports = {
  basenameFrom,
  checkSuffix,
  extensionStart,
  format,
  isPosixSeparator,
  isWindowsSeparator,
  lastComponentStart,
  normalizeComponents,
  parseBase,
  trimmedEnd,
};
