'use strict';
// From what require() is given to the path of a file: the lookup over node_modules folders, extensions, folders and
// package.json. The loader (cjs_loader.js) owns the public, patchable entry points and calls these.

const path = require('path');
const { getOptionValue } = require('internal/options');
const { readPackage, packageScopeOfFile } = require('internal/modules/package_json');
const { resolvePackageExports, resolvePackageImports } = require('internal/modules/package_targets');
const { requireConditions } = require('internal/modules/conditions');
const binding = internalBinding('modules');

const kFile = 0;
const kFolder = 1;

/** Answers of stat while one outermost require() runs; null outside. @type {Map<string, number>|null} */
let statCache = null;
let depth = 0;

function enterRequire() {
  if (depth++ === 0) statCache = new Map();
}

function leaveRequire() {
  if (--depth === 0) statCache = null;
}

let nativeStat = binding.stat;

/** Module._stat = fn: programs with a file system of their own. */
function replaceStat(replacement) {
  nativeStat = replacement;
}

/** 0: a file, 1: a folder, negative: not there. */
function stat(file) {
  if (statCache === null) return nativeStat(file);
  let result = statCache.get(file);
  if (result === undefined) {
    result = nativeStat(file);
    // What is missing may be made by the very code that asks.
    if (result >= 0) statCache.set(file, result);
  }
  return result;
}

/** The path as the loader knows it: symbolic links resolved, unless asked to leave them. */
function realPath(file, isMain) {
  const keep = getOptionValue(isMain ? '--preserve-symlinks-main' : '--preserve-symlinks');
  return keep ? path.resolve(file) : binding.realpath(file);
}

function tryFile(file, isMain) {
  return stat(file) === kFile ? realPath(file, isMain) : false;
}

function tryExtensions(base, extensions, isMain) {
  for (let i = 0; i < extensions.length; i++) {
    const found = tryFile(base + extensions[i], isMain);
    if (found) return found;
  }
  return false;
}

function missingMain(pkg, file, request) {
  const error = new Error(`Cannot find module '${file}'. Please verify that the package.json has a valid "main" entry`);
  error.code = 'MODULE_NOT_FOUND';
  error.path = pkg.file;
  error.requestPath = request;
  return error;
}

/** A folder: its package.json's "main", else its index. */
function tryFolder(folder, extensions, isMain, request) {
  const pkg = readPackage(folder);
  const index = path.resolve(folder, 'index');
  if (!pkg?.main) return tryExtensions(index, extensions, isMain);
  const main = path.resolve(folder, pkg.main);
  const found = tryFile(main, isMain) || tryExtensions(main, extensions, isMain) ||
    tryExtensions(path.resolve(main, 'index'), extensions, isMain);
  if (found) return found;
  const fallback = tryExtensions(index, extensions, isMain);
  if (!fallback) throw missingMain(pkg, main, request);
  require('internal/modules/warnings').invalidMain(pkg);
  return fallback;
}

/** Whether a request can only be a folder. */
function wantsFolder(request) {
  const last = request.slice(request.lastIndexOf('/') + 1);
  return last === '.' || last === '..' || (last === '' && request !== '');
}

function notFound(what, folder) {
  const error = new Error(`Cannot find module '${what}'`);
  error.code = 'MODULE_NOT_FOUND';
  if (folder !== undefined) error.path = folder;
  return error;
}

/** What "exports" or "imports" answered, as the path of a file that is there. */
function finishTarget(target, pkg, parentFile) {
  const { codes: { ERR_INVALID_MODULE_SPECIFIER } } = require('internal/errors');
  const { fileURLToPath, pathToFileURL, URL } = require('internal/url');
  if (target.startsWith('node:')) return target;
  let file;
  if (target.startsWith('./') && !/[%?#\\]/.test(target)) {
    file = pkg.prefix + target.slice(2);
  } else {
    const url = target.startsWith('./') ? new URL(target, pathToFileURL(pkg.file)) : new URL(target);
    if (/%2f|%5c/i.test(url.pathname)) {
      throw new ERR_INVALID_MODULE_SPECIFIER(
        url.href, 'must not include encoded "/" or "\\" characters', parentFile);
    }
    file = fileURLToPath(url);
  }
  const found = tryFile(file, false);
  if (found) return found;
  throw notFound(file, pkg.dir);
}

// '@scope/name' or 'name', then what follows the name.
const packageRequest = /^((?:@[^/\\%]+\/)?[^./\\%][^/\\%]*)(\/.*)?$/;

/** A package in `folder` (a node_modules) that has "exports"; undefined when that is not what the request meets. */
function tryPackageExports(folder, request) {
  const match = packageRequest.exec(request);
  if (match === null) return undefined;
  const pkg = readPackage(path.resolve(folder, match[1]));
  if (pkg === null || pkg.exports === undefined || pkg.exports === null) return undefined;
  const target = resolvePackageExports(pkg, `.${match[2] ?? ''}`, undefined, requireConditions());
  return finishTarget(target, pkg, undefined);
}

/** A package that requires itself by its own name. */
function trySelf(parentFile, request) {
  if (!parentFile) return undefined;
  const pkg = packageScopeOfFile(parentFile);
  if (pkg === null || pkg.exports === undefined || pkg.exports === null || pkg.name === undefined) return undefined;
  let subpath;
  if (request === pkg.name) {
    subpath = '.';
  } else if (request.startsWith(`${pkg.name}/`)) {
    subpath = `.${request.slice(pkg.name.length)}`;
  } else {
    return undefined;
  }
  return finishTarget(resolvePackageExports(pkg, subpath, parentFile, requireConditions()), pkg, parentFile);
}

/**
 * A package as --experimental-package-map has it.
 * @returns {string|false} false: not among the dependencies, or without such a file
 */
function tryPackageMap(parentFile, request, extensions) {
  const match = packageRequest.exec(request);
  if (match === null) return false;
  const folder = require('internal/modules/package_map').findPackage(match[1], request, parentFile);
  if (folder === undefined) return false;
  const pkg = readPackage(folder);
  if (pkg === null || pkg.exports === undefined || pkg.exports === null) {
    return tryIn('', folder + (match[2] ?? ''), extensions, false);
  }
  return finishTarget(resolvePackageExports(pkg, `.${match[2] ?? ''}`, undefined, requireConditions()), pkg, undefined);
}

/** A request that begins with '#': the "imports" of the requiring file's package. */
function tryImports(parentFile, request) {
  const pkg = packageScopeOfFile(parentFile);
  if (!pkg?.imports) return undefined;
  const conditions = requireConditions();
  let target;
  try {
    target = resolvePackageImports(pkg, request, parentFile, conditions, (name, packageFile) =>
      require('internal/modules/esm_resolve').resolveBareFrom(name, packageFile, conditions));
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND') throw notFound(request);
    throw error;
  }
  return finishTarget(target, pkg, parentFile);
}

/** One folder of the lookup, or the request itself when that is absolute. */
function tryIn(folder, request, extensions, isMain) {
  const absolute = path.isAbsolute(request);
  // A request that climbs may do so from a folder that is gone.
  if (folder && !request.startsWith('..') && stat(folder) !== kFolder) return false;
  if (!absolute && folder !== '') {
    const exported = tryPackageExports(folder, request);
    if (exported) return exported;
  }
  const base = path.resolve(folder, request);
  const kind = stat(base);
  let found = false;
  if (!wantsFolder(request)) {
    if (kind === kFile) found = realPath(base, isMain);
    found ||= tryExtensions(base, extensions, isMain);
  }
  if (!found && kind === kFolder) found = tryFolder(base, extensions, isMain, request);
  return found;
}

/** The node_modules folders to search from a folder, nearest first. */
function nodeModulePaths(from) {
  from = path.resolve(from);
  if (from === '/') return ['/node_modules'];
  const folders = [];
  for (let end = from.length; end > 0; end = from.lastIndexOf('/', end - 1)) {
    const folder = from.slice(0, end);
    if (!folder.endsWith('/node_modules')) folders.push(`${folder}/node_modules`);
  }
  folders.push('/node_modules');
  return folders;
}

/** The folders that NODE_PATH and the installation name. */
function globalFolders() {
  const { HOME, NODE_PATH } = process.env;
  if (!require('internal/options').getOptionValue('--global-search-paths')) return [];
  const folders = [path.resolve(process.execPath, '..', '..', 'lib', 'node')];
  if (HOME) folders.unshift(path.resolve(HOME, '.node_modules'), path.resolve(HOME, '.node_libraries'));
  if (NODE_PATH) folders.unshift(...NODE_PATH.split(path.delimiter).filter(Boolean));
  return folders;
}

function isRelative(request) {
  return request === '.' || request === '..' || request.startsWith('./') || request.startsWith('../');
}

module.exports = {
  enterRequire,
  globalFolders,
  isRelative,
  leaveRequire,
  nodeModulePaths,
  replaceStat,
  stat,
  tryImports,
  tryIn,
  tryPackageMap,
  trySelf,
};
