// Targets and tables that are wrong.
const { imports, makeTree, resolves } = require('./lib/tree');

const files = { 'main.js': '' };
const tables = {
  'up': '../a.js', 'no-dot': 'a.js', 'abs': '/a.js', 'url': 'file:///a.js', 'in-modules': './node_modules/a.js', 'dots': './x/../a.js',
  'encoded-dots': './x/%2e%2e/a.js', 'number': 5, 'true': true, 'just-dot': '.', 'just-slash': './', 'empty-string': '',
  'mixed': { '.': './a.js', 'import': './a.js' }, 'index-key': { '.': { 0: './a.js', 'default': './a.js' } }, 'encoded-slash': './x%2fa.js',
  'object-target': { '.': { default: { default: '../a.js' } } }, 'array-of-bad': { '.': ['../a.js', 'b'] }, 'spaces': './a%20b.js', 'query': './a.js?x', 'hash': './a.js#y',
  'backslash': './x\\a.js',
};
for (const [name, exports] of Object.entries(tables)) {
  files[`node_modules/${name}/package.json`] = { exports };
  files[`node_modules/${name}/a.js`] = 'exports.a = 1';
  files[`node_modules/${name}/a b.js`] = 'exports.space = 1';
}
files['node_modules/syntax/package.json'] = '{ "exports": ';
files['node_modules/array/package.json'] = '[]';
files['node_modules/null/package.json'] = 'null';
const root = makeTree(files);
const names = [...Object.keys(tables), 'syntax', 'syntax/x'];
resolves(root, 'main.js', names);
imports(root, 'main.js', names);
