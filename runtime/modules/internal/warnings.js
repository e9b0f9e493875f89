'use strict';
// The deprecation and misuse warnings of module resolution; loaded when the first of them is due.

const { fileURLToPath } = require('internal/url');

/** Trailing slashes that were warned about already. */
const said = new Set();

function importedFrom(base) {
  if (base === undefined) return '';
  return ` imported from ${base.startsWith('file:') ? fileURLToPath(base) : base}`;
}

/**
 * @param {import('./package_targets').Query} query
 * @param {string} target
 * @param {string} request
 * @param {string} match
 * @param {boolean} inTarget whether it is the package.json that has the empty segment
 */
function emptySegment(query, target, request, match, inTarget) {
  const { pkg } = query;
  // That has a warning of its own.
  if (request.endsWith('/')) return;
  const field = query.internal ? 'imports' : 'exports';
  const matched = request === match ? '' : ` matched to "${match}"`;
  const how = (inTarget ? target : request).includes('//') ? 'double slash' : 'leading or trailing slash matching';
  process.emitWarning(
    `Use of deprecated ${how} resolving "${target}" for module request "${request}"${matched} in the ` +
    `"${field}" field module resolution of the package at ${pkg.file}${importedFrom(query.base)}.`,
    'DeprecationWarning', 'DEP0166');
}

function trailingSlash(pkg, subpath, base) {
  const key = `${pkg.file}|${subpath}`;
  if (said.has(key)) return;
  said.add(key);
  process.emitWarning(
    `Use of deprecated trailing slash pattern mapping "${subpath}" in the "exports" field module resolution of the ` +
    `package at ${pkg.file}${importedFrom(base)}. Mapping specifiers ending in "/" is no longer supported.`,
    'DeprecationWarning', 'DEP0155');
}

function invalidMain(pkg) {
  process.emitWarning(
    `Invalid 'main' field in '${pkg.file}' of '${pkg.main}'. Please either fix that or report it to the module author`,
    'DeprecationWarning', 'DEP0128');
}

/** "main" that names no file, or no "main" at all, and the ES module resolver that searched. */
function searchedMain(pkg, found, base) {
  const guessed = found.slice(pkg.dir.length + 1);
  const how = pkg.main === undefined
    ? `No "main" or "exports" field defined in the package.json for ${pkg.dir}/ resolving the main entry point ` +
      `"${guessed}"${importedFrom(base)}.\nDefault "index" lookups for the main are deprecated for ES modules.`
    : `Package ${pkg.dir}/ has a "main" field set to "${pkg.main}", excluding the full filename and extension to the ` +
      `resolved file at "${guessed}"${importedFrom(base)}.\n Automatic extension resolution of the "main" field is ` +
      'deprecated for ES modules.';
  process.emitWarning(how, 'DeprecationWarning', 'DEP0151');
}

/** package.json files that were warned about already. */
const typeless = new Set();

/** A .js file that only its text told to be an ES module. */
function typelessPackage(url) {
  const filename = fileURLToPath(url);
  const { packageScopeOfFile } = require('internal/modules/package_json');
  const scope = filename.endsWith('.js') ? packageScopeOfFile(filename) : null;
  if (scope === null || typeless.has(scope.file) || filename.includes('/node_modules/')) return;
  typeless.add(scope.file);
  process.emitWarning(
    `Module type of ${url} is not specified and it doesn't parse as CommonJS.\n` +
    'Reparsing as ES module because module syntax was detected. This incurs a performance overhead.\n' +
    `To eliminate this warning, add "type": "module" to ${scope.file}.`,
    { code: 'MODULE_TYPELESS_PACKAGE_JSON' });
}

function circularAccess(property) {
  process.emitWarning(
    `Accessing non-existent property '${String(property)}' of module exports inside circular dependency`);
}

module.exports = { circularAccess, emptySegment, invalidMain, searchedMain, trailingSlash, typelessPackage };
