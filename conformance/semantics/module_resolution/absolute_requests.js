// Absolute paths need no folder to look in; file: URLs are for import only.
const { imports, makeTree, resolves } = require('./lib/tree');

const root = makeTree({ 'main.js': '', 'a.js': 'exports.a = 1', 'd/index.js': 'exports.d = 1' });
resolves(root, 'main.js', [`${root}/a`, `${root}/a.js`, `${root}/d`, `${root}/d/`, `${root}/nope`, `file://${root}/a.js`]);
imports(root, 'main.js', [`${root}/a.js`, `file://${root}/a.js`, `${root}/a`, `${root}/d`, `file://host${root}/a.js`]);
