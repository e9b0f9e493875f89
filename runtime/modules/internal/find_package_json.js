'use strict';
// module.findPackageJSON: the package.json of a package or the one that governs a file. Loaded on first use.

const path = require('path');
const {
  codes: { ERR_INVALID_URL, ERR_INVALID_URL_SCHEME, ERR_MODULE_NOT_FOUND, ERR_UNSUPPORTED_RESOLVE_REQUEST },
} = require('internal/errors');
const { validateString } = require('internal/validators');
const { URL, fileURLToPath, isURL, pathToFileURL } = require('internal/url');
const { isRelative, parsePackageName, pathOrUrl } = require('internal/modules/esm_resolve');
const { join, packageScopeOfFile, packageScopeOfFolder, parentFolder } = require('internal/modules/package_json');
const binding = internalBinding('modules');

const kFolder = 1;

/** Where to look from, as the text of a URL. */
function baseUrl(base) {
  if (isURL(base)) return base.href;
  validateString(base, 'base');
  return path.isAbsolute(base) ? pathToFileURL(base).href : new URL(base).href;
}

function parse(specifier, base) {
  try {
    return new URL(specifier, base);
  } catch (cause) {
    throw Object.assign(new ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, base), { cause });
  }
}

/** The package.json that governs a file or folder, which must be there. */
function scopeOf(url, base) {
  if (url.protocol !== 'file:') throw new ERR_INVALID_URL_SCHEME('file');
  const file = fileURLToPath(url);
  const kind = binding.stat(file);
  if (kind < 0) throw new ERR_MODULE_NOT_FOUND(file, pathOrUrl(base), url.href);
  const scope = kind === kFolder ? packageScopeOfFolder(file.replace(/(?<=.)\/$/, '')) : packageScopeOfFile(file);
  return scope?.file;
}

/** The folder of a package that a bare specifier names. */
function packageFolder(specifier, base) {
  const { name } = parsePackageName(specifier, base);
  if (!URL.canParse('./package.json', base)) {
    throw new ERR_INVALID_URL('./package.json', base);
  }
  if (!base.startsWith('file:')) throw new ERR_INVALID_URL(base);
  const from = fileURLToPath(base);
  for (let dir = binding.stat(from) === kFolder ? from : parentFolder(from); ; dir = parentFolder(dir)) {
    const candidate = join(join(dir, 'node_modules'), name);
    if (binding.stat(join(candidate, 'package.json')) === 0) return binding.realpath(candidate);
    if (dir === '/') break;
  }
  throw new ERR_MODULE_NOT_FOUND(name, from, null);
}

/**
 * @param {string} specifier
 * @param {string|URL} base
 * @returns {string|undefined}
 */
function findPackageJSON(specifier, base) {
  base = baseUrl(base);
  if (URL.canParse(specifier)) return scopeOf(new URL(specifier), base);
  if (isRelative(specifier)) return scopeOf(parse(specifier, base), base);
  if (specifier === '' && !base.startsWith('file:')) throw new ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, base);
  return join(packageFolder(specifier, base), 'package.json');
}

module.exports = { findPackageJSON };
