'use strict';
// --cpu-prof and --heap-prof, in the main thread and in workers.

const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'profiles-'));
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));

function run(...args) {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return [status, stderr];
}

const program = 'const kept = []; for (let i = 0; i < 1e5; i++) kept.push({ i, text: `${i}` })';
const worker = 'new (require("worker_threads").Worker)("process.exit(0)", { eval: true })';

function read(file) {
  return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
}

assert.deepStrictEqual(run('--cpu-prof', '--cpu-prof-name=one', '-e', program), [0, '']);
assert.ok(read('one').nodes.length > 0);
assert.deepStrictEqual(run('--heap-prof', '--heap-prof-interval=1024', '--heap-prof-name=two', '-e', program), [0, '']);
assert.strictEqual(read('two').head.callFrame.functionName, '(root)');
assert.deepStrictEqual(run('--cpu-prof', '--cpu-prof-dir=new/folder', '--heap-prof', '-e', `${worker}; process.exitCode = 3`), [3, '']);
const names = fs.readdirSync(path.join(root, 'new/folder')).map((name) => name.replace(/\d{8}\.\d{6}\.\d+/, 'WHEN').replace(/\d{3}\./, 'N.'));
assert.deepStrictEqual(names.sort(), ['CPU.WHEN.0.N.cpuprofile', 'CPU.WHEN.1.N.cpuprofile']);
assert.strictEqual(fs.readdirSync(root).filter((name) => /^Heap\..*\.heapprofile$/.test(name)).length, 2);
for (const option of ['--cpu-prof-name=x', '--heap-prof-dir=x', '--cpu-prof-interval=5']) {
  const [name] = option.split('=');
  assert.deepStrictEqual(run(option, '-e', ''), [9, `${process.execPath}: ${name} must be used with ${name.split('-', 4).slice(0, 4).join('-')}\n`]);
}
