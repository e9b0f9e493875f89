'use strict';

// Run with path, in the start-up snapshot; makes path.win32.

const {
  basenameFrom,
  checkSuffix,
  extensionStart,
  format,
  isWindowsSeparator,
  lastComponentStart,
  normalizeComponents,
  parseBase,
  trimmedEnd,
} = require('internal/path/common');
const { validateString } = require('internal/validators');

const kColon = 58;
const isWindows = process.platform === 'win32';

function isLetter(code) {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function isSeparatorAt(path, index) {
  return index < path.length && isWindowsSeparator(path.charCodeAt(index));
}

function startsWithDrive(path) {
  return path.length > 1 && isLetter(path.charCodeAt(0)) && path.charCodeAt(1) === kColon;
}

/** The index behind the component at `start`. */
function componentEnd(path, start) {
  let end = start;
  while (end < path.length && !isWindowsSeparator(path.charCodeAt(end))) end++;
  return end;
}

function separatorsEnd(path, start) {
  let end = start;
  while (isSeparatorAt(path, end)) end++;
  return end;
}

/**
 * `\\server\share`, or null when `path` does not start with both names.
 * @returns {{ server: string, share: string, end: number } | null}
 */
function parseShare(path) {
  if (!isSeparatorAt(path, 0) || !isSeparatorAt(path, 1)) return null;
  const serverEnd = componentEnd(path, 2);
  if (serverEnd === 2 || serverEnd === path.length) return null;
  const shareStart = separatorsEnd(path, serverEnd);
  const end = componentEnd(path, shareStart);
  if (end === shareStart) return null;
  return { server: path.slice(2, serverEnd), share: path.slice(shareStart, end), end };
}

/**
 * What comes before the components: device (a drive, a share, a device namespace), whether the path is absolute, and
 * where the components start.
 */
function parseRoot(path) {
  if (isSeparatorAt(path, 0)) {
    const share = parseShare(path);
    if (share === null) return { device: '', absolute: true, end: 1, isShare: false };
    if (share.server === '.' || share.server === '?') {
      return { device: `\\\\${share.server}`, absolute: true, end: 4, isShare: false };
    }
    const device = `\\\\${share.server}\\${share.share}`;
    return { device, absolute: true, end: share.end, isShare: true };
  }
  if (!startsWithDrive(path)) return { device: '', absolute: false, end: 0, isShare: false };
  const absolute = isSeparatorAt(path, 2);
  return { device: path.slice(0, 2), absolute, end: absolute ? 3 : 2, isShare: false };
}

/** The working directory: the process's, or the one it last had on `drive`. */
function workingDirectory(drive) {
  if (drive === '') return process.cwd();
  const directory = isWindows ? process.env[`=${drive}`] || process.cwd() : process.cwd();
  const onOtherDrive = directory.slice(0, 2).toLowerCase() !== drive.toLowerCase() &&
    directory[2] === '\\';
  return onOtherDrive ? `${drive}\\` : directory;
}

function resolve(...paths) {
  let device = '';
  let tail = '';
  let absolute = false;
  for (let i = paths.length - 1; i >= -1; i--) {
    let path;
    if (i >= 0) {
      path = paths[i];
      validateString(path, `paths[${i}]`);
      if (path.length === 0) continue;
    } else {
      path = workingDirectory(device);
    }
    const root = parseRoot(path);
    if (root.device.length > 0) {
      if (device.length === 0) device = root.device;
      // A path on another drive says nothing about this one.
      else if (root.device.toLowerCase() !== device.toLowerCase()) continue;
    }
    if (!absolute) {
      tail = `${path.slice(root.end)}\\${tail}`;
      absolute = root.absolute;
    }
    if (absolute && device.length > 0) break;
  }
  tail = normalizeComponents(tail, !absolute, '\\', isWindowsSeparator);
  return absolute ? `${device}\\${tail}` : `${device}${tail}` || '.';
}

// Names that Windows takes for devices wherever they stand.
const devicePattern = /^(?:CON|PRN|AUX|NUL|COM[1-9\u00b9\u00b2\u00b3]|LPT[1-9\u00b9\u00b2\u00b3])$/i;

/** Whether `name` starts with the name of a device and a colon. */
function startsWithDevice(name) {
  const colon = name.indexOf(':');
  return colon > 0 && devicePattern.test(name.slice(0, colon));
}

/** Whether a relative result would be read as a drive or a device: its first name has a colon that was not first before. */
function hidesDevice(path, tail) {
  if (!path.includes(':')) return false;
  if (startsWithDrive(tail)) return true;
  for (let colon = path.indexOf(':'); colon !== -1; colon = path.indexOf(':', colon + 1)) {
    if (colon === path.length - 1 || isSeparatorAt(path, colon + 1)) return true;
  }
  return false;
}

/** What follows the root, resolved; `.` when nothing is left of a relative path. */
function normalizeTail(path, start, absolute) {
  const tail = normalizeComponents(path.slice(start), !absolute, '\\', isWindowsSeparator) ||
    (absolute ? '' : '.');
  return tail.length > 0 && isSeparatorAt(path, path.length - 1) ? `${tail}\\` : tail;
}

function normalize(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  if (path.length === 1) return path === '/' ? '\\' : path;
  if (startsWithDevice(path)) {
    const end = path.indexOf(':') + 1;
    return `.\\${path.slice(0, end)}${normalizeTail(path, end, false)}`;
  }
  const { device, absolute, end, isShare } = parseRoot(path);
  if (isShare && end === path.length) return `${device}\\`;
  const tail = normalizeTail(path, end, absolute);
  if (!absolute && device === '' && hidesDevice(path, tail)) return `.\\${tail}`;
  return `${device}${absolute ? '\\' : ''}${tail}`;
}

function isAbsolute(path) {
  validateString(path, 'path');
  return isSeparatorAt(path, 0) || (startsWithDrive(path) && isSeparatorAt(path, 2));
}

/** Keeps joined paths that only seem to start with a share from becoming one. */
function withoutAccidentalShare(joined, first) {
  let separators = separatorsEnd(first, 0);
  if (separators === 2 && first.length > 2) return joined;
  separators = separatorsEnd(joined, 0);
  return separators >= 2 ? `\\${joined.slice(separators)}` : joined;
}

function join(...paths) {
  let joined;
  let first;
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i];
    validateString(path, 'path');
    if (path.length === 0) continue;
    if (joined === undefined) joined = first = path;
    else joined += `\\${path}`;
  }
  if (joined === undefined) return '.';
  joined = withoutAccidentalShare(joined, first);
  // Resolved, a `..` could bring the name of a device to the front.
  if (joined.split('\\').some(startsWithDevice)) return joined.replaceAll('/', '\\');
  return normalize(joined);
}

/** The names in a resolved path, a drive among them. */
function componentsOf(path) {
  const start = separatorsEnd(path, 0);
  const end = trimmedEnd(path, start, isWindowsSeparator);
  return start === end ? [] : path.slice(start, end).split('\\');
}

function relative(from, to) {
  validateString(from, 'from');
  validateString(to, 'to');
  if (from === to) return '';
  const source = resolve(from);
  const target = resolve(to);
  if (source === target || source.toLowerCase() === target.toLowerCase()) return '';
  const sourceParts = componentsOf(source);
  const targetParts = componentsOf(target);
  let common = 0;
  while (common < sourceParts.length && common < targetParts.length &&
         sourceParts[common].toLowerCase() === targetParts[common].toLowerCase()) {
    common++;
  }
  // Nothing in common, not even the drive.
  if (common === 0 && sourceParts.length > 0 && targetParts.length > 0) return target;
  const up = sourceParts.slice(common).fill('..');
  return up.concat(targetParts.slice(common)).join('\\');
}

/** The form that is exempt from the limits of DOS paths. */
function toNamespacedPath(path) {
  if (typeof path !== 'string' || path.length === 0) return path;
  const resolved = resolve(path);
  if (resolved.length <= 2) return path;
  if (resolved.startsWith('\\\\')) {
    // What starts with \\? or \\. has that form already.
    return resolved[2] === '?' || resolved[2] === '.' ? resolved : `\\\\?\\UNC\\${resolved.slice(2)}`;
  }
  return startsWithDrive(resolved) && resolved[2] === '\\' ? `\\\\?\\${resolved}` : resolved;
}

/** The root as dirname() and parse() see it: everything up to and with the separator behind it. */
function rootEnd(path) {
  if (isSeparatorAt(path, 0)) {
    const share = parseShare(path);
    if (share === null) return 1;
    return share.end < path.length ? share.end + 1 : share.end;
  }
  if (!startsWithDrive(path)) return 0;
  return isSeparatorAt(path, 2) ? 3 : 2;
}

function dirname(path) {
  validateString(path, 'path');
  if (path.length === 0) return '.';
  const root = rootEnd(path);
  const end = trimmedEnd(path, root, isWindowsSeparator);
  const start = lastComponentStart(path, root, end, isWindowsSeparator);
  if (start > root) return path.slice(0, start - 1);
  return root === 0 ? '.' : path.slice(0, root);
}

function basename(path, suffix) {
  checkSuffix(suffix);
  validateString(path, 'path');
  return basenameFrom(path, startsWithDrive(path) ? 2 : 0, suffix, isWindowsSeparator);
}

function extname(path) {
  validateString(path, 'path');
  const name = basenameFrom(path, startsWithDrive(path) ? 2 : 0, undefined, isWindowsSeparator);
  return name.slice(extensionStart(name));
}

function parse(path) {
  validateString(path, 'path');
  const result = { root: '', dir: '', base: '', ext: '', name: '' };
  if (path.length === 0) return result;
  const root = rootEnd(path);
  result.root = path.slice(0, root);
  const end = trimmedEnd(path, root, isWindowsSeparator);
  const start = lastComponentStart(path, root, end, isWindowsSeparator);
  result.dir = start > root ? path.slice(0, start - 1) : result.root;
  return parseBase(result, path.slice(start, end));
}

function matchesGlob(path, pattern) {
  return require('internal/path/glob').matchesGlob(path, pattern, true);
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
  format: format.bind(null, '\\'),
  parse,
  matchesGlob,
  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: null,
};
