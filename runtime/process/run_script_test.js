'use strict';
// --run: scripts of package.json.

const assert = require('assert');
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'run-')));
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));
const inner = path.join(root, 'inner');
fs.mkdirSync(path.join(root, 'node_modules/.bin'), { recursive: true });
fs.mkdirSync(inner);
fs.writeFileSync(path.join(root, 'node_modules/.bin/tool'), '#!/bin/sh\necho tool "$@"\n', { mode: 0o755 });
fs.writeFileSync(path.join(root, 'package.json'), JSON.stringify({ scripts: {
  fails: 'exit 5', args: 'printf "[%s]" fixed', tool: 'tool', where: 'pwd; echo $NODE_RUN_SCRIPT_NAME $NODE_RUN_PACKAGE_JSON_PATH', list: [],
} }));

function run(name, args = [], cwd = inner) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--run', name, ...args], { cwd, encoding: 'utf8' });
  return [status, stdout, stderr];
}

const file = path.join(root, 'package.json');
assert.deepStrictEqual(run('fails'), [1, '', '']);
assert.deepStrictEqual(run('args', ['--', 'a\'b', '$HOME', '', 'two words']), [0, '[fixed][a\'b][$HOME][][two words]', '']);
assert.deepStrictEqual(run('tool', ['--', '--flag']), [0, 'tool --flag\n', '']);
assert.deepStrictEqual(run('where'), [0, `${root}\nwhere ${file}\n`, '']);
assert.deepStrictEqual(run('list'), [1, '', `Script "list" is unexpectedly not a string for ${file}\n\n`]);
const [status, , missing] = run('missing');
assert.strictEqual(status, 1);
assert.ok(missing.startsWith(`Missing script: "missing" for ${file}\n\nAvailable scripts are:\n  fails: exit 5\n`), missing);
fs.writeFileSync(path.join(inner, 'package.json'), '{');
assert.deepStrictEqual(run('args'), [1, '', `Can't parse ${inner}/package.json\n`]);
fs.writeFileSync(path.join(inner, 'package.json'), '{}');
assert.deepStrictEqual(run('args'), [1, '', `Can't find "scripts" field in ${inner}/package.json\n`]);
assert.deepStrictEqual(run('args', [], '/'), [1, '', 'Can\'t find package.json for directory /\n']);
