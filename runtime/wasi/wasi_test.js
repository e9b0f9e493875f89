'use strict';

// WASI's life: what is open, for how long, and memory that moves. The calls themselves are compared with Node's in
// conformance/semantics/wasi.

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { Worker } = require('worker_threads');

const warnings = [];
process.on('warning', ({ name, message }) => warnings.push(`${name}: ${message}`));
const { WASI } = require('wasi');

require('v8').setFlagsFromString('--expose-gc');
const gc = require('vm').runInNewContext('gc');

const kWasi = 'ExperimentalWarning: WASI is an experimental feature and might change at any time';
setImmediate(() => assert.deepStrictEqual(warnings, [kWasi]));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wasi-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const openFiles = () => fs.readdirSync('/proc/self/fd').length;

function started(options) {
  const wasi = new WASI({ version: 'preview1', ...options });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 3 });
  wasi.finalizeBindings({ exports: { memory } });
  return { imports: wasi.wasiImport, memory };
}

// A folder that was given is open until its program is collected.
(function foldersAreClosed() {
  (function use() {
    for (let i = 0; i < 20; i++) started({ preopens: { '/box': folder } });
  })();
  gc();
  const before = openFiles();
  const kept = started({ preopens: { '/box': folder } });
  gc();
  assert.ok(openFiles() <= before + 1, `${openFiles()} open files, ${before} before`);
  assert.strictEqual(kept.imports.fd_prestat_get(3, 0), 0);
})();

// Memory is looked at anew for each call.
{
  const { imports, memory } = started({ args: ['program'] });
  assert.strictEqual(imports.random_get(70_000, 8), 61);
  memory.grow(1);
  assert.strictEqual(imports.random_get(70_000, 8), 0);
  assert.strictEqual(imports.args_sizes_get(131_072 - 8, 131_072 - 4), 0);
  assert.deepStrictEqual([...new Uint32Array(memory.buffer, 131_072 - 8, 2)], [1, 8]);
  // Which also is bytes that cannot be grown any more.
  memory.grow(1);
  assert.strictEqual(imports.random_get(3 * 65_536 - 8, 8), 0);
  assert.strictEqual(imports.random_get(3 * 65_536 - 7, 8), 61);
}

// Numbers that would be too much memory are bounds like any others.
{
  const { imports } = started();
  for (const count of [0x7fffffff, 0x1fffffff, 8193]) {
    assert.strictEqual(imports.fd_write(1, 0, count, 8), 61);
    assert.strictEqual(imports.poll_oneoff(0, 0, count, 8), 61);
  }
}

// What is no socket is not taken for one, and the imports are all that a program has.
{
  const file = path.join(folder, 'no socket');
  fs.writeFileSync(file, '');
  const fd = fs.openSync(file, 'r+');
  const { imports } = started({ stdin: fd, stdout: fd, preopens: { '/box': folder } });
  for (const [descriptor, error] of [[0, 57], [3, 76], [9, 8]]) {
    assert.strictEqual(imports.sock_accept(descriptor, 0, 8), error);
    assert.strictEqual(imports.sock_accept(descriptor, 4, 8), error);
    assert.strictEqual(imports.sock_recv(descriptor, 0, 1, 0, 8, 16), error);
    assert.strictEqual(imports.sock_send(descriptor, 0, 1, 0, 8), error);
    assert.strictEqual(imports.sock_shutdown(descriptor, 2), error);
  }
  assert.strictEqual(imports.sock_accept(0, 1, 8), 58);
  assert.strictEqual(imports.sock_shutdown(0, 1), 58);
  fs.closeSync(fd);
  const Program = imports.constructor;
  assert.ok(Object.getOwnPropertyNames(Program.prototype).every((name) => !name.startsWith('_')));
  assert.throws(() => new Program().args_get(0, 0), { code: 'ERR_WASI_NOT_STARTED' });
}

// Two programs of one process have their own descriptors.
{
  fs.writeFileSync(path.join(folder, 'file'), 'x');
  const one = started({ preopens: { '/box': folder } });
  const two = started();
  assert.strictEqual(one.imports.fd_prestat_get(3, 0), 0);
  assert.strictEqual(two.imports.fd_prestat_get(3, 0), 8);
}

// A worker has its own programs, and they end with it.
new Worker(`
  const { WASI } = require('wasi');
  const wasi = new WASI({ version: 'preview1', preopens: { '/box': ${JSON.stringify(folder)} } });
  wasi.finalizeBindings({ exports: { memory: new WebAssembly.Memory({ initial: 1 }) } });
  process.exitCode = wasi.wasiImport.fd_prestat_get(3, 0);
`, { eval: true }).on('exit', (code) => assert.strictEqual(code, 0));
