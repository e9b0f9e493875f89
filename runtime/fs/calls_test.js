'use strict';
// The plain calls of fs: results, errors and what each of the three faces does with them.

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const util = require('util');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'fs-calls-'));
const at = (...names) => path.join(root, ...names);
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));

function testWholeFiles() {
  fs.writeFileSync(at('text'), 'gr\u00fc\u00dfe');
  fs.appendFileSync(at('text'), '!');
  assert.strictEqual(fs.readFileSync(at('text'), 'utf8'), 'gr\u00fc\u00dfe!');
  assert.strictEqual(fs.readFileSync(at('text'), 'latin1').length, 8);
  assert.ok(Buffer.isBuffer(fs.readFileSync(at('text'))));
  fs.truncateSync(at('text'), 2);
  assert.deepStrictEqual(fs.readFileSync(at('text')), Buffer.from('gr'));
  // Files without a size of their own.
  assert.match(fs.readFileSync('/proc/self/status', 'utf8'), /^Name:/);
}

function testStats() {
  fs.writeFileSync(at('sized'), Buffer.alloc(1234));
  const stats = fs.statSync(at('sized'));
  assert.strictEqual(stats.size, 1234);
  assert.ok(stats.isFile() && !stats.isDirectory());
  assert.ok(stats.mtime instanceof Date);
  assert.strictEqual(stats.mtime, stats.mtime);
  const exact = fs.statSync(at('sized'), { bigint: true });
  assert.strictEqual(exact.size, 1234n);
  assert.strictEqual(exact.mtimeNs / 1000000n, exact.mtimeMs);
  fs.utimesSync(at('sized'), 1, 2.5);
  assert.strictEqual(fs.statSync(at('sized')).mtimeMs, 2500);
  assert.strictEqual(fs.statSync(at('none'), { throwIfNoEntry: false }), undefined);
}

function testErrors() {
  const missing = at('none');
  const expected = { code: 'ENOENT', errno: -2, path: missing };
  assert.throws(() => fs.readFileSync(missing), {
    ...expected, syscall: 'open', message: `ENOENT: no such file or directory, open '${missing}'`,
  });
  assert.throws(() => fs.statSync(missing), { ...expected, syscall: 'stat' });
  assert.throws(() => fs.readdirSync(missing), { ...expected, syscall: 'scandir' });
  assert.throws(() => fs.renameSync(missing, at('b')), { ...expected, dest: at('b') });
  assert.throws(() => fs.realpathSync(path.join(missing, 'below')), { ...expected, syscall: 'lstat' });
  assert.throws(() => fs.openSync('a\0b'), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => fs.openSync(at('x'), 'nope'), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => fs.closeSync('1'), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => fs.rename('a', 'b'), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => fs.rmSync(root), { code: 'ERR_FS_EISDIR' });
}

function testDirectories() {
  assert.strictEqual(fs.mkdirSync(at('a', 'b', 'c'), { recursive: true }), at('a'));
  fs.writeFileSync(at('a', 'b', 'file'), '');
  assert.deepStrictEqual(fs.readdirSync(at('a'), { recursive: true }).sort(),
                         ['b', 'b/c', 'b/file']);
  const entry = fs.readdirSync(at('a', 'b'), { withFileTypes: true })
    .find(({ name }) => name === 'file');
  assert.ok(entry.isFile());
  assert.strictEqual(entry.parentPath, at('a', 'b'));
  fs.symlinkSync('b', at('a', 'link'));
  assert.strictEqual(fs.realpathSync(at('a', 'link', 'file')), fs.realpathSync(at('a', 'b', 'file')));
  assert.deepStrictEqual(fs.globSync('**/f*', { cwd: at('a') }), ['b/file']);
  fs.cpSync(at('a'), at('copy'), { recursive: true });
  assert.ok(fs.existsSync(at('copy', 'b', 'file')));
  fs.cpSync(at('a', 'b', 'file'), at('copy', 'file'));
  assert.ok(fs.existsSync(at('copy', 'file')));
  fs.rmSync(at('a'), { recursive: true });
  assert.ok(!fs.existsSync(at('a')));
}

function testDescriptors() {
  const fd = fs.openSync(at('data'), 'w+');
  assert.strictEqual(fs.writeSync(fd, 'hello'), 5);
  assert.strictEqual(fs.writevSync(fd, [Buffer.from(' '), Buffer.from('world')]), 6);
  const buffer = Buffer.alloc(5);
  assert.strictEqual(fs.readSync(fd, buffer, { position: 6 }), 5);
  assert.strictEqual(buffer.toString(), 'world');
  assert.strictEqual(fs.readSync(fd, buffer, 0, 5, 0n), 5);
  assert.strictEqual(buffer.toString(), 'hello');
  assert.strictEqual(fs.fstatSync(fd).size, 11);
  fs.closeSync(fd);
  assert.throws(() => fs.fstatSync(fd), { code: 'EBADF' });
}

async function testCallbacks() {
  const { promise, resolve } = Promise.withResolvers();
  fs.writeFile(at('callback'), 'data', (error) => {
    assert.strictEqual(error, null);
    fs.readFile(at('callback'), 'utf8', (readError, text) => {
      assert.strictEqual(text, 'data');
      fs.stat(at('none'), (statError, stats) => {
        assert.strictEqual(statError.code, 'ENOENT');
        assert.strictEqual(stats, undefined);
        resolve();
      });
    });
  });
  await promise;
}

async function testPromises() {
  const file = at('promised');
  await fs.promises.writeFile(file, ['a', 'b'].values());
  assert.strictEqual(await fs.promises.readFile(file, 'utf8'), 'ab');
  const error = await fs.promises.readFile(at('none')).catch((reason) => reason);
  assert.match(error.stack, /\n {4}at async /);
  await assert.rejects(fs.promises.readFile(file, { signal: AbortSignal.abort() }),
                       { name: 'AbortError' });
  const names = [];
  for await (const { name } of await fs.promises.opendir(root)) names.push(name);
  assert.ok(names.includes('promised'));
}

async function testFileHandle() {
  const handle = await fs.promises.open(at('handle'), 'w+');
  await handle.write('line 1\nline 2\n');
  const { bytesRead, buffer } = await handle.read({ position: 0 });
  assert.strictEqual(buffer.toString('utf8', 0, bytesRead), 'line 1\nline 2\n');
  const pending = handle.stat();
  const closed = handle.close();
  assert.strictEqual((await pending).size, 14);
  await closed;
  assert.strictEqual(handle.fd, -1);
  await assert.rejects(handle.stat(), { code: 'EBADF' });
  const lines = [];
  const again = await fs.promises.open(at('handle'));
  for await (const line of again.readLines()) lines.push(line);
  assert.deepStrictEqual(lines, ['line 1', 'line 2']);
  if (process.versions.gyre === undefined) return;
  // A stream that was refused does not keep it open; in Node it fails in its turn.
  const refused = await fs.promises.open(at('handle'));
  assert.throws(() => refused.createReadStream({ end: 1.5 }), { code: 'ERR_OUT_OF_RANGE' });
  assert.throws(() => refused.createReadStream({ highWaterMark: -1 }), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => refused.createReadStream({ encoding: 'nope' }), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => refused.createWriteStream({ flush: 'yes' }), { code: 'ERR_INVALID_ARG_TYPE' });
  await refused.close();
}

// What the program says of a buffer is not what counts. Node ends the process at most of these.
async function testFalseSizes() {
  const holes = [Buffer.from('a'), Buffer.from('b')];
  delete holes[0];
  assert.throws(() => fs.writevSync(1, holes), { code: 'ERR_INVALID_ARG_TYPE' });
  if (process.versions.gyre === undefined) return;

  const outOfBounds = { name: 'RangeError', code: 'ERR_BUFFER_OUT_OF_BOUNDS' };
  const lying = Object.defineProperty(new Uint8Array(16), 'byteLength', { value: 1 << 20 });
  const fd = fs.openSync(at('sizes'), 'w+');
  assert.throws(() => fs.writeSync(fd, lying), outOfBounds);
  assert.throws(() => fs.readSync(fd, lying, 0, 1 << 20, 0), outOfBounds);
  await assert.rejects(util.promisify(fs.read)(fd, lying, 8, 9, 0), outOfBounds);
  assert.strictEqual(fs.writeSync(fd, lying, 8, 8), 8);

  let asked = 0;
  const changing = Object.defineProperty([], 0, { get: () => (asked++ ? 'no buffer' : Buffer.from('c')) });
  assert.strictEqual(fs.writevSync(fd, changing), 1);
  fs.closeSync(fd);

  // Node makes one that fails later.
  if (process.versions.gyre !== undefined) {
    for (const handle of [{}, 5, fs.opendirSync]) assert.throws(() => new fs.Dir(handle, root), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  assert.throws(() => new fs.Dir(), { code: 'ERR_MISSING_ARGS' });
  const directory = fs.opendirSync(root, { bufferSize: 2 ** 32 - 1 });
  assert.ok(directory.readSync());
  directory.closeSync();
}

(async () => {
  testWholeFiles();
  testStats();
  testErrors();
  testDirectories();
  testDescriptors();
  await testCallbacks();
  await testPromises();
  await testFileHandle();
  await testFalseSizes();
})();
