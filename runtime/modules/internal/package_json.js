'use strict';
// Reads package.json files for both module systems: who asks is the CommonJS loader, the ES module resolver and
// module.findPackageJSON. Each folder is looked at once per process; what is not there is remembered as well.

const binding = internalBinding('modules');

/**
 * @typedef {object} PackageConfig
 * @property {string} dir the folder, without a trailing slash (but '/' itself)
 * @property {string} prefix the folder with its slash
 * @property {string} file the path of package.json
 * @property {string|undefined} name
 * @property {string|undefined} main
 * @property {'commonjs'|'module'|'none'} type
 * @property {unknown} exports
 * @property {unknown} imports
 */

/** @type {Map<string, PackageConfig|null>} by folder */
const packages = new Map();
/** @type {Map<string, PackageConfig|null>} by folder: the nearest package.json at or above it */
const scopes = new Map();

function join(dir, name) {
  return dir === '/' ? `/${name}` : `${dir}/${name}`;
}

function parentFolder(dir) {
  const slash = dir.lastIndexOf('/');
  return slash <= 0 ? '/' : dir.slice(0, slash);
}

function isNodeModules(dir) {
  return dir.endsWith('/node_modules');
}

/**
 * @param {string} text
 * @param {string} file
 * @param {string|undefined} base what the error says after "while importing"
 */
function parse(text, file, base) {
  let json;
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    // The reason is left out: the file is often a stranger's, and its name says where to look.
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    const error = new Error(`Invalid package config ${file}${base === undefined ? '' : ` while importing ${base}`}.`);
    error.code = 'ERR_INVALID_PACKAGE_CONFIG';
    throw error;
  }
  return json;
}

/**
 * @param {string} dir
 * @param {string} [base]
 * @returns {PackageConfig|null}
 */
function readPackage(dir, base) {
  const known = packages.get(dir);
  if (known !== undefined) return known;
  const file = join(dir, 'package.json');
  const text = binding.readIfThere(file);
  let config = null;
  if (text !== undefined) {
    const json = parse(text, file, base);
    // Own properties only: what is missing must not be looked for on Object.prototype, which is the program's.
    const own = (key) => (Object.hasOwn(json, key) ? json[key] : undefined);
    const name = own('name');
    const main = own('main');
    const type = own('type');
    const imports = own('imports');
    const exports = own('exports');
    config = {
      dir,
      prefix: join(dir, ''),
      file,
      name: typeof name === 'string' ? name : undefined,
      main: typeof main === 'string' ? main : undefined,
      type: type === 'module' || type === 'commonjs' ? type : 'none',
      exports: typeof exports === 'object' || typeof exports === 'string' ? exports : undefined,
      imports: typeof imports === 'object' && imports !== null ? imports : undefined,
    };
  }
  packages.set(dir, config);
  return config;
}

/**
 * The package.json that governs the files of a folder: its own or the nearest one above, not above a node_modules.
 * @param {string} dir
 * @returns {PackageConfig|null}
 */
function packageScopeOfFolder(dir) {
  const known = scopes.get(dir);
  if (known !== undefined) return known;
  let scope = null;
  if (!isNodeModules(dir)) {
    scope = readPackage(dir);
    if (scope === null && dir !== '/') scope = packageScopeOfFolder(parentFolder(dir));
  }
  scopes.set(dir, scope);
  return scope;
}

/**
 * @param {string} file an absolute path
 * @returns {PackageConfig|null}
 */
function packageScopeOfFile(file) {
  return packageScopeOfFolder(parentFolder(file));
}

module.exports = { join, parentFolder, readPackage, packageScopeOfFile, packageScopeOfFolder };
