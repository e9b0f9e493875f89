'use strict';
// module.findPackageJSON: the package.json of a package or the one that governs a file. Loaded on first use.

const path = require('path');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_MODULE_NOT_FOUND, ERR_UNSUPPORTED_RESOLVE_REQUEST } } = require('internal/errors');
const { URL, fileURLToPath, isURL, pathToFileURL } = require('internal/url');
const { join, packageScopeOfFile, packageScopeOfFolder, parentFolder } = require('internal/modules/package_json');
const binding = internalBinding('modules');

const kFolder = 1;

function pathOf(value) {
  const text = `${value}`;
  return text.startsWith('file:') ? fileURLToPath(text) : text;
}

function scopeOf(file) {
  const scope = binding.stat(file) === kFolder ? packageScopeOfFolder(file.replace(/(?<=.)\/$/, '')) : packageScopeOfFile(file);
  return scope?.file;
}

/** The folder of a package that a bare specifier names, looked for from `from`. */
function packageFolder(specifier, from) {
  const [first, second] = specifier.split('/', 2);
  const name = first[0] === '@' ? `${first}/${second}` : first;
  for (let dir = from; ; dir = parentFolder(dir)) {
    const candidate = join(join(dir, 'node_modules'), name);
    if (binding.stat(join(candidate, 'package.json')) === 0) return binding.realpath(candidate);
    if (dir === '/') break;
  }
  throw new ERR_MODULE_NOT_FOUND(name, from, null);
}

/**
 * @param {string|URL} specifier
 * @param {string|URL} base
 * @returns {string|undefined}
 */
function findPackageJSON(specifier, base) {
  if (specifier === undefined) {
    const { codes: { ERR_MISSING_ARGS } } = require('internal/errors');
    throw new ERR_MISSING_ARGS('specifier');
  }
  if (typeof specifier !== 'string' && !isURL(specifier)) {
    throw new ERR_INVALID_ARG_TYPE('specifier', ['string', 'URL'], specifier);
  }
  const request = pathOf(specifier);
  if (path.isAbsolute(request)) {
    if (request === specifier && base === 'data:') throw new ERR_UNSUPPORTED_RESOLVE_REQUEST(request, base);
    return scopeOf(request);
  }
  if (base !== undefined && typeof base !== 'string' && !isURL(base)) {
    throw new ERR_INVALID_ARG_TYPE('base', ['string', 'URL'], base);
  }
  const baseFile = pathOf(base);
  if (request[0] === '.') {
    const folder = binding.stat(baseFile) === kFolder && !baseFile.endsWith('/') ? `${baseFile}/` : baseFile;
    return scopeOf(fileURLToPath(new URL(request, pathToFileURL(folder))));
  }
  return join(packageFolder(request, binding.stat(baseFile) === kFolder ? baseFile : parentFolder(baseFile)), 'package.json');
}

module.exports = { findPackageJSON };
