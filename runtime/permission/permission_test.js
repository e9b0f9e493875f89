'use strict';

// The permission model seen from outside: each case is a process of its own, the same under Node.

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'permission-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const granted = path.join(folder, 'granted');
const other = path.join(folder, 'other');
for (const each of [granted, other]) {
  fs.mkdirSync(each);
  fs.writeFileSync(path.join(each, 'file'), each);
}

/** The output of `code` under `flags`, as JSON; `at` describes an error. */
function run(flags, code, env = {}) {
  const program = path.join(folder, 'program.js');
  fs.writeFileSync(program, `
    const fs = require('fs');
    const granted = ${JSON.stringify(granted)}, other = ${JSON.stringify(other)};
    const at = (fn) => {
      try {
        const value = fn();
        return value === undefined ? null : value;
      } catch ({ code, permission, resource, message }) {
        return { code, permission, resource, message };
      }
    };
    const show = (value) => console.log(JSON.stringify(value));
    ${code}`);
  const child = spawnSync(process.execPath, [...flags, program], {
    cwd: folder, encoding: 'utf8', env: { ...process.env, ...env },
  });
  assert.strictEqual(child.status, 0, child.stderr);
  return child.stdout.trim().split('\n').map((line) => JSON.parse(line));
}

function denied(permission, flag, resource) {
  return {
    code: 'ERR_ACCESS_DENIED', permission, resource,
    message: `Access to this API has been restricted. Use ${flag} to manage permissions.`,
  };
}
const noRead = (resource) => denied('FileSystemRead', '--allow-fs-read', resource);
const noWrite = (resource) => denied('FileSystemWrite', '--allow-fs-write', resource);

// Without the option there is no model.
assert.deepStrictEqual(run([], 'show(typeof process.permission)'), ['undefined']);

// Reading: the program itself, what is granted, and nothing else.
assert.deepStrictEqual(run(['--permission', `--allow-fs-read=${granted}`], `
  show(fs.readFileSync(granted + '/file', 'utf8') === granted);
  show(fs.readFileSync(__filename).length > 0);
  show(at(() => fs.readFileSync(other + '/file')));
  show(at(() => fs.readFileSync(granted + '/../other/file')));
  show(at(() => fs.readFileSync(Buffer.from(other + '/file'))));
  show(at(() => fs.existsSync(other)));
  show(at(() => fs.readdirSync('.')));
  show(at(() => fs.openSync(granted + '/file', 'r+')));
  show(at(() => fs.renameSync(granted + '/file', granted + '/new')));
  show(at(() => fs.copyFileSync(granted + '/file', other + '/new')));
  show(at(() => require(other + '/file')));
  show(at(() => process.chdir('/')));
  show(at(() => fs.symlinkSync('a', granted + '/link')));
  show(at(() => fs.fsyncSync(fs.openSync(granted + '/file'))));
  fs.readFile(other + '/file', (error) => show(at(() => { throw error; })));
`), [
  true,
  true,
  noRead(`${other}/file`),
  noRead(`${granted}/../other/file`),
  noRead(`${other}/file`),
  noRead(other),
  noRead('.'),
  noWrite(`${granted}/file`),
  noWrite(`${granted}/file`),
  noWrite(`${other}/new`),
  noRead(`${other}/file`),
  noRead('/'),
  {
    code: 'ERR_ACCESS_DENIED', permission: '', resource: '',
    message: 'fs.symlink API requires full fs.read and fs.write permissions.',
  },
  {
    code: 'ERR_ACCESS_DENIED', permission: '', resource: '',
    message: 'fsync API is disabled when Permission Model is enabled.',
  },
  noRead(`${other}/file`),
]);

// Writing, and what can only be had whole.
assert.deepStrictEqual(run(['--permission', `--allow-fs-write=${granted}/*`], `
  fs.writeFileSync(granted + '/new', 'text');
  fs.mkdirSync(granted + '/a/b', { recursive: true });
  fs.rmdirSync(granted + '/a/b');
  show(at(() => fs.writeFileSync(other + '/new', 'text')));
  show(at(() => fs.mkdtempSync(other + '/x-')));
  show(at(() => require('child_process').spawnSync('true')));
  show(at(() => require('child_process').spawn('true')));
  show(at(() => new (require('worker_threads').Worker)('0', { eval: true })));
  show(at(() => process.report.writeReport(other + '/report.json')).resource);
  show(at(() => require('v8').writeHeapSnapshot(other + '/heap')));
  show(at(() => process.dlopen({ exports: {} }, other + '/addon.node')).code);
  show(at(() => process.binding('fs')).code);
`), [
  noWrite(`${other}/new`),
  noWrite(`${other}/x-XXXXXX`),
  denied('ChildProcess', '--allow-child-process', 'true'),
  denied('ChildProcess', '--allow-child-process', 'true'),
  denied('WorkerThreads', '--allow-worker', ''),
  `${other}/report.json`,
  noWrite(`${other}/heap`),
  'ERR_DLOPEN_DISABLED',
  'ERR_ACCESS_DENIED',
]);
assert.strictEqual(fs.readFileSync(`${granted}/new`, 'utf8'), 'text');

// The doors of the module loader that programs find do not grant anything.
assert.deepStrictEqual(run(['--permission'], `
  const Module = require('module');
  show(at(() => Module._preloadModules([other + '/file'])));
  process.on('uncaughtException', () => show(at(() => fs.readFileSync(other + '/file'))));
  show(at(() => Module.runMain(other + '/file')));
  show(at(() => fs.readFileSync(other + '/file')));
`).slice(0, 3), [noRead(`${other}/file`), noRead(`${other}/file`), noRead(`${other}/file`)]);

// Reports that nobody calls for go by the same rules.
run(['--permission', `--allow-fs-write=${granted}`], `
  Object.assign(process.report, { directory: granted, filename: other + '/report.json', reportOnSignal: true });
  show(at(() => process.report.writeReport()).code);
  process.kill(process.pid, 'SIGUSR2');
  setTimeout(() => {}, 100);
`);
assert.deepStrictEqual(fs.readdirSync(other), ['file']);

// has() and drop().
assert.deepStrictEqual(run(['--permission', '--allow-fs-read=*', `--allow-fs-write=${granted}`, '--allow-worker'], `
  const { has, drop } = process.permission;
  show(['fs', 'fs.read', 'fs.write', 'worker', 'child', 'unheard-of'].map((scope) => has(scope)));
  show([has('fs.write', granted), has('fs.write', granted + '/new/file'), has('fs.write', other)]);
  drop('fs.write', granted + '/file');
  show(has('fs.write', granted + '/file'));
  drop('fs.write', granted);
  show(has('fs.write', granted + '/file'));
  drop('fs.read', granted);
  show(has('fs.read'));
  drop('fs.read');
  show([has('fs.read'), has('fs.read', __filename)]);
  drop('worker');
  show([has('worker'), at(() => new (require('worker_threads').Worker)('0', { eval: true })).code]);
`), [
  [false, true, false, true, false, false],
  [true, true, false],
  true,
  false,
  true,
  [false, false],
  [false, 'ERR_ACCESS_DENIED'],
]);

// An audit only tells.
assert.deepStrictEqual(run(['--permission-audit'], `
  const channel = require('diagnostics_channel');
  channel.subscribe('node:permission-model:fs', (message) => show(message));
  channel.subscribe('node:permission-model:child', ({ permission, resource }) => show([permission, resource]));
  show(fs.readFileSync(other + '/file', 'utf8') === other);
  show(require('child_process').spawnSync('true').status);
`), [
  { permission: 'FileSystemRead', resource: `${other}/file` },
  true,
  ['ChildProcess', 'true'],
  0,
]);

// A child process does not get out, unless its parent says so itself.
assert.deepStrictEqual(run(['--permission', '--allow-child-process', `--allow-fs-read=${granted}`], `
  const { spawnSync } = require('child_process');
  const ask = '[typeof process.permission, process.permission?.has("child"), process.permission?.has("fs.read", ' +
              JSON.stringify(granted) + ')].join()';
  const child = (flags, env = { ...process.env }) => spawnSync(process.execPath, [...flags, '-p', ask],
    { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] }).stdout.trim();
  show(child([]));
  show(child([], {}));
  show(child(['--permission']));
  show(child([], { ...process.env, NODE_OPTIONS: '--permission' }));
  show(child([], { ...process.env, NODE_OPTIONS: '--conditions=--permission' }));
  show(process.env.NODE_OPTIONS === undefined);
`), ['object,true,true', 'object,true,true', 'object,false,false', 'object,false,false', 'object,true,true', true]);

// What is preloaded may be read; the program's imports may not.
fs.writeFileSync(path.join(folder, 'preload.js'), 'globalThis.preloaded = true;');
assert.deepStrictEqual(run(['--permission', '-r', './preload.js'], `
  show(globalThis.preloaded);
  import(other + '/file').catch(({ code }) => show(code));
`), [true, 'ERR_ACCESS_DENIED']);
