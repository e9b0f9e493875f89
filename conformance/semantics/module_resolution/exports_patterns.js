// Patterns: the longest part before the '*' wins, null takes away, the rest is literal.
const { imports, makeTree, resolves } = require('./lib/tree');

const files = {
  'main.js': '',
  'node_modules/p/package.json': { exports: {
    './*': './src/*.js',
    './lib/*': './lib/*.js',
    './lib/*.js': './lib/*.js',
    './lib/private/*': null,
    './lib/private/open': './lib/private/open.js',
    './twice/*': './src/*/*.js',
    './fixed/*': './src/a.js',
    './ext/*.css': './styles/*.css',
    './cond/*': { import: './esm/*.mjs', require: './src/*.js' },
    './two*stars*': './src/a.js',
    './a*z': './src/a*z.js',
  } },
};
for (const file of ['src/a.js', 'src/b.js', 'src/a/a.js', 'src/deep/x.js', 'src/amz.js', 'src/az.js', 'lib/a.js', 'lib/a.b.js', 'lib/private/x.js', 'lib/private/open.js', 'styles/main.css', 'esm/a.mjs', 'src/package.json.js']) {
  files[`node_modules/p/${file}`] = file.endsWith('.mjs') ? 'export const m = 1' : '';
}
const root = makeTree(files);
const names = ['p/a', 'p/b', 'p/c', 'p/deep/x', 'p/lib/a', 'p/lib/a.js', 'p/lib/a.b', 'p/lib/private/x', 'p/lib/private/open', 'p/twice/a', 'p/fixed/anything', 'p/fixed/', 'p/ext/main.css', 'p/ext/main', 'p/cond/a', 'p/twoXstarsY', 'p/amz', 'p/az', 'p/lib/', 'p/', 'p/package.json', 'p/lib/../a', 'p/lib/./a', 'p/lib/node_modules/a', 'p/lib/%2e%2e/a', 'p/lib/a%2fb', 'p/lib/a%5cb', 'p/$&', 'p/*', 'p/lib/*'];
resolves(root, 'main.js', names);
imports(root, 'main.js', names);
