// Specifiers that import refuses, with the hints it gives.
const { imports, makeTree } = require('./lib/tree');

const root = makeTree({
  'main.mjs': '', 'a.js': 'exports.a = 1', 'd/index.js': '', 'j.json': '{"a":1}', 'bad.json': '{bad', 'node_modules/p/index.js': '', 'node_modules/p/sub/file.js': '', 'node_modules/p/package.json': {},
});
(async () => {
  await imports(root, 'main.mjs', ['./a', './d', './d/', './nope', './j.json', './bad.json', 'p/sub/file', 'p/sub', '', '.', 'http://x/y', 'foo:bar', 'data:text/plain,x', 'data:x', 'data:text/javascript,export default 5', 'data:text/javascript;base64,ZXhwb3J0IGRlZmF1bHQgNQ==', 'data:application/json,{}', 'data:text/javascript,import "./a.js"', 'data:text/javascript,import "fs"; export default 6', '@x', '%2e', '.x', 'a\\b']);
  await imports(root, 'main.mjs', ['./j.json', './bad.json', './a.js', 'data:application/json,{"x":1}', 'fs'], { with: { type: 'json' } });
  await imports(root, 'main.mjs', ['./a.js', './j.json'], { with: { type: 'unknown' } });
  await imports(root, 'main.mjs', ['./a.js'], { with: { key: 'value' } });
})();
