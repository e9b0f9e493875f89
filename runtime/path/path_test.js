'use strict';

// path: what is easy to get wrong, in both flavours. Runs under Node, too.

const assert = require('assert');
const path = require('path');

const { posix, win32 } = path;

assert.strictEqual(path, process.platform === 'win32' ? win32 : posix);
assert.strictEqual(require('path/posix'), posix);
assert.strictEqual(require('path/win32'), win32);
assert.strictEqual(posix.win32.posix, posix);

/** [function, arguments, POSIX result, Windows result] */
const cases = [
  ['normalize', [''], '.', '.'],
  ['normalize', ['/a/./b//../c/'], '/a/c/', '\\a\\c\\'],
  ['normalize', ['../../a/..'], '../..', '..\\..'],
  ['normalize', ['//server/share/../x'], '/server/x', '\\\\server\\share\\x'],
  ['normalize', ['C:a/../..'], '..', 'C:..'],
  ['normalize', ['a/../C:/x'], 'C:/x', '.\\C:\\x'],
  ['normalize', ['CON:a'], 'CON:a', '.\\CON:a'],
  ['join', ['a', '', '..', 'b'], 'b', 'b'],
  ['join', [], '.', '.'],
  ['join', ['', '//a'], '//a'.slice(1), '\\a'],
  ['isAbsolute', ['C:/'], false, true],
  ['isAbsolute', ['/'], true, true],
  ['dirname', ['/a//b'], '/a/', '/a/'],
  ['dirname', ['//a'], '//', '/'],
  ['dirname', ['C:\\a'], '.', 'C:\\'],
  ['basename', ['a/b.js/', '.js'], 'b', 'b'],
  ['basename', ['.js', '.js'], '', ''],
  ['basename', ['b.js', 'js'], 'b.', 'b.'],
  ['extname', ['a/.profile'], '', ''],
  ['extname', ['a.'], '.', '.'],
  ['extname', ['..'], '', ''],
  ['extname', ['a.b.c/'], '.c', '.c'],
  ['format', [{ dir: '/d', name: 'n', ext: 'e' }], '/d/n.e', '/d\\n.e'],
  ['format', [{ root: '/', base: 'b' }], '/b', '/b'],
  ['toNamespacedPath', ['C:\\a'], 'C:\\a', '\\\\?\\C:\\a'],
  ['toNamespacedPath', ['\\\\s\\h\\a'], '\\\\s\\h\\a', '\\\\?\\UNC\\s\\h\\a'],
];

for (const [name, args, onPosix, onWindows] of cases) {
  assert.strictEqual(posix[name](...args), onPosix, `posix.${name}(${args})`);
  assert.strictEqual(win32[name](...args), onWindows, `win32.${name}(${args})`);
}

assert.strictEqual(posix.resolve('/a', 'b', '..', '/c', './d'), '/c/d');
assert.strictEqual(posix.resolve(), process.cwd());
assert.strictEqual(win32.resolve('c:/a', 'd:b', 'C:../x'), 'C:\\x');
assert.strictEqual(posix.relative('/a/b/c', '/a/d'), '../../d');
assert.strictEqual(posix.relative('/', '/a'), 'a');
assert.strictEqual(win32.relative('C:\\Foo\\a', 'c:\\foo\\B'), '..\\B');
assert.strictEqual(win32.relative('C:\\a', 'D:\\b'), 'D:\\b');

assert.deepStrictEqual(posix.parse('/top/u/file.tar.gz'), {
  root: '/', dir: '/top/u', base: 'file.tar.gz', ext: '.gz', name: 'file.tar',
});
assert.deepStrictEqual(win32.parse('\\\\s\\h\\a.b'), {
  root: '\\\\s\\h\\', dir: '\\\\s\\h\\', base: 'a.b', ext: '.b', name: 'a',
});

/** [pattern, what it matches, what it does not] */
const globs = [
  ['*', ['a', 'a.js'], ['.a', 'a/b', '']],
  ['**', ['a', 'a/b', ''], ['.a/b']],
  ['a/**', ['a/b', 'a/b/c'], ['a', 'a/.b']],
  ['**/*.js', ['a.js', 'a/b.js'], ['a/.b/c.js']],
  ['{a,b{c,d}}x', ['ax', 'bcx', 'bdx'], ['bx']],
  ['{1..3}', ['1', '3'], ['4']],
  ['[!a-c]?', ['dx'], ['ax', 'd']],
  ['[[:digit:]]', ['7'], ['a']],
  ['!(a|b)', ['c', 'ab'], ['a', 'b']],
  ['+(ab)', ['ab', 'abab'], ['', 'aba']],
  ['a\\b', ['a/b'], ['ab']],
];

for (const [pattern, matching, others] of globs) {
  for (const each of matching) assert.ok(posix.matchesGlob(each, pattern), `${each} ~ ${pattern}`);
  for (const each of others) assert.ok(!posix.matchesGlob(each, pattern), `${each} !~ ${pattern}`);
}
assert.ok(win32.matchesGlob('a\\b', 'a/*'));

for (const name of ['join', 'resolve', 'normalize', 'basename', 'extname', 'parse']) {
  assert.throws(() => path[name](1), { code: 'ERR_INVALID_ARG_TYPE' });
}
