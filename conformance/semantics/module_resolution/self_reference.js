// A package finds itself by its name when it has "exports", and only then.
const { imports, makeTree, resolves } = require('./lib/tree');

const root = makeTree({
  'with/package.json': { name: 'with', exports: { '.': './i.js', './x': './lib/x.js', './p/*': './lib/*.js' } },
  'with/i.js': 'exports.i = 1', 'with/lib/x.js': 'exports.x = 1', 'with/main.js': '', 'with/deep/er/main.js': '',
  'with/node_modules/with/index.js': 'exports.installed = 1',
  'without/package.json': { name: 'without', main: './i.js' }, 'without/i.js': '', 'without/main.js': '',
  'scoped/package.json': { name: '@s/pkg', exports: './i.js' }, 'scoped/i.js': 'exports.s = 1', 'scoped/main.js': '',
  'nameless/package.json': { exports: './i.js' }, 'nameless/i.js': '', 'nameless/main.js': '',
  'nested/package.json': { name: 'outer', exports: './i.js' }, 'nested/i.js': '', 'nested/in/package.json': { name: 'inner' }, 'nested/in/main.js': '',
});
resolves(root, 'with/main.js', ['with', 'with/x', 'with/p/x', 'with/lib/x.js', 'with/nope', 'without']);
resolves(root, 'with/deep/er/main.js', ['with', 'with/x']);
resolves(root, 'without/main.js', ['without']);
resolves(root, 'scoped/main.js', ['@s/pkg', '@s/pkg/x', '@s/other']);
resolves(root, 'nameless/main.js', ['nameless']);
resolves(root, 'nested/in/main.js', ['outer', 'inner']);
imports(root, 'with/main.js', ['with', 'with/x', 'with/nope', 'without'])
  .then(() => imports(root, 'scoped/main.js', ['@s/pkg', '@s/pkg/x']))
  .then(() => imports(root, 'nested/in/main.js', ['outer', 'inner']));
