// flags: --conditions=custom
// Conditions are tried in the order of the package.json, not of the caller.
const { imports, makeTree, requires } = require('./lib/tree');

const files = { 'main.js': '' };
function pack(name, exports) {
  files[`node_modules/${name}/package.json`] = { exports };
  for (const kind of ['import', 'require', 'node', 'default', 'custom', 'addons', 'sync', 'browser']) {
    files[`node_modules/${name}/${kind}.js`] = `module.exports = { kind: '${kind}' }`;
  }
}
pack('both', { import: './import.js', require: './require.js' });
pack('default-first', { default: './default.js', require: './require.js' });
pack('node-first', { node: './node.js', import: './import.js', require: './require.js' });
pack('custom', { custom: './custom.js', default: './default.js' });
pack('unknown', { browser: './browser.js' });
pack('unknown-default', { browser: './browser.js', default: './default.js' });
pack('nested', { node: { import: './import.js', require: './require.js' }, default: './default.js' });
pack('nested-falls', { node: { browser: './browser.js' }, default: './default.js' });
pack('nested-null', { node: null, default: './default.js' });
pack('per-subpath', { '.': { import: './import.js', default: './default.js' }, './x': { require: './require.js' } });
pack('array', [{ browser: './browser.js' }, './default.js']);
pack('array-invalid', ['not-a-path', './default.js']);
pack('array-null', [null, './default.js']);
pack('array-empty', []);
pack('array-all-invalid', ['nope', '../nope.js']);
pack('addons', { 'node-addons': './addons.js', 'default': './default.js' });
pack('module-sync', { 'module-sync': './sync.js', 'default': './default.js' });
const root = makeTree(files);
const names = Object.keys(files).filter((name) => name.endsWith('package.json')).map((name) => name.split('/')[1]);
requires(root, 'main.js', [...names, 'per-subpath/x']);
imports(root, 'main.js', [...names, 'per-subpath/x']);
