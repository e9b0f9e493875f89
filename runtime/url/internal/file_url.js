'use strict';
// Conversion between file: URLs and paths, by the rules of POSIX or of Windows.
// Run once per realm, on the first conversion.

const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_FILE_URL_HOST, ERR_INVALID_FILE_URL_PATH,
    ERR_INVALID_URL, ERR_INVALID_URL_SCHEME,
  },
} = require('internal/errors');
const { validateString } = require('internal/validators');
const path = require('path');
const { URL, domainToUnicode, isURL } = require('internal/url');
const { percentDecode } = require('internal/url/form_urlencoded');

const isWindows = () => process.platform === 'win32';

function toFileUrl(value) {
  const url = typeof value === 'string' ? new URL(value) : value;
  if (!isURL(url)) throw new ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], value);
  if (url.protocol !== 'file:') throw new ERR_INVALID_URL_SCHEME('file');
  return url;
}

function checkEncodedSlashes(url, windows) {
  const { pathname } = url;
  if (windows ? /%2f|%5c/i.test(pathname) : /%2f/i.test(pathname)) {
    throw new ERR_INVALID_FILE_URL_PATH(
      windows ? 'must not include encoded \\ or / characters' : 'must not include encoded / characters', url);
  }
}

// `pathname` decoded, below the host or the drive of the URL.
function windowsPath(url, decode) {
  checkEncodedSlashes(url, true);
  const pathname = decode(url.pathname.replaceAll('/', '\\'));
  if (url.hostname !== '') return { prefix: `\\\\${domainToUnicode(url.hostname)}`, pathname };
  if (!/^\\[a-z]:/i.test(pathname.toString('latin1'))) {
    throw new ERR_INVALID_FILE_URL_PATH('must be absolute', url);
  }
  return { prefix: '', pathname: pathname.slice(1) };
}

function posixPathname(url) {
  if (url.hostname !== '') throw new ERR_INVALID_FILE_URL_HOST(process.platform);
  checkEncodedSlashes(url, false);
  return url.pathname;
}

function fileURLToPath(value, options) {
  const windows = options?.windows ?? isWindows();
  const url = toFileUrl(value);
  if (!windows) return decodeURIComponent(posixPathname(url));
  const { prefix, pathname } = windowsPath(url, decodeURIComponent);
  return prefix + pathname;
}

function fileURLToPathBuffer(value, options) {
  const windows = options?.windows ?? isWindows();
  const url = toFileUrl(value);
  if (!windows) return percentDecode(posixPathname(url));
  const { Buffer } = require('buffer');
  const { prefix, pathname } = windowsPath(url, percentDecode);
  return Buffer.concat([Buffer.from(prefix), pathname]);
}

// What the URL parser would not escape but must be, by its own reading of a path or for the path's sake.
const kEscapes = {
  '__proto__': null,
  '%': '%25', '\\': '%5C', '\n': '%0A', '\r': '%0D', '\t': '%09', '#': '%23', '?': '%3F', ' ': '%20',
  '[': '%5B', ']': '%5D', '{': '%7B', '}': '%7D', '|': '%7C', '^': '%5E', '~': '%7E', '"': '%22', '<': '%3C',
  '>': '%3E', '`': '%60', '\0': '%00',
};

function escapePath(filepath, windows) {
  return windows ? filepath.replace(/[%\n\r\t#? [\]{}|^~"<>`\0]/g, (c) => kEscapes[c]) :
    filepath.replace(/[%\\\n\r\t#? [\]{}|^~"<>`\0]/g, (c) => kEscapes[c]);
}

function windowsShareURL(filepath, resolved) {
  // \\server\share\path, or the same in the \\?\UNC\ notation.
  const long = resolved.startsWith('\\\\?\\UNC\\');
  const start = long ? 8 : 2;
  const hostEnd = resolved.indexOf('\\', start);
  if (hostEnd === -1) throw new ERR_INVALID_ARG_VALUE('path', resolved, 'Missing UNC resource path');
  if (hostEnd === start) throw new ERR_INVALID_ARG_VALUE('path', resolved, 'Empty UNC servername');
  const host = resolved.slice(start, hostEnd);
  // The setter of hostname ignores a name with such characters; that would lose it.
  if (/[\0 %:<>@[\]^|]/.test(host)) throw new ERR_INVALID_URL(`file://${host}`);
  const url = new URL('file://');
  url.hostname = host;
  url.pathname = escapePath(resolved.slice(hostEnd), true).replaceAll('\\', '/');
  return url;
}

function pathToFileURL(filepath, options) {
  validateString(filepath, 'path');
  const windows = options?.windows ?? isWindows();
  const isUnc = windows && filepath.startsWith('\\\\');
  let resolved = isUnc ? filepath : (windows ? path.win32 : path.posix).resolve(filepath);
  if (isUnc) {
    const local = resolved.startsWith('\\\\?\\') && !resolved.startsWith('\\\\?\\UNC\\');
    if (!local) return windowsShareURL(filepath, resolved);
    resolved = resolved.slice(4);
  }
  // path.resolve strips what may be meaningful in a URL: the slash at the end.
  const last = filepath.charCodeAt(filepath.length - 1);
  if ((last === 0x2f || (windows && last === 0x5c)) && !resolved.endsWith(windows ? '\\' : '/')) resolved += '/';
  const escaped = escapePath(resolved, windows);
  return new URL(`file://${windows ? `/${escaped.replaceAll('\\', '/')}` : escaped}`);
}

module.exports = { fileURLToPath, fileURLToPathBuffer, pathToFileURL };
