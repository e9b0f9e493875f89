// require.resolve() with folders of the caller's own, and require.resolve.paths().
const { makeTree } = require('./lib/tree');
const { createRequire } = require('module');

const root = makeTree({ 'main.js': '', 'a/node_modules/p/index.js': '', 'b/node_modules/p/index.js': '', 'b/x.js': '', 'c/x.js': '', 'node_modules/top/index.js': '' });
const require_ = createRequire(`${root}/main.js`);
function show(run) {
  try {
    console.log(String(run()).replaceAll(root, '<ROOT>'));
  } catch (error) {
    console.log(error.code, error.message.split('\n')[0].replaceAll(root, '<ROOT>'));
  }
}
show(() => require_.resolve('p', { paths: [`${root}/a`] }));
show(() => require_.resolve('p', { paths: [`${root}/c`, `${root}/b`, `${root}/a`] }));
show(() => require_.resolve('./x', { paths: [`${root}/b`, `${root}/c`] }));
show(() => require_.resolve('./x', { paths: [`${root}/a`] }));
show(() => require_.resolve('top', { paths: [`${root}/a`] }));
show(() => require_.resolve('p', { paths: [] }));
show(() => require_.resolve('fs', { paths: [] }));
show(() => require_.resolve('p', { paths: 'x' }));
show(() => require_.resolve('p', { paths: [5] }));
show(() => require_.resolve(5));
show(() => require_.resolve(''));
show(() => require_.resolve.paths('x').filter((folder) => folder.startsWith(root)));
show(() => require_.resolve.paths('./x'));
show(() => require_.resolve.paths('fs'));
show(() => require_.resolve.paths('node:fs'));
show(() => require_.resolve.paths('node:nope').length > 0);
show(() => require('module')._nodeModulePaths('/a/node_modules/b/c'));
show(() => require('module')._nodeModulePaths('/'));
show(() => require('module')._nodeModulePaths('/node_modules'));
show(() => require('module')._nodeModulePaths('/a/my_node_modules/b'));
