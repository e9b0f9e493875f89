'use strict';
// `--experimental-package-map=FILE`: which packages a package may use and where they are, from a table instead of
// node_modules folders. Read when the first bare specifier is resolved.
// https://nodejs.org/api/packages.html#package-maps

const { codes: {
  ERR_PACKAGE_MAP_EXTERNAL_FILE, ERR_PACKAGE_MAP_INVALID, ERR_PACKAGE_MAP_KEY_NOT_FOUND,
} } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { URL, fileURLToPath, pathToFileURL } = require('internal/url');
const { parentFolder } = require('internal/modules/package_json');
const binding = internalBinding('modules');

/** @typedef {{ key: string, url: string, folder: string, dependencies: Map<string, string> }} Package */

function invalid(file, problem, cause) {
  const error = new ERR_PACKAGE_MAP_INVALID(file, problem);
  if (cause !== undefined) Object.defineProperty(error, 'cause', { __proto__: null, value: cause, writable: true, configurable: true });
  return error;
}

/** @returns {string} the path of a package's folder */
function folderOf(key, url, base, file) {
  if (url === undefined) throw invalid(file, `package "${key}" is missing "url" field`);
  if (typeof url !== 'string') {
    throw invalid(file, `package "${key}" has invalid "url" field: expected string, got ${typeof url}`);
  }
  let parsed;
  try {
    parsed = new URL(url, base);
  } catch (error) {
    throw invalid(file, `package "${key}" has invalid url "${url}"`, error);
  }
  if (parsed.protocol !== 'file:') {
    throw invalid(file, `package "${key}" has unsupported URL scheme in url "${url}"; ` +
      'only file: URLs and relative URLs are currently supported');
  }
  return fileURLToPath(parsed).replace(/(?<=.)\/+$/, '');
}

class PackageMap {
  #file;
  /** @type {Map<string, Package>} */
  #byKey = new Map();
  /** @type {Map<string, Package>} */
  #byFolder = new Map();

  constructor(file, packages) {
    this.#file = file;
    // What the table says is relative to where the file really is, as the files are that import.
    const base = pathToFileURL(binding.realpath(file)).href;
    for (const key of Object.keys(packages)) {
      const url = packages[key]?.url;
      const folder = folderOf(key, url, base, file);
      const other = this.#byFolder.get(folder);
      if (other !== undefined) {
        throw invalid(file, `packages "${other.key}" and "${key}" have the same url "${url}"; this will be supported in the future`);
      }
      const entry = { key, url, folder, dependencies: new Map(Object.entries(packages[key].dependencies ?? {})) };
      this.#byKey.set(key, entry);
      this.#byFolder.set(folder, entry);
    }
  }

  /** The package that a file is in: the one with the longest path. */
  #owner(file) {
    for (let folder = parentFolder(file); ; folder = parentFolder(folder)) {
      const entry = this.#byFolder.get(folder);
      if (entry !== undefined || folder === '/') return entry;
    }
  }

  find(name, specifier, parentFile) {
    const owner = this.#owner(parentFile);
    if (owner === undefined) throw new ERR_PACKAGE_MAP_EXTERNAL_FILE(specifier, parentFile, this.#file);
    const key = owner.dependencies.get(name);
    if (key === undefined) return undefined;
    const target = this.#byKey.get(key);
    if (target === undefined) throw new ERR_PACKAGE_MAP_KEY_NOT_FOUND(key, this.#file);
    return target.folder;
  }
}

function read(file) {
  let text;
  let json;
  try {
    text = require('fs').readFileSync(file, 'utf8');
  } catch (error) {
    throw invalid(file, 'failed to read', error);
  }
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw invalid(file, 'invalid JSON', error);
  }
  if (typeof json?.packages !== 'object' || json.packages === null) throw invalid(file, 'missing "packages" object');
  return new PackageMap(file, json.packages);
}

/** @type {PackageMap|undefined} */
let map;

/**
 * @param {string} name of the package
 * @param {string} specifier that has the name, for messages
 * @param {string} parentFile
 * @returns {string|undefined} the package's folder; undefined when the parent's package does not depend on it
 */
function findPackage(name, specifier, parentFile) {
  if (map === undefined) {
    require('internal/util').emitExperimentalWarning('Package maps');
    map = read(require('path').resolve(getOptionValue('--experimental-package-map')));
  }
  return map.find(name, specifier, parentFile);
}

module.exports = { findPackage };
