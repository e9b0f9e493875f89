'use strict';
// What kind of module a file is, by its name and the package.json that governs it: 'commonjs', 'module', 'json', ...
// or undefined where only the text can tell.

const path = require('path');
const { getOptionValue } = require('internal/options');
const { packageScopeOfFile } = require('internal/modules/package_json');

/** Formats that the file name alone decides. */
const byExtension = {
  '__proto__': null,
  '.cjs': 'commonjs',
  '.json': 'json',
  '.mjs': 'module',
  '.node': 'addon',
  '.wasm': 'wasm',
};

const typescript = {
  '__proto__': null,
  '.cts': 'commonjs-typescript',
  '.mts': 'module-typescript',
};

/** The extension as path.extname sees it, without the cost for the common case. */
function extensionOf(filename) {
  return filename.endsWith('.js') ? '.js' : path.extname(filename);
}

function stripsTypes() {
  return getOptionValue('--strip-types');
}

/** @param {string} filename @returns {string|undefined} for require(): any extension may be JavaScript */
function formatForRequire(filename) {
  const extension = extensionOf(filename);
  if (extension === '.js') {
    const type = packageScopeOfFile(filename)?.type;
    return type === 'none' ? undefined : type;
  }
  if (extension === '.mjs' || extension === '.cjs') return byExtension[extension];
  if (stripsTypes() && /^\.[cm]?ts$/.test(extension)) {
    if (extension !== '.ts') return typescript[extension];
    const type = packageScopeOfFile(filename)?.type;
    return type === 'module' || type === 'commonjs' ? `${type}-typescript` : 'typescript';
  }
  return undefined;
}

const dataUrl = /^([^/]+\/[^;,]+)[^,]*?(;base64)?,/;

/** The format of a data: URL; its MIME type where that is none of ours. */
function formatOfData(url) {
  if (!url.includes(',')) {
    const { codes: { ERR_INVALID_URL } } = require('internal/errors');
    throw new ERR_INVALID_URL(url);
  }
  const match = dataUrl.exec(url.slice('data:'.length));
  if (match === null) return 'null';
  switch (match[1]) {
    case 'text/javascript': return 'module';
    case 'application/json': return 'json';
    case 'application/wasm': return 'wasm';
    case 'text/plain': return getOptionValue('--experimental-import-text') ? 'text' : match[1];
    default: return match[1];
  }
}

/** By its first bytes, for files without an extension. */
function isWasm(filename) {
  const fs = require('fs');
  let fd;
  try {
    fd = fs.openSync(filename);
    const head = new Uint8Array(4);
    return fs.readSync(fd, head) === 4 && head[0] === 0 && head[1] === 0x61 && head[2] === 0x73 && head[3] === 0x6d;
  } catch {
    // Who loads the file says so.
    return false;
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
}

/** @param {string} filename @returns {string|undefined} for import: the extension must be known */
function formatForImport(filename) {
  const extension = extensionOf(filename);
  if (extension === '.js' || extension === '') {
    const type = packageScopeOfFile(filename)?.type;
    if (extension === '' && type === 'module' && isWasm(filename)) return 'wasm';
    return type === 'none' ? undefined : type;
  }
  const known = byExtension[extension] ?? (stripsTypes() ? typescript[extension] : undefined);
  if (known !== undefined) return known;
  if (extension === '.ts' && stripsTypes()) {
    const type = packageScopeOfFile(filename)?.type;
    return type === 'module' || type === 'commonjs' ? `${type}-typescript` : 'typescript';
  }
  const { codes: { ERR_UNKNOWN_FILE_EXTENSION } } = require('internal/errors');
  throw new ERR_UNKNOWN_FILE_EXTENSION(extension, filename);
}

module.exports = { extensionOf, formatForImport, formatForRequire, formatOfData, stripsTypes };
