'use strict';
// Help for errors of ES modules that come from CommonJS habits. Loaded when such an error is on its way.

const path = require('path');
const { fileURLToPath, pathToFileURL } = require('internal/url');
const { packageScopeOfFile } = require('internal/modules/package_json');
const binding = internalBinding('modules');

/**
 * What to write in an import so that it finds what require(specifier) would; undefined when nothing would be found.
 * Relative specifiers are looked for from the current folder.
 */
function requirable(specifier, parentFile) {
  const { Module } = require('internal/modules/cjs_loader');
  if (specifier.startsWith('file:')) {
    try {
      specifier = fileURLToPath(specifier);
    } catch {
      return undefined;
    }
  }
  const parent = new Module(parentFile, null);
  parent.paths = Module._nodeModulePaths(parentFile);
  let found;
  try {
    found = Module._resolveFilename(specifier, parent, false);
  } catch {
    return undefined;
  }
  if (!path.isAbsolute(found)) return undefined;
  if (specifier[0] === '/') return pathToFileURL(found).pathname;
  if (specifier[0] === '.') {
    const relative = encoded(path.relative(path.dirname(parentFile), found));
    return relative.startsWith('../') ? relative : `./${relative}`;
  }
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
  const start = found.lastIndexOf(`/node_modules/${name}/`);
  return start === -1 ? pathToFileURL(found).href : encoded(found.slice(start + '/node_modules/'.length));
}

/** A relative path as a URL reference. */
function encoded(relative) {
  const climbs = /^(?:\.\.\/)*/.exec(relative)[0];
  return climbs + pathToFileURL(`/${relative.slice(climbs.length)}`).pathname.slice(1);
}

const cjsGlobal = /^(require|exports|module|__filename|__dirname) is not defined$/;

/** What an ES module does instead. */
const replacements = {
  __proto__: null,
  require: 'replace require() with import',
  exports: 'use export instead of module.exports/exports',
  module: 'use export instead of module.exports/exports',
  __filename: 'use import.meta.filename instead',
  __dirname: 'use import.meta.dirname instead',
};

/**
 * Adds to the ReferenceError of a module that uses what only CommonJS has. The stack is not looked at: reading it would
 * fix its text, and lose the place of the error.
 */
function explainMissingGlobal(error, { url, wrap }) {
  const match = error?.name === 'ReferenceError' && typeof error.message === 'string' && cjsGlobal.exec(error.message);
  if (!match) return;
  if (wrap.hasTopLevelAwait()) {
    error.message = `Cannot determine intended module format because both '${match[1]}' and top-level await are present. ` +
      'If the code is intended to be CommonJS, wrap await in an async function. ' +
      `If the code is intended to be an ES module, ${replacements[match[1]]}.`;
    return;
  }
  error.message += ' in ES module scope';
  if (match[1] === 'require') error.message += ', you can use import instead';
  if (!url.startsWith('file:')) return;
  const file = fileURLToPath(url);
  const scope = packageScopeOfFile(file);
  if (scope?.type === 'module' && path.extname(file) === '.js') {
    error.message += '\nThis file is being treated as an ES module because it has a \'.js\' file extension and ' +
      `'${scope.file}' contains "type": "module". To treat it as a CommonJS script, rename it to use the '.cjs' file ` +
      'extension.';
  }
}

/** A description of a place in terms of the original source, where source maps are on. */
function mapped(source) {
  if (!require('internal/modules/shared').state.sourceMaps) return source;
  const [place, statement, underline] = source.split('\n');
  const colon = place.lastIndexOf(':');
  const begin = underline.indexOf('^');
  const site = [place.slice(0, colon), +place.slice(colon + 1), statement, begin, underline.length];
  const [name, line, text, column] = require('internal/modules/source_map_cache').mapSite(site);
  return text === statement ? source : `${name}:${line}\n${text}\n${' '.repeat(column)}^\n`;
}

const missingExport = /module '(.*)' does not provide an export named '(.+)'/;

/**
 * Puts the place of an error of linking before its stack and, when the module it wants a name of is CommonJS, says
 * how to get at that.
 * @param {(specifier: string, parentUrl: string) => string|undefined} formatOf
 */
function explainMissingExport(error, formatOf) {
  if (error?.name !== 'SyntaxError') return;
  const source = binding.attachedSource(error);
  if (source === undefined) return;
  const match = missingExport.exec(error.message);
  if (match !== null) {
    const [place, statement] = source.split('\n');
    const parentUrl = place.slice(0, place.lastIndexOf(':'));
    if (formatOf(match[1], parentUrl) === 'commonjs') {
      const names = /{.*}/.exec(statement);
      const example = names === null ? '' : `const ${names[0].replace(/\s+as\s+/g, ': ')} = pkg;\n`;
      const { message } = error;
      error.message = `Named export '${match[2]}' not found. The requested module '${match[1]}' is a CommonJS module, ` +
        'which may not support all module.exports as named exports.\nCommonJS modules can always be imported via the ' +
        `default export, for example using:\n\nimport pkg from '${match[1]}';\n${example}`;
      error.stack = error.stack.replace(message, () => error.message);
    }
  }
  error.stack = mapped(source) + error.stack;
  binding.detachSource(error);
}

module.exports = { explainMissingExport, explainMissingGlobal, requirable };
