'use strict';
// Which files are test files. Loaded by internal/test_runner/runner.

const path = require('path');

/** The patterns of `--test` without arguments. */
function defaultPatterns() {
  const { getOptionValue } = require('internal/options');
  const extensions = getOptionValue('--experimental-strip-types') ? '{cts,mts,ts,cjs,mjs,js}' : '{cjs,mjs,js}';
  return [
    `**/{test,test/**/*,test-*,*[._-]test}.${extensions}`,
  ];
}

/** The files that patterns match, sorted. A file that is named is one, whatever it is called. */
function findTestFiles(patterns, cwd) {
  const { globSync, existsSync } = require('fs');
  const isDefault = patterns === undefined || patterns.length === 0;
  const found = new Set();
  const exclude = isDefault ? (name) => name === 'node_modules' : undefined;
  for (const pattern of isDefault ? defaultPatterns() : patterns) {
    const absolute = path.resolve(cwd, pattern);
    if (!isDefault && existsSync(absolute)) {
      found.add(absolute);
      continue;
    }
    for (const file of globSync(pattern, { __proto__: null, cwd, exclude })) found.add(path.resolve(cwd, file));
  }
  return [...found].sort();
}

module.exports = { findTestFiles };
