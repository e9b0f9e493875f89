// Built-ins come before node_modules, those that exist with node: only do not.
const { imports, makeTree, resolves } = require('./lib/tree');

const root = makeTree({
  'main.js': '', 'node_modules/fs/index.js': '', 'node_modules/test/index.js': 'exports.npm = 1', 'node_modules/sqlite/index.js': 'exports.npm = 1', 'fs.js': '',
  'node_modules/fs-extra/index.js': 'exports.npm = 1',
});
resolves(root, 'main.js', ['fs', 'node:fs', './fs', 'fs/', 'fs/promises', 'fs/nope', 'node:fs/promises', 'test', 'sqlite', 'node:nope', 'node:', 'node:FS', 'FS', 'internal/errors', 'node:internal/errors', 'fs-extra', 'path/posix']);
imports(root, 'main.js', ['test', 'sqlite', 'node:nope', 'node:', 'fs/nope', 'internal/errors', 'node:internal/errors']);
const { isBuiltin } = require('module');
console.log(['fs', 'node:fs', 'test', 'nope', 'node:nope', 'fs/promises', './fs', ''].map((name) => `${name}: ${isBuiltin(name)}`).join(', '));
