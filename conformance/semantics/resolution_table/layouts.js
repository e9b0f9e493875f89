'use strict';
// The table of module resolution: folders of files, and what is asked for from inside of them. table.js makes each layout,
// asks with require(), require.resolve(), import() and import.meta.resolve(), and compares with expected.json.
//
// A file is 'cjs' or 'esm' (a module that exports its own place), 'json', { link: target } (a symbolic link), an object (a
// package.json) or its text behind 'text:'. `from` is the folder of the modules that ask, '' the layout's own; `groups`
// are command lines and environments, each with its specifiers.

const plain = (...specifiers) => [{ specifiers }];

module.exports = {
  relative: {
    files: {
      'a.js': 'cjs', 'b.mjs': 'esm', 'c.cjs': 'cjs', 'd.json': 'json', 'noext': 'cjs', 'weird.xyz': 'cjs',
      'dir/index.js': 'cjs', 'only-json/index.json': 'json', 'only-mjs/index.mjs': 'esm', 'empty/readme.txt': 'text:x',
      'a.b.js': 'cjs', 'both.js': 'cjs', 'both/index.js': 'cjs', 'both.json': 'json', 'space d.js': 'cjs', '%41.js': 'cjs',
      'up/importers/x.js': 'cjs', '\u00fc.js': 'cjs', 'hash#.js': 'cjs', 'query?.js': 'cjs', 'bad.json': 'text:{"a":',
    },
    groups: plain(
      './a', './a.js', './A.js', './b', './b.mjs', './c', './c.cjs', './d', './d.json', './noext', './weird', './weird.xyz',
      './dir', './dir/', './dir/index', './dir/.', './dir/..', '.', './', './only-json', './only-mjs', './empty', './empty/',
      './a.b', './both', './both/', './both.js', './both.json', './space d.js', './space%20d.js', './%41.js', './%2541.js',
      './a.js/', './a.js/x', './missing', './missing/', './dir%2findex.js', './dir%5cindex.js', './a.js?x=1', './a.js#x',
      './\u00fc.js', './%C3%BC.js', './hash#.js', './hash%23.js', './query?.js', './query%3F.js', './bad.json',
      './dir//index.js', './up/../a.js', './/a.js', '',
    ),
  },
  parents: {
    from: 'deep/er',
    files: { 'x.js': 'cjs', 'deep/x.js': 'cjs', 'deep/er/x.js': 'cjs', 'index.js': 'cjs', 'deep/index.js': 'cjs' },
    groups: plain('./x.js', '../x.js', '../../x.js', '..', '../', '../..', '../../', '...', '../er/x.js', '/nowhere/x.js'),
  },
  packages: {
    from: 'app/lib',
    files: {
      'node_modules/top/index.js': 'cjs', 'app/node_modules/near/index.js': 'cjs', 'app/node_modules/top2/index.js': 'cjs',
      'node_modules/top2/index.js': 'cjs', 'node_modules/file.js': 'cjs', 'node_modules/@s/p/index.js': 'cjs',
      'node_modules/@s/index.js': 'cjs', 'node_modules/with-sub/sub.js': 'cjs', 'node_modules/with-sub/dir/index.js': 'cjs',
      'node_modules/with-sub/sub.mjs': 'esm', 'node_modules/fs/index.js': 'cjs', 'node_modules/fs/x.js': 'cjs',
      'node_modules/test/index.js': 'cjs', 'node_modules/.dot/index.js': 'cjs', 'node_modules/esm-only/index.mjs': 'esm',
      'node_modules/empty/readme': 'text:x', 'node_modules/up%20per/index.js': 'cjs', 'node_modules/node_modules/x/index.js': 'cjs',
    },
    groups: plain(
      'top', 'near', 'top2', 'file', 'file.js', '@s/p', '@s', '@s/', '@s/missing', 'with-sub', 'with-sub/sub', 'with-sub/sub.js',
      'with-sub/sub.mjs', 'with-sub/dir', 'with-sub/dir/', 'with-sub/', 'fs', 'fs/', 'fs/x.js', 'fs/promises', 'node:fs',
      'node:fs/', 'node:nothing', 'test', 'node:test/nothing', '.dot', 'esm-only', 'empty', 'missing', 'missing/sub', 'Top',
      'top/../near', 'up%20per', 'x\\y', 'node_modules/x', '#none', '%', 'file:', 'http://x/y.js', 'data:text/javascript,1',
    ),
  },
  mains: {
    files: {
      'node_modules/a/package.json': { main: 'lib/main.js' }, 'node_modules/a/lib/main.js': 'cjs',
      'node_modules/b/package.json': { main: './lib/main' }, 'node_modules/b/lib/main.js': 'cjs',
      'node_modules/c/package.json': { main: 'lib' }, 'node_modules/c/lib/index.js': 'cjs',
      'node_modules/d/package.json': { main: 'missing.js' }, 'node_modules/d/index.js': 'cjs',
      'node_modules/e/package.json': { main: 'missing.js' },
      'node_modules/f/package.json': { main: 'm.mjs' }, 'node_modules/f/m.mjs': 'esm', 'node_modules/f/index.js': 'cjs',
      'node_modules/g/package.json': { main: 7 }, 'node_modules/g/index.js': 'cjs',
      'node_modules/h/package.json': { main: '' }, 'node_modules/h/index.json': 'json',
      'node_modules/i/package.json': { main: '../a/lib/main.js' },
      'node_modules/j/package.json': { main: 'data.json' }, 'node_modules/j/data.json': 'json',
      'node_modules/k/package.json': 'text:{ nonsense', 'node_modules/k/index.js': 'cjs',
      'node_modules/l/package.json': 'text:[]', 'node_modules/l/index.js': 'cjs',
      'node_modules/m/package.json': 'text:', 'node_modules/m/index.js': 'cjs',
      'node_modules/n/package.json': { main: './lib/' }, 'node_modules/n/lib/index.js': 'cjs',
      'node_modules/o/package.json': { module: 'x.mjs', browser: 'y.js' }, 'node_modules/o/index.js': 'cjs',
    },
    groups: plain('a', 'a/', 'a/lib', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'k/index.js', 'l', 'm', 'n', 'o',
                  './node_modules/c', './node_modules/e'),
  },
  exports: {
    files: {
      'node_modules/str/package.json': { exports: './m.js', main: 'other.js' }, 'node_modules/str/m.js': 'cjs',
      'node_modules/str/other.js': 'cjs',
      'node_modules/subs/package.json': { exports: {
        '.': './m.js', './a': './a.js', './dir/*': './lib/*.js', './dir/private/*': null, './raw/*': './lib/*',
        './no-file': './missing.js', './bad': '../outside.js', './nm': './node_modules/x.js', './bare': 'top', './arr': ['bad', './a.js'],
        './tail/': './lib/', './*/mid/*.js': './lib/*.js', './nested': { node: { import: './i.mjs', require: './a.js' } },
        './encoded/*': './lib/*', './nothing': null, './num': 7, './package.json': './package.json',
      } },
      'node_modules/subs/m.js': 'cjs', 'node_modules/subs/a.js': 'cjs', 'node_modules/subs/i.mjs': 'esm',
      'node_modules/subs/lib/x.js': 'cjs', 'node_modules/subs/lib/private/x.js': 'cjs', 'node_modules/subs/lib/y/z.js': 'cjs',
      'node_modules/cond/package.json': { exports: {
        import: './i.mjs', require: './r.cjs', default: './d.js' } },
      'node_modules/cond/i.mjs': 'esm', 'node_modules/cond/r.cjs': 'cjs', 'node_modules/cond/d.js': 'cjs',
      'node_modules/sync/package.json': { exports: { 'module-sync': './s.mjs', default: './d.js' } },
      'node_modules/sync/s.mjs': 'esm', 'node_modules/sync/d.js': 'cjs',
      'node_modules/custom/package.json': { exports: { special: './s.js', other: './o.js', default: './d.js' } },
      'node_modules/custom/s.js': 'cjs', 'node_modules/custom/o.js': 'cjs', 'node_modules/custom/d.js': 'cjs',
      'node_modules/order/package.json': { exports: { default: './d.js', import: './i.mjs' } },
      'node_modules/order/d.js': 'cjs', 'node_modules/order/i.mjs': 'esm',
      'node_modules/mixed/package.json': { exports: { '.': './m.js', 'import': './m.js' } }, 'node_modules/mixed/m.js': 'cjs',
      'node_modules/index/package.json': { exports: { 0: './m.js' } }, 'node_modules/index/m.js': 'cjs',
      'node_modules/noroot/package.json': { exports: { './a': './a.js' } }, 'node_modules/noroot/a.js': 'cjs',
      'node_modules/none/package.json': { exports: null, main: 'm.js' }, 'node_modules/none/m.js': 'cjs',
      'node_modules/empty/package.json': { exports: {} }, 'node_modules/empty/index.js': 'cjs',
      'node_modules/addon/package.json': { exports: { 'node-addons': './a.js', default: './d.js' } },
      'node_modules/addon/a.js': 'cjs', 'node_modules/addon/d.js': 'cjs',
    },
    groups: [
      { specifiers: [
        'str', 'str/m.js', 'str/other.js', 'str/', 'subs', 'subs/a', 'subs/a.js', 'subs/dir/x', 'subs/dir/x.js',
        'subs/dir/private/x', 'subs/dir/y/z', 'subs/dir/missing', 'subs/raw/x.js', 'subs/raw/', 'subs/no-file', 'subs/bad',
        'subs/nm', 'subs/bare', 'subs/arr', 'subs/tail/x.js', 'subs/q/mid/x.js', 'subs/nested', 'subs/encoded/%2e%2e/a.js',
        'subs/encoded/..%2fa.js', 'subs/raw/../a.js', 'subs/nothing', 'subs/num', 'subs/package.json', 'subs/', 'cond', 'sync',
        'custom', 'order', 'mixed', 'index', 'noroot', 'noroot/a', 'none', 'none/m.js', 'empty', 'empty/index.js', 'addon',
      ] },
      { flags: ['-C', 'special'], specifiers: ['custom', 'cond'] },
      { flags: ['-C', 'other', '--conditions=special'], specifiers: ['custom'] },
      { flags: ['--no-addons'], specifiers: ['addon'] },
      { flags: ['--no-require-module'], specifiers: ['sync', 'cond', 'subs/nested'] },
      { env: { NODE_OPTIONS: '--conditions=special' }, specifiers: ['custom'] },
    ],
  },
  imports: {
    files: {
      'package.json': { name: 'self', exports: { '.': './m.js', './x': './x.js', './*.mjs': './*.mjs' }, imports: {
        '#a': './x.js', '#b': { node: './m.js', default: './x.js' }, '#c': 'dep', '#d': 'dep/sub.js', '#e/*': './lib/*.js',
        '#f': './missing.js', '#g': '../outside.js', '#h': 'node:fs', '#j': null, '#k': ['bad:', './x.js'],
        '#l': 'missing-package', '#m/*': 'dep/*', '#': './x.js', '#/x': './x.js', '#n': { import: './e.mjs', require: './x.js' },
        'plain': './x.js', '#o': 'self',
      } },
      'x.js': 'cjs', 'm.js': 'cjs', 'e.mjs': 'esm', 'lib/y.js': 'cjs', 'node_modules/dep/index.js': 'cjs',
      'node_modules/dep/sub.js': 'cjs', 'sub/z.js': 'cjs',
    },
    groups: plain('#a', '#b', '#c', '#d', '#e/y', '#e/missing', '#e/', '#f', '#g', '#h', '#j', '#k', '#l', '#m/sub.js', '#',
                  '#/x', '#n', '#o', '#none', 'plain', 'self', 'self/x', 'self/m.js', 'self/e.mjs', 'self/', 'self/package.json'),
  },
  imports_from_below: {
    from: 'sub/deeper',
    files: {
      'package.json': { name: 'self', exports: './m.js', imports: { '#a': './m.js' } }, 'm.js': 'cjs',
      'sub/package.json': { type: 'commonjs' }, 'sub/deeper/y.js': 'cjs',
    },
    groups: plain('self', '#a', './y.js'),
  },
  types: {
    files: {
      'm/package.json': { type: 'module' }, 'm/a.js': 'esm', 'm/b.cjs': 'cjs', 'm/c.js': 'text:exports.where = "not a module"',
      'm/noext': 'esm', 'm/d.ts': 'text:export const where: string = "m/d.ts"', 'c/package.json': { type: 'commonjs' }, 'c/a.js': 'cjs',
      'c/b.mjs': 'esm', 'c/e.js': 'esm', 'c/d.ts': 'text:const w: string = "c/d.ts"; exports.where = w',
      'u/a.js': 'esm', 'u/b.js': 'cjs', 'u/noext': 'esm', 'u/d.ts': 'text:export const where: string = "u/d.ts"',
      'u/e.mts': 'text:export const where: string = "u/e.mts"', 'u/f.cts': 'text:const w: string = "u/f.cts"; exports.where = w',
      'u/enum.ts': 'text:enum A { b }', 'u/broken.js': 'text:export const = 1', 'u/tla.mjs': 'text:await 1; export const where = 1',
      'u/tla.js': 'text:await 1; export const where = 1', 'w/package.json': { type: 'wrong' }, 'w/a.js': 'cjs', 'w/b.js': 'esm',
      'u/mixed.js': 'text:import "fs"; require("fs")', 'u/node_modules/p/x.ts': 'text:export const where: string = "p"',
    },
    groups: [
      { specifiers: [
        './m/a.js', './m/b.cjs', './m/c.js', './m/noext', './m/d.ts', './c/a.js', './c/b.mjs', './c/e.js', './c/d.ts', './u/a.js', './u/b.js',
        './u/noext', './u/d.ts', './u/d', './u/e.mts', './u/f.cts', './u/enum.ts', './u/broken.js', './u/tla.mjs', './u/tla.js', './w/a.js',
        './w/b.js', './u/mixed.js', './u/node_modules/p/x.ts',
      ] },
      { flags: ['--no-strip-types'], specifiers: ['./u/d.ts', './u/e.mts', './c/d.ts'] },
      { flags: ['--no-require-module'], specifiers: ['./m/a.js', './c/b.mjs', './u/a.js'] },
      { flags: ['--no-experimental-detect-module'], specifiers: ['./u/a.js', './u/b.js'] },
      { flags: ['--experimental-transform-types'], specifiers: ['./u/enum.ts'] },
    ],
  },
  links: {
    files: {
      'real/pkg/index.js': 'cjs', 'real/pkg/node_modules/inner/index.js': 'cjs', 'real/file.js': 'cjs',
      'real/uses.js': 'text:exports.where = require("beside").where', 'node_modules/beside/index.js': 'cjs',
      'node_modules/linked': { link: '../real/pkg' }, 'alias.js': { link: 'real/file.js' }, 'folder': { link: 'real' },
      'broken.js': { link: 'nowhere.js' }, 'loop.js': { link: 'loop.js' }, 'chain.js': { link: 'alias.js' },
      'real/from-link.js': 'text:exports.where = __filename.split("/").at(-2)', 'other/from-link.js': { link: '../real/from-link.js' },
    },
    groups: [
      { specifiers: ['linked', 'linked/index.js', './alias.js', './alias', './folder/file.js', './folder/pkg', './broken.js', './loop.js',
                     './chain.js', './other/from-link.js', './real/uses.js'] },
      { flags: ['--preserve-symlinks'], specifiers: ['linked', './alias.js', './folder/file.js', './chain.js', './other/from-link.js'] },
      { env: { NODE_PRESERVE_SYMLINKS: '1' }, specifiers: ['linked', './alias.js'] },
    ],
  },
  node_path: {
    from: 'app',
    files: {
      'p1/only1/index.js': 'cjs', 'p1/both/index.js': 'cjs', 'p2/both/index.js': 'cjs', 'p2/only2.js': 'cjs', 'app/node_modules/local/index.js': 'cjs',
      'p1/local/index.js': 'cjs', 'home/.node_modules/homely/index.js': 'cjs', 'p1/esm/index.mjs': 'esm',
    },
    groups: [
      { env: { NODE_PATH: '<DIR>/p1:<DIR>/p2', HOME: '<DIR>/home' }, specifiers: ['only1', 'only2', 'both', 'local', 'homely', 'esm', 'missing'] },
      { env: { NODE_PATH: '<DIR>/p1', HOME: '<DIR>/home' }, flags: ['--no-global-search-paths'], specifiers: ['only1', 'homely', 'local'] },
      { specifiers: ['only1', 'local'] },
    ],
  },
  data_urls: {
    files: { 'a.js': 'cjs' },
    groups: plain('data:text/javascript,export const where = 1', 'data:text/javascript;base64,ZXhwb3J0IGNvbnN0IHdoZXJlID0gMg==',
                  'data:application/json,{}', 'data:text/plain,x', 'data:,x', 'data:text/javascript', 'data:text/javascript,import "./a.js"',
                  'data:text/javascript,import "node:fs"; export const where = 3', 'data:text/javascript,import "top"'),
  },
};
