'use strict';
// Resolution through "exports" and "imports". The properties: what comes out is inside the package, in no node_modules of
// it, or is what was asked of another package; whatever is refused is refused with one of the documented codes; a
// condition that nobody names changes nothing. The input is a specifier ('./x', '.' or '#x'), a line of conditions and
// the text of a package.json.

const assert = require('assert');
const { Buffer } = require('buffer');
const { URL } = require('internal/url');
const { resolvePackageExports, resolvePackageImports } = require('internal/modules/package_targets');

const CODES = new Set([
  'ERR_INVALID_MODULE_SPECIFIER', 'ERR_INVALID_PACKAGE_CONFIG', 'ERR_INVALID_PACKAGE_TARGET',
  'ERR_PACKAGE_IMPORT_NOT_DEFINED', 'ERR_PACKAGE_PATH_NOT_EXPORTED',
]);
const FOLDER = '/packages/p';

function configOf(text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const own = (key) => (Object.hasOwn(json, key) ? json[key] : undefined);
  const exports = own('exports');
  const imports = own('imports');
  return {
    dir: FOLDER, prefix: `${FOLDER}/`, file: `${FOLDER}/package.json`, name: 'p', main: undefined, type: 'none',
    exports: typeof exports === 'object' || typeof exports === 'string' ? exports : undefined,
    imports: typeof imports === 'object' && imports !== null ? imports : undefined,
  };
}

function tryResolve(config, specifier, conditions) {
  const asked = [];
  const resolveBare = (name) => {
    asked.push(name);
    return `file:///other/${asked.length}`;
  };
  try {
    if (specifier.startsWith('#')) {
      return { result: resolvePackageImports(config, specifier, `${FOLDER}/a.js`, conditions, resolveBare), asked };
    }
    return { result: resolvePackageExports(config, specifier, undefined, conditions), asked };
  } catch (error) {
    assert.ok(CODES.has(error.code), error.stack);
    return { code: error.code, asked };
  }
}

function checkInside(result, text) {
  assert.ok(result.startsWith('./'), result);
  // What a query cuts off was looked at as part of the path, and so were tabs and line ends, which URLs drop: in Node too.
  if (/[?#\t\n\r]/.test(result)) return;
  const { pathname } = new URL(result, `file://${FOLDER}/package.json`);
  // A star inside a segment may complete what no part of it is, '..' or a name: in Node too.
  if (/(\.|%2e)\*|\*(\.|%2e)/i.test(text)) return;
  assert.ok(pathname.startsWith(`${FOLDER}/`), pathname);
  if (/[^/"]\*|\*[^/"]/.test(text)) return;
  assert.doesNotMatch(pathname.slice(FOLDER.length), /\/node_modules(\/|$)/i);
}

module.exports = function packageTargetsProperty(bytes) {
  const [specifier, conditionLine, ...rest] = Buffer.from(bytes).utf8Slice().split('\n');
  const text = rest.join('\n');
  const config = configOf(text);
  if (config === null) return;
  if (!specifier.startsWith('#')) {
    // What the callers make sure of.
    if (config.exports === undefined || config.exports === null) return;
    if (specifier !== '.' && !specifier.startsWith('./')) return;
  }
  const conditions = new Set(conditionLine.split(','));
  const found = tryResolve(config, specifier, conditions);
  if (found.result !== undefined && found.asked.length === 0) checkInside(found.result, text);
  const more = tryResolve(config, specifier, new Set([...conditions, 'a condition that nobody names']));
  assert.deepStrictEqual(more, found);
};
