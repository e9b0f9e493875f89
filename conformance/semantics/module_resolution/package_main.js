// What "main" may be, and what stands in for one that is not there.
const { imports, makeTree, resolves } = require('./lib/tree');

const files = { 'main.js': '' };
function pack(name, main, ...names) {
  files[`node_modules/${name}/package.json`] = main === undefined ? {} : { main };
  for (const file of names) files[`node_modules/${name}/${file}`] = `exports.file = ${JSON.stringify(file)}`;
}
pack('exact', './lib/a.js', 'lib/a.js', 'index.js');
pack('bare-path', 'lib/a.js', 'lib/a.js');
pack('no-extension', './lib/a', 'lib/a.js');
pack('folder', './lib', 'lib/index.js');
pack('folder-slash', './lib/', 'lib/index.js');
pack('dot', '.', 'index.js');
pack('missing', './nope', 'index.js');
pack('missing-all', './nope.js');
pack('empty', '', 'index.js');
pack('number', 5, 'index.js');
pack('none', undefined, 'index.js');
pack('none-at-all', undefined);
pack('json', './data.json', 'data.json');
pack('outside', '../exact/lib/a.js');
pack('prefers-file', './lib', 'lib.js', 'lib/index.js');
files['node_modules/json/data.json'] = '{"json":true}';
const root = makeTree(files);
const names = Object.keys(files).filter((name) => name.endsWith('package.json')).map((name) => name.split('/')[1]);
process.on('warning', (warning) => console.log(warning.code, warning.message.replaceAll(root, '<ROOT>')));
resolves(root, 'main.js', names);
imports(root, 'main.js', names.filter((name) => name !== 'json'));
