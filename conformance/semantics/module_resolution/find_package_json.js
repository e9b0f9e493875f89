const { makeTree } = require('./lib/tree');
const { findPackageJSON } = require('module');
const { pathToFileURL } = require('url');

const root = makeTree({ 'package.json': {}, 'main.js': '', 'a/b.js': '', 'sub/package.json': {}, 'sub/x/y.js': '', 'node_modules/p/package.json': { exports: './i.js' }, 'node_modules/p/i.js': '', 'node_modules/p/lib/package.json': {}, 'node_modules/p/lib/z.js': '' });
for (const [specifier, base] of [['..', `${root}/a/b.js`], ['.', `${root}/sub/x/y.js`], ['p', `${root}/main.js`], ['p', pathToFileURL(`${root}/sub/x/y.js`)], [`${root}/node_modules/p/lib/z.js`], [pathToFileURL(`${root}/sub/x/y.js`)], ['nope', `${root}/main.js`], ['./b.js', pathToFileURL(`${root}/a/b.js`).href]]) {
  try {
    console.log(String(findPackageJSON(specifier, base)).replaceAll(root, '<ROOT>'));
  } catch (error) {
    console.log(error.code);
  }
}
