// "exports": what it names is there, everything else is not.
const { imports, makeTree, requires, resolves } = require('./lib/tree');

const root = makeTree({
  'main.js': '',
  'node_modules/s/package.json': { exports: './a.js', main: './b.js' },
  'node_modules/s/a.js': 'exports.s = "a"', 'node_modules/s/b.js': '',
  'node_modules/m/package.json': { exports: { '.': './a.js', './x': './x.js', './gone': null, './dir': './d', './json': './j.json', './absent': './absent.js', './no-extension': './x' } },
  'node_modules/m/a.js': 'exports.m = "a"', 'node_modules/m/x.js': 'exports.m = "x"', 'node_modules/m/d/index.js': '', 'node_modules/m/j.json': '{"j":1}',
  'node_modules/no-dot/package.json': { exports: { './x': './x.js' } }, 'node_modules/no-dot/x.js': 'exports.x = 1', 'node_modules/no-dot/index.js': '',
  'node_modules/off/package.json': { exports: null, main: './m.js' }, 'node_modules/off/m.js': 'exports.off = 1',
  'node_modules/nothing/package.json': { exports: {} }, 'node_modules/nothing/index.js': '',
  'node_modules/false/package.json': { exports: false }, 'node_modules/false/index.js': '',
});
const names = ['s', 's/a.js', 's/a', 's/package.json', 'm', 'm/x', 'm/x.js', 'm/gone', 'm/dir', 'm/json', 'm/absent', 'm/no-extension', 'm/', 'm/.', 'm/x/', 'm//x', 'no-dot', 'no-dot/x', 'off', 'off/m', 'off/m.js', 'nothing', 'nothing/index.js', 'false'];
resolves(root, 'main.js', names);
requires(root, 'main.js', ['s', 'm', 'm/x', 'm/json', 'off']);
imports(root, 'main.js', names.filter((name) => name !== 'm/json'));
