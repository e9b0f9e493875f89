// Which module system a file belongs to: extension, then the nearest package.json, then the text.
const { imports, makeTree, requires } = require('./lib/tree');

const cjs = 'module.exports = { is: "cjs" }';
const esm = 'export const is = "esm"';
const root = makeTree({
  'main.js': '', 'package.json': {},
  'a.mjs': esm, 'a.cjs': cjs, 'cjs.js': cjs, 'esm.js': esm, 'neither.js': '', 'tla.js': 'await 0; export {}', 'meta.js': 'import.meta.url', 'noext-esm': esm, 'noext-cjs': cjs, 'x.unknown': cjs,
  'broken.js': 'export const a = ;', 'esm-in.cjs': esm, 'cjs-in.mjs': cjs,
  'module/package.json': { type: 'module' }, 'module/a.js': esm, 'module/cjs.js': cjs, 'module/a.cjs': cjs, 'module/noext': esm, 'module/x.unknown': esm, 'module/data.json': '{"d":1}',
  'module/commonjs/package.json': { type: 'commonjs' }, 'module/commonjs/a.js': cjs, 'module/commonjs/esm.js': esm, 'module/commonjs/noext': cjs,
  'module/none/package.json': {}, 'module/none/a.js': cjs,
  'odd/package.json': { type: 'odd' }, 'odd/a.js': cjs,
  'module/node_modules/dep/index.js': cjs, 'module/sub/a.js': esm,
});
const names = ['./a.mjs', './a.cjs', './cjs.js', './esm.js', './neither.js', './tla.js', './meta.js', './noext-esm', './noext-cjs', './x.unknown', './broken.js', './esm-in.cjs', './cjs-in.mjs', './module/a.js', './module/cjs.js', './module/a.cjs', './module/noext', './module/x.unknown', './module/data.json', './module/commonjs/a.js', './module/commonjs/esm.js', './module/commonjs/noext', './module/none/a.js', './odd/a.js', './module/node_modules/dep/index.js', './module/sub/a.js'];
requires(root, 'main.js', names);
imports(root, 'main.js', names);
