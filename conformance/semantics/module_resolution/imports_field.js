// "imports": names that begin with '#', private to the package.
const { imports, makeTree, resolves } = require('./lib/tree');

const root = makeTree({
  'package.json': { name: 'app', imports: {
    '#a': './a.js', '#dep': 'dep', '#dep-sub': 'dep/x', '#cond': { import: './a.js', require: './b.js' }, '#p/*': './p/*.js', '#deps/*': 'dep/*',
    '#up': '../x.js', '#abs': '/x.js', '#none': null, '#num': 5, '#missing': './missing.js', '#missing-dep': 'nope', '#arr': ['nope:', './a.js'], '#self': 'app',
  } },
  'main.js': '', 'a.js': 'exports.a = 1', 'b.js': 'exports.b = 1', 'p/x.js': 'exports.px = 1',
  'sub/deep/main.js': '',
  'other/package.json': {}, 'other/main.js': '',
  'node_modules/dep/package.json': { exports: { '.': './i.js', './x': './x.js' } }, 'node_modules/dep/i.js': 'exports.dep = 1', 'node_modules/dep/x.js': 'exports.depx = 1',
});
const names = ['#a', '#dep', '#dep-sub', '#cond', '#p/x', '#p/y', '#p/', '#deps/x', '#deps/y', '#up', '#abs', '#none', '#num', '#missing', '#missing-dep', '#arr', '#nope', '#', '#p/../a', '#self'];
resolves(root, 'main.js', names);
resolves(root, 'sub/deep/main.js', ['#a']);
resolves(root, 'other/main.js', ['#a']);
imports(root, 'main.js', names).then(() => imports(root, 'other/main.js', ['#a']));
