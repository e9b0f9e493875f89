'use strict';
// The names that a CommonJS module will export, guessed from its text without running it: what `import { name }` of it
// can ask for. The lexer is merve.

const path = require('path');
const { Module } = require('internal/modules/cjs_loader');
const { formatForRequire } = require('internal/modules/format');
const { keepSource } = require('internal/modules/shared');
const binding = internalBinding('modules');

/** @type {Map<string, Set<string>>} by filename */
const known = new Map();

/** The file that `module.exports = require(request)` names, if it is a CommonJS module. */
function reexported(request, parent) {
  let filename;
  try {
    filename = Module._resolveFilename(request, parent, false);
  } catch {
    return undefined;
  }
  const extension = path.extname(filename);
  const plain = extension === '.js' || extension === '.cjs' || !Module._extensions[extension];
  if (!plain || !path.isAbsolute(filename) || formatForRequire(filename) === 'module') return undefined;
  return filename;
}

/**
 * @param {string} filename
 * @param {string} source
 * @returns {Set<string>}
 */
function exportNames(filename, source) {
  const before = known.get(filename);
  if (before !== undefined) return before;
  // What the lexer does not understand has its default export only.
  const [exports, reexports] = binding.lexExports(source) ?? [[], []];
  const names = new Set(exports);
  // In the table before its dependencies are looked at: re-exports may go in circles.
  known.set(filename, names);
  if (reexports.length === 0) return names;
  const parent = new Module(filename, null);
  parent.filename = filename;
  parent.paths = Module._nodeModulePaths(parent.path);
  for (const request of reexports) {
    const file = reexported(request, parent);
    if (file === undefined) continue;
    let text;
    try {
      text = binding.readFile(file);
    } catch {
      continue;
    }
    keepSource(file, text);
    for (const name of exportNames(file, text)) names.add(name);
  }
  return names;
}

module.exports = { exportNames };
