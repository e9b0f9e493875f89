// flags: --preserve-symlinks
// What a module behind a symbolic link is called, and where its own dependencies are looked for.
const { imports, makeTree, requires, resolves } = require('./lib/tree');

const root = makeTree({
  'store/pkg/index.js': 'let dep; try { dep = require("dep"); } catch (error) { dep = error.code; } module.exports = { dep };',
  'store/pkg/package.json': {},
  'store/node_modules/dep/index.js': 'module.exports = "from the store"',
  'app/node_modules/dep/index.js': 'module.exports = "from the app"',
  'app/node_modules/pkg': { link: '../../store/pkg' },
  'app/node_modules/file-link.js': { link: '../../store/pkg/index.js' },
  'app/main.js': '', 'app/link.js': { link: './main.js' }, 'app/broken.js': { link: './nowhere.js' }, 'app/loop.js': { link: './loop.js' },
  'app/folder-link': { link: '../store/pkg' },
});
resolves(root, 'app/main.js', ['pkg', 'pkg/index.js', 'file-link', './link', './broken', './loop', './folder-link']);
requires(root, 'app/main.js', ['pkg', './folder-link']);
imports(root, 'app/main.js', ['pkg', './link.js', './broken.js', './folder-link/index.js']);
