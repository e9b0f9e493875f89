'use strict';
// `--experimental-print-required-tla`: where the top-level awaits are in a graph of ES modules that cannot be required
// because of them. The modules are parsed, not run. Loaded when such an error is on its way.

const { fileURLToPath } = require('internal/url');
const binding = internalBinding('modules');

const functionNode = /Function/;

function isAwait(node) {
  return node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await) ||
    (node.type === 'VariableDeclaration' && node.kind === 'await using');
}

/** Calls `found` with each await of a syntax tree that is in no function. */
function walk(node, found) {
  if (isAwait(node)) found(node);
  for (const key of Object.keys(node)) {
    const children = Array.isArray(node[key]) ? node[key] : [node[key]];
    for (const child of children) {
      if (typeof child?.type === 'string' && !functionNode.test(child.type)) walk(child, found);
    }
  }
}

/** @returns {{ url: string, line: number, column: number, sourceLine: string }[]} in the order of the text */
function locationsIn(url) {
  const locations = [];
  try {
    const text = binding.readFile(fileURLToPath(url));
    const lines = text.split(/\r?\n/);
    const tree = require('internal/deps/acorn').parse(text, {
      __proto__: null, ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true, locations: true,
    });
    walk(tree, ({ loc: { start } }) => locations.push({
      __proto__: null, url, line: start.line, column: start.column + 1, sourceLine: lines[start.line - 1],
    }));
  } catch {
    // No file, or not JavaScript as the parser knows it: V8's word, that it awaits, must do.
  }
  return locations;
}

function describe({ url, line, column, sourceLine }) {
  return `${fileURLToPath(url)}:${line}\n\n${sourceLine}\n${' '.repeat(column - 1)}^\n`;
}

/**
 * @param {Error} error
 * @param {string[]} urls of the modules that await
 */
function locate(error, urls) {
  const locations = urls.flatMap(locationsIn);
  Object.defineProperty(error, 'topLevelAwaitLocations', {
    __proto__: null, value: locations, writable: true, enumerable: false, configurable: true,
  });
  if (locations.length > 0) binding.attachSource(error, locations.map(describe).join('\n'));
}

module.exports = { locate };
