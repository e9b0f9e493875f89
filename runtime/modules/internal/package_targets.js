'use strict';
// The "exports" and "imports" fields of package.json: the part of resolution that CommonJS and ES modules share. What
// comes out is either a path relative to the package ('./lib/a.js', still percent-encoded) or the URL of another
// package's file or built-in.

const { codes: {
  ERR_INVALID_MODULE_SPECIFIER,
  ERR_INVALID_PACKAGE_CONFIG,
  ERR_INVALID_PACKAGE_TARGET,
  ERR_PACKAGE_IMPORT_NOT_DEFINED,
  ERR_PACKAGE_PATH_NOT_EXPORTED,
} } = require('internal/errors');

/** @typedef {import('./package_json').PackageConfig} PackageConfig */

/**
 * One resolution: what does not change while it descends into targets.
 * @typedef {object} Query
 * @property {PackageConfig} pkg
 * @property {string|undefined} base the importing file's path or URL, for messages
 * @property {Set<string>} conditions
 * @property {boolean} internal for "imports"
 * @property {(name: string, packageFile: string) => string} [resolveBare] for "imports" that name another package
 */

/**
 * What is wrong with a relative path: 'forbidden' has a segment '.', '..' or node_modules (percent-encoded or not),
 * 'empty' has doubled slashes, '' is fine.
 */
function segmentProblem(path) {
  let problem = '';
  for (const segment of path.split(/[\\/]/)) {
    if (segment === '') {
      problem = 'empty';
      continue;
    }
    const plain = segment.replace(/%([2-7][0-9a-f])/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    if (plain === '.' || plain === '..' || plain.toLowerCase() === 'node_modules') return 'forbidden';
  }
  return problem;
}

function filePath(base) {
  if (base === undefined) return undefined;
  return base.startsWith('file:') ? require('internal/url').fileURLToPath(base) : base;
}

/** @param {Query} query */
function invalidTarget(query, key, target) {
  const shown = typeof target === 'object' && target !== null ? JSON.stringify(target, null, '') : `${target}`;
  return new ERR_INVALID_PACKAGE_TARGET(query.pkg.prefix, key, shown, query.internal, filePath(query.base));
}

/** @param {Query} query */
function invalidSubpath(query, request, match) {
  const field = query.internal ? 'imports' : 'exports';
  const reason = `request is not a valid match in pattern "${match}" for the "${field}" resolution of ${query.pkg.file}`;
  return new ERR_INVALID_MODULE_SPECIFIER(request, reason, filePath(query.base));
}

/** Puts what the '*' of a pattern stood for (undefined: no pattern) into a target or key. */
function fill(text, matched) {
  return matched === undefined ? text : text.replaceAll('*', () => matched);
}

/**
 * A target that is a string.
 * @param {Query} query
 * @param {string|undefined} matched what stands for the '*' of the pattern `key`
 */
function stringTarget(query, target, matched, key) {
  if (!target.startsWith('./')) {
    const named = query.internal && !target.startsWith('../') && !target.startsWith('/');
    if (!named || require('internal/url').URL.canParse(target)) throw invalidTarget(query, key, target);
    return query.resolveBare(fill(target, matched), query.pkg.file);
  }
  const problem = target.length > 2 ? segmentProblem(target.slice(2)) : '';
  if (problem === 'forbidden') throw invalidTarget(query, key, target);
  const matchProblem = matched ? segmentProblem(matched) : '';
  if (matchProblem === 'forbidden') throw invalidSubpath(query, fill(key, matched), key);
  const result = fill(target, matched);
  if (problem !== '' || matchProblem !== '') {
    require('internal/modules/warnings').emptySegment(query, result, fill(key, matched), key, problem !== '');
  }
  return result;
}

/** @param {Query} query */
function arrayTarget(query, targets, matched, key) {
  let failure = null;
  for (const target of targets) {
    let result;
    try {
      result = resolveTarget(query, target, matched, key);
    } catch (error) {
      if (error.code !== 'ERR_INVALID_PACKAGE_TARGET') throw error;
      failure = error;
      continue;
    }
    if (result === undefined) continue;
    if (result !== null) return result;
    failure = null;
  }
  if (failure !== null) throw failure;
  return null;
}

function isArrayIndex(key) {
  const number = +key;
  return `${number}` === key && number >= 0 && number < 0xffff_ffff;
}

/** @param {Query} query */
function conditionalTarget(query, targets, matched, key) {
  const names = Object.keys(targets);
  if (names.some(isArrayIndex)) {
    throw new ERR_INVALID_PACKAGE_CONFIG(query.pkg.file, query.base, '"exports" cannot contain numeric property keys.');
  }
  for (const name of names) {
    if (name !== 'default' && !query.conditions.has(name)) continue;
    const result = resolveTarget(query, targets[name], matched, key);
    if (result !== undefined) return result;
  }
  return undefined;
}

/**
 * @param {Query} query
 * @returns {string|null|undefined} null: explicitly not there; undefined: no condition applies
 */
function resolveTarget(query, target, matched, key) {
  if (typeof target === 'string') return stringTarget(query, target, matched, key);
  if (Array.isArray(target)) return arrayTarget(query, target, matched, key);
  if (target === null) return null;
  if (typeof target === 'object') return conditionalTarget(query, target, matched, key);
  throw invalidTarget(query, key, target);
}

/** The more specific of two patterns comes first: by what is before the '*', then by length. */
function comparePatterns(a, b) {
  const starA = a.indexOf('*');
  const starB = b.indexOf('*');
  const baseA = starA === -1 ? a.length : starA + 1;
  const baseB = starB === -1 ? b.length : starB + 1;
  if (baseA !== baseB) return baseB - baseA;
  if (starA === -1) return 1;
  if (starB === -1) return -1;
  return b.length - a.length;
}

/** The best pattern of `table` that `name` matches, and what stands for its '*'. */
function bestPattern(table, name) {
  let best = '';
  let matched = '';
  for (const key of Object.keys(table)) {
    const star = key.indexOf('*');
    if (star === -1 || !name.startsWith(key.slice(0, star))) continue;
    const trailer = key.slice(star + 1);
    if (name.length < key.length || !name.endsWith(trailer)) continue;
    if (key.lastIndexOf('*') !== star || (best !== '' && comparePatterns(best, key) <= 0)) continue;
    best = key;
    matched = name.slice(star, name.length - trailer.length);
  }
  return best === '' ? undefined : { best, matched };
}

/** Whether "exports" is only about the package's main entry. */
function isMainSugar(pkg, base) {
  const { exports } = pkg;
  if (typeof exports === 'string' || Array.isArray(exports)) return true;
  if (typeof exports !== 'object' || exports === null) return false;
  const keys = Object.keys(exports);
  const sugar = keys.length > 0 && (keys[0] === '' || keys[0][0] !== '.');
  for (const key of keys) {
    if ((key === '' || key[0] !== '.') !== sugar) {
      throw new ERR_INVALID_PACKAGE_CONFIG(pkg.file, base,
        '"exports" cannot contain some keys starting with \'.\' and some not. The exports object must either be an ' +
        'object of package subpath keys or an object of main entry condition name keys only.');
    }
  }
  return sugar;
}

/**
 * @param {PackageConfig} pkg
 * @param {string} subpath '.' or './x'
 * @param {string|undefined} base
 * @param {Set<string>} conditions
 * @returns {string} relative to the package
 */
function resolvePackageExports(pkg, subpath, base, conditions) {
  let table = pkg.exports;
  if (isMainSugar(pkg, base)) table = { '.': table };
  const query = { pkg, base, conditions, internal: false, resolveBare: undefined };
  let result;
  if (Object.hasOwn(table, subpath) && !subpath.includes('*') && !subpath.endsWith('/')) {
    result = resolveTarget(query, table[subpath], undefined, subpath);
  } else {
    const match = bestPattern(table, subpath);
    if (match) {
      if (subpath.endsWith('/')) require('internal/modules/warnings').trailingSlash(pkg, subpath, base);
      result = resolveTarget(query, table[match.best], match.matched, match.best);
    }
  }
  if (result === null || result === undefined) {
    throw new ERR_PACKAGE_PATH_NOT_EXPORTED(pkg.prefix, subpath, filePath(base));
  }
  return result;
}

/**
 * @param {PackageConfig|null} pkg the package of the importing file
 * @param {string} name '#x'
 * @param {string} base the importing file
 * @param {Set<string>} conditions
 * @param {(name: string, packageFile: string) => string} resolveBare
 * @returns {string} relative to the package, or a URL
 */
function resolvePackageImports(pkg, name, base, conditions, resolveBare) {
  if (name === '#' || name.endsWith('/')) {
    throw new ERR_INVALID_MODULE_SPECIFIER(name, 'is not a valid internal imports specifier name', filePath(base));
  }
  if (pkg?.imports) {
    const query = { pkg, base, conditions, internal: true, resolveBare };
    let result;
    if (Object.hasOwn(pkg.imports, name) && !name.includes('*')) {
      result = resolveTarget(query, pkg.imports[name], undefined, name);
    } else {
      const match = bestPattern(pkg.imports, name);
      if (match) result = resolveTarget(query, pkg.imports[match.best], match.matched, match.best);
    }
    if (result !== null && result !== undefined) return result;
  }
  throw new ERR_PACKAGE_IMPORT_NOT_DEFINED(name, pkg?.prefix, filePath(base));
}

module.exports = { resolvePackageExports, resolvePackageImports };
