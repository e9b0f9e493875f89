// Files, extensions and folders that relative requests find.
const { makeTree, resolves } = require('./lib/tree');

const root = makeTree({
  'app/main.js': '',
  'app/a.js': '', 'app/a.json': '{}',
  'app/b.json': '{}',
  'app/c': '', 'app/c.js': '',
  'app/both.js': '', 'app/both/index.js': '',
  'app/folder/index.js': '', 'app/folder/index.json': '{}',
  'app/data/index.json': '{}',
  'app/empty/readme.txt': '',
  'app/x.y': '', 'app/v1.2.js': '', 'app/.hidden.js': '', 'app/.dots/index.js': '',
  'app/sp ace.js': '', 'app/%41.js': '', 'app/A.js': '',
  'index.js': '',
});
resolves(root, 'app/main.js', [
  './a', './a.js', './a.json', './b', './c', './c.js', './both', './both/', './both.js', './folder', './folder/',
  './folder/.', './folder/..', './data', './empty', './empty/', './x.y', './x', './v1.2', './.hidden', './.dots',
  './sp ace', './%41', './A', './a.js/', './a/', '.', './', '..', '../', '../app/a', './/a', './folder//index',
  './nope', './nope/', './a.mjs', '.hidden', './a\u0000b', '', ' ./a',
]);
