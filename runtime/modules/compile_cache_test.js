'use strict';

// The on-disk compile cache: what it saves, that it can be damaged, shared and turned off.

const assert = require('assert');
const { spawn, spawnSync } = require('child_process');
const { once } = require('events');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'compile-cache-test-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const cache = path.join(folder, 'cache');
const main = path.join(folder, 'main.js');

function write(name, text) {
  fs.writeFileSync(path.join(folder, name), text);
}

function environment(extra) {
  return { ...process.env, XDG_CACHE_HOME: cache, ...extra };
}

function run(extra = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main], { env: environment(extra), encoding: 'utf8' });
  assert.strictEqual(stderr, '');
  assert.strictEqual(status, 0);
  return stdout;
}

function cacheFiles() {
  const modules = path.join(cache, 'gyre/modules');
  return fs.existsSync(modules) ? fs.readdirSync(modules).map((name) => path.join(modules, name)) : [];
}

const filler = Array.from({ length: 1500 }, (_, i) => `function f${i}(a) { return a + ${i}; }`).join('\n');

(async () => {
  write('big.js', `${filler}\nexports.value = f1(1) + f2(2);`);
  write('esm.mjs', `${filler}\nexport const value = f3(3);`);
  write('main.js', 'import("./esm.mjs").then(({ value }) => console.log(require("./big").value, value));');

  assert.strictEqual(run({ GYRE_COMPILE_CACHE: '0' }), '6 6\n');
  assert.deepStrictEqual(cacheFiles(), []);

  assert.strictEqual(run(), '6 6\n');
  const [file] = cacheFiles();
  assert.strictEqual(cacheFiles().length, 1);
  const { mtimeMs, size } = fs.statSync(file);
  assert(size > 1000);
  assert.strictEqual(run(), '6 6\n');
  assert.strictEqual(fs.statSync(file).mtimeMs, mtimeMs, 'nothing new, nothing written');

  // A text that changed, by one character of the same length.
  write('big.js', `${filler}\nexports.value = f1(1) + f3(2);`);
  assert.strictEqual(run(), '7 6\n');
  assert.strictEqual(run(), '7 6\n');

  // Damage, everywhere and at the end.
  const good = fs.readFileSync(file);
  for (const damage of [
    (bytes) => bytes.fill(0x55),
    (bytes) => bytes.fill(0x55, 200),
    (bytes) => bytes.subarray(0, bytes.length >> 1),
    (bytes) => bytes.subarray(0, 20),
    (bytes) => bytes.subarray(0, 0),
    (bytes) => bytes.map((byte, i) => (i % 997 === 500 ? byte ^ 0xff : byte)),
  ]) {
    fs.writeFileSync(file, damage(Buffer.from(good)));
    assert.strictEqual(run(), '7 6\n');
  }
  assert.strictEqual(fs.statSync(file).size, good.length, 'a damaged file is replaced');

  // Many at once.
  fs.rmSync(cache, { recursive: true });
  const outputs = await Promise.all(Array.from({ length: 6 }, async () => {
    const child = spawn(process.execPath, [main], { env: environment({}) });
    let text = '';
    child.stdout.on('data', (chunk) => { text += chunk; });
    const [status] = await once(child, 'close');
    return [status, text];
  }));
  for (const output of outputs) assert.deepStrictEqual(output, [0, '7 6\n']);
  assert.strictEqual(cacheFiles().length, 1, 'no temporary file is left');

  // Functions that have run are in the cache with their code: it does not fit.
  write('big.js', `${filler}\nfor (let i = 0; i < 1500; i++) eval('f' + i)(1);\nexports.value = f1(1) + f3(2);`);
  // A disk that is full, then a limit on the size of files: the program runs, nothing half-written stays.
  for (const [command, ...args] of [
    ['unshare', '-rm', 'sh', '-c', 'mount -t tmpfs -o size=4k none "$2" || exit 99; "$0" "$1"; s=$?; find "$2" -type f >&2; exit $s'],
    ['sh', '-c', 'ulimit -f 1; "$0" "$1"; s=$?; find "$2" -type f >&2; exit $s'],
  ]) {
    fs.rmSync(cache, { recursive: true, force: true });
    fs.mkdirSync(cache);
    const { status, stdout, stderr } = spawnSync(command, [...args, process.execPath, main, cache],
                                                 { env: environment({}), encoding: 'utf8' });
    // Not everybody may make a file system.
    if (command === 'unshare' && (status === null || status === 99 || /unshare|mount/.test(stderr))) continue;
    assert.deepStrictEqual([status, stdout, stderr], [0, '7 6\n', '']);
  }

  // A folder that the program names: a file for each module, none of its own.
  const named = path.join(folder, 'named');
  fs.rmSync(cache, { recursive: true, force: true });
  const listNamed = () => fs.readdirSync(named).flatMap((sub) =>
    fs.readdirSync(path.join(named, sub)).map((name) => path.join(named, sub, name)));
  assert.strictEqual(run({ NODE_COMPILE_CACHE: named }), '7 6\n');
  assert.deepStrictEqual(cacheFiles(), []);
  const files = listNamed();
  assert.strictEqual(files.length, 3);
  const whole = files.map((name) => fs.readFileSync(name));
  for (const damage of [
    (bytes) => bytes.fill(0x55, 40),
    (bytes) => bytes.subarray(0, bytes.length - 1),
    (bytes) => bytes.subarray(0, 10),
    (bytes) => bytes.subarray(0, 0),
    (bytes) => Buffer.concat([bytes, bytes]),
  ]) {
    files.forEach((name, i) => fs.writeFileSync(name, damage(Buffer.from(whole[i]))));
    assert.strictEqual(run({ NODE_COMPILE_CACHE: named }), '7 6\n');
  }
  // What one module's file says is not taken for another's.
  files.forEach((name, i) => fs.writeFileSync(name, whole[(i + 1) % 3]));
  assert.strictEqual(run({ NODE_COMPILE_CACHE: named }), '7 6\n');
  assert.deepStrictEqual(listNamed().sort(), files.sort());
  assert.strictEqual(run({ NODE_COMPILE_CACHE: '/dev/null/x' }), '7 6\n');

  // A folder that cannot be written.
  assert.strictEqual(run({ XDG_CACHE_HOME: '/dev/null' }), '7 6\n');
})();
