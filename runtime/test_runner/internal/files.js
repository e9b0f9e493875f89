'use strict';
// Which files are test files. Loaded by internal/test_runner/runner.

const path = require('path');

/** The patterns of `--test` without arguments. */
function defaultPatterns() {
  const { getOptionValue } = require('internal/options');
  const extensions = getOptionValue('--strip-types') ? '{cts,mts,ts,cjs,mjs,js}' : '{cjs,mjs,js}';
  return [
    `**/{test,test/**/*,test-*,*[._-]test}.${extensions}`,
  ];
}

/**
 * The files that patterns match, sorted, named as the patterns are: relative to `cwd` or not. A file that is named is one,
 * whatever it is called.
 */
function findTestFiles(patterns, cwd) {
  const { globSync, existsSync } = require('fs');
  const isDefault = patterns === undefined || patterns.length === 0;
  const found = new Set();
  const exclude = isDefault ? (name) => name === 'node_modules' : undefined;
  for (const pattern of isDefault ? defaultPatterns() : patterns) {
    if (!isDefault && existsSync(path.resolve(cwd, pattern))) found.add(pattern);
    else for (const file of globSync(pattern, { __proto__: null, cwd, exclude })) found.add(file);
  }
  return [...found].sort();
}

module.exports = { findTestFiles };
