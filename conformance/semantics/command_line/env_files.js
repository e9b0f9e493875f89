'use strict';
// --env-file and --env-file-if-exists: which value wins, NODE_OPTIONS in them, files that are not there.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'env-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
fs.writeFileSync(path.join(folder, 'a.env'), 'NODE_OPTIONS="--title=a --stack-trace-limit=7"\nX=1\n');
fs.writeFileSync(path.join(folder, 'b.env'), 'NODE_OPTIONS=--title=b\nX=2\nTZ=Pacific/Honolulu\n');
fs.writeFileSync(path.join(folder, 'bad.env'), 'NODE_OPTIONS=--env-file=a.env\n');

function run(what, args, env = {}) {
  const print = 'console.log(process.title, process.env.X, Error.stackTraceLimit, new Date(0).getTimezoneOffset())';
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, '-e', print], {
    cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: undefined, X: undefined, TZ: 'UTC', ...env },
  });
  const said = stderr.replaceAll(`${process.execPath}: `, '').trim().replace(/\s*\n\s*/g, ' | ');
  console.log(`${what}: ${stdout.trim().replace(process.execPath, '<none>')}${said && ` [${said}]`}${status ? ` (${status})` : ''}`);
}

run('one', ['--env-file=a.env']);
run('space', ['--env-file', 'b.env']);
run('two', ['--env-file=a.env', '--env-file=b.env']);
run('two, turned', ['--env-file=b.env', '--env-file-if-exists=a.env']);
run('environment', ['--env-file=a.env'], { NODE_OPTIONS: '--title=real', X: '9' });
run('empty variable', ['--env-file=a.env'], { NODE_OPTIONS: '' });
run('time zone', ['--env-file=b.env'], { TZ: undefined });
run('command line', ['--title=line', '--env-file=b.env']);
run('not there', ['--env-file=c.env', '--env-file=d.env']);
run('not there, may be', ['--env-file-if-exists=c.env']);
run('folder', ['--env-file=.']);
run('not allowed', ['--env-file=bad.env']);
