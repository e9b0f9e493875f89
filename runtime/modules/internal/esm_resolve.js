'use strict';
// ES module resolution, https://nodejs.org/api/esm.html#resolution-algorithm: from a specifier and the URL of the
// importing module to a URL. Synchronous; throws Node's errors, with a hint where require() would have found something.

const { codes: {
  ERR_INVALID_MODULE_SPECIFIER,
  ERR_INVALID_URL,
  ERR_MODULE_NOT_FOUND,
  ERR_UNSUPPORTED_DIR_IMPORT,
  ERR_UNSUPPORTED_RESOLVE_REQUEST,
} } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { URL, fileURLToPath, pathToFileURL } = require('internal/url');
const builtins = require('internal/modules/builtins');
const { importConditions } = require('internal/modules/conditions');
const { join, parentFolder, packageScopeOfFile, readPackage } = require('internal/modules/package_json');
const { resolvePackageExports, resolvePackageImports } = require('internal/modules/package_targets');
const { state } = require('internal/modules/shared');
const binding = internalBinding('modules');

const kFile = 0;
const kFolder = 1;

/** A file URL's path; any other URL as it is, for messages. */
function pathOrUrl(url) {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}

function isRelative(specifier) {
  if (specifier === '') return false;
  if (specifier[0] === '/') return true;
  return specifier === '.' || specifier === '..' || specifier.startsWith('./') || specifier.startsWith('../');
}

/** The URL of a file that must be there, symbolic links resolved. */
function finish(resolved, base) {
  if (resolved.protocol !== 'file:') return resolved.href;
  if (/%2f|%5c/i.test(resolved.pathname)) {
    throw new ERR_INVALID_MODULE_SPECIFIER(
      resolved.pathname, 'must not include encoded "/" or "\\" characters', pathOrUrl(base));
  }
  let file;
  try {
    file = fileURLToPath(resolved);
  } catch (error) {
    Object.assign(error, { input: `${resolved}`, module: `${base}` });
    throw error;
  }
  // A slash at the end says folder, whatever is there.
  const kind = file.endsWith('/') ? kFolder : binding.stat(file);
  if (kind === kFolder) throw new ERR_UNSUPPORTED_DIR_IMPORT(file, pathOrUrl(base), resolved.href);
  if (kind !== kFile) throw new ERR_MODULE_NOT_FOUND(file || resolved.pathname, base && pathOrUrl(base), resolved.href);
  const isMain = resolved.href === state.mainUrl;
  if (getOptionValue(isMain ? '--preserve-symlinks-main' : '--preserve-symlinks')) return resolved.href;
  const url = pathToFileURL(binding.realpath(file));
  url.search = resolved.search;
  url.hash = resolved.hash;
  return url.href;
}

/** Where "exports" and "imports" point to, as a URL that is not checked yet. */
function targetUrl(target, pkg) {
  return target.startsWith('./') ? new URL(target, pathToFileURL(pkg.file)) : new URL(target);
}

function isModule(file) {
  return require('internal/modules/format').formatForRequire(file) === 'module';
}

/** "main" with the extensions that require() would try, else index. */
function legacyMain(pkg, dir, base) {
  const main = pkg?.main;
  const candidates = ['index.js', 'index.json', 'index.node'];
  if (main) {
    candidates.unshift(main, `${main}.js`, `${main}.json`, `${main}.node`,
                       `${main}/index.js`, `${main}/index.json`, `${main}/index.node`);
  }
  const root = pathToFileURL(join(dir, 'package.json'));
  for (const candidate of candidates) {
    const url = new URL(candidate, root);
    if (binding.stat(fileURLToPath(url)) !== kFile) continue;
    const file = fileURLToPath(url);
    if (pkg !== null && candidate !== main && isModule(file)) {
      require('internal/modules/warnings').searchedMain(pkg, file, base);
    }
    return url;
  }
  // Without a trailing slash where "main" is the folder.
  const missing = main === '' ? dir : fileURLToPath(new URL(main ?? 'index.js', root));
  throw new ERR_MODULE_NOT_FOUND(missing, pathOrUrl(base));
}

/** 'name/sub' or '@scope/name/sub' as { name, subpath: './sub' } */
function parsePackageName(specifier, base) {
  let slash = specifier.indexOf('/');
  const scoped = specifier[0] === '@';
  let valid = !scoped || slash !== -1;
  if (scoped && valid) slash = specifier.indexOf('/', slash + 1);
  const name = slash === -1 ? specifier : specifier.slice(0, slash);
  if (name[0] === '.' || name.includes('\\') || name.includes('%')) valid = false;
  if (!valid) throw new ERR_INVALID_MODULE_SPECIFIER(specifier, 'is not a valid package name', pathOrUrl(base));
  return { name, subpath: slash === -1 ? '.' : `.${specifier.slice(slash)}` };
}

function inPackage(pkg, dir, subpath, base, conditions) {
  if (pkg !== null && pkg.exports !== undefined && pkg.exports !== null) {
    return targetUrl(resolvePackageExports(pkg, subpath, base, conditions), pkg);
  }
  if (subpath === '.') return legacyMain(pkg, dir, base);
  return new URL(subpath, pathToFileURL(join(dir, 'package.json')));
}

/** A bare specifier: a built-in or a package. */
function resolveBare(specifier, base, conditions) {
  if (builtins.canBeRequired(specifier)) return new URL(`node:${specifier}`);
  return findPackage(specifier, base, conditions);
}

/** The importing package itself, or a package in a node_modules above. */
function findPackage(specifier, base, conditions) {
  const { name, subpath } = parsePackageName(specifier, base);
  if (/^https?:/.test(base)) throw new ERR_INVALID_URL(base);
  if (!base.startsWith('file:')) throw new ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, base);
  const baseFile = fileURLToPath(base);
  if (getOptionValue('--experimental-package-map') !== '') {
    const folder = require('internal/modules/package_map').findPackage(name, specifier, baseFile);
    if (folder === undefined) throw new ERR_MODULE_NOT_FOUND(specifier, baseFile, null);
    return inPackage(readPackage(folder, `"${specifier}" from ${baseFile}`), folder, subpath, base, conditions);
  }
  const own = packageScopeOfFile(baseFile);
  if (own !== null && own.name === name && own.exports !== undefined && own.exports !== null) {
    return targetUrl(resolvePackageExports(own, subpath, base, conditions), own);
  }
  for (let dir = parentFolder(baseFile); ; dir = parentFolder(dir)) {
    const candidate = join(join(dir, 'node_modules'), name);
    if (binding.stat(candidate) === kFolder) {
      const pkg = readPackage(candidate.endsWith('/') ? candidate.slice(0, -1) : candidate,
                              `"${specifier}" from ${baseFile}`);
      return inPackage(pkg, candidate, subpath, base, conditions);
    }
    if (dir === '/') break;
  }
  throw new ERR_MODULE_NOT_FOUND(name, pathOrUrl(base), null);
}

/** The same for a package that "imports" of another names, as a URL string. */
function resolveBareFrom(specifier, packageFile, conditions) {
  return resolveBare(specifier, pathToFileURL(packageFile).href, conditions).href;
}

function tryParse(specifier) {
  return URL.canParse(specifier) ? new URL(specifier) : undefined;
}

function resolveParsed(specifier, base, conditions) {
  if (isRelative(specifier)) {
    try {
      return new URL(specifier, base);
    } catch (cause) {
      throw Object.assign(new ERR_UNSUPPORTED_RESOLVE_REQUEST(specifier, base), { cause });
    }
  }
  if (specifier[0] === '#' && base.startsWith('file:')) {
    const pkg = packageScopeOfFile(fileURLToPath(base));
    const target = resolvePackageImports(pkg, specifier, base, conditions, (name, packageFile) =>
      resolveBareFrom(name, packageFile, conditions));
    return targetUrl(target, pkg);
  }
  return tryParse(specifier) ?? resolveBare(specifier, base, conditions);
}

/** Says in the error what require() would have found for the same request. */
function addHint(error, specifier, base) {
  if (!base.startsWith('file:')) return;
  const found = require('internal/modules/esm_hints').requirable(specifier, fileURLToPath(base));
  if (found === undefined) return;
  const hint = `Did you mean to import ${JSON.stringify(found)}?`;
  const { message, stack } = error;
  error.message += `\n${hint}`;
  const end = stack.indexOf(message) + message.length;
  error.stack = `${stack.slice(0, end)}\n${hint}${stack.slice(end)}`;
}

/**
 * @param {string} specifier
 * @param {string} base the URL of the importing module
 * @param {Set<string>} [conditions]
 * @returns {string} a URL
 */
function resolve(specifier, base, conditions = importConditions()) {
  try {
    return finish(resolveParsed(specifier, base, conditions), base);
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'ERR_UNSUPPORTED_DIR_IMPORT') {
      addHint(error, specifier, base);
    }
    throw error;
  }
}

/** The same for a package that has the name of a built-in. */
function resolvePackage(specifier, base, conditions = importConditions()) {
  return finish(findPackage(specifier, base, conditions), base);
}

module.exports = { isRelative, parsePackageName, pathOrUrl, resolve, resolveBareFrom, resolvePackage };
