// Where the globals are, and what they say of being experimental.
const { spawnSync } = require('child_process');

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  console.log(status, stdout.trim(), stderr.split('\n').filter((line) => /Warning|Error/.test(line)).map((line) => line.replace(/^\(.*?\) /, '')));
}

const kFlag = '--experimental-webstorage';
run('-p', '["Storage", "localStorage", "sessionStorage"].map((name) => name in globalThis)');
run('--localstorage-file=items', '-p', '"localStorage" in globalThis');
run(kFlag, '-p', '["Storage", "localStorage", "sessionStorage"].map((name) => name in globalThis)');
for (const name of ['Storage', 'sessionStorage']) run(kFlag, '-e', `${name}; ${name}`);
run(kFlag, '-p', 'require("vm").runInNewContext("typeof Storage + typeof sessionStorage")');
run(kFlag, '--no-warnings', '-e', `
  const { Worker } = require('worker_threads');
  sessionStorage.a = 1;
  new Worker('console.log(typeof Storage, sessionStorage.length)', { eval: true });
`);
run('-e', `
  const { Worker } = require('worker_threads');
  new Worker('console.log(typeof Storage, sessionStorage.length)', { eval: true, execArgv: ['${kFlag}'] });
`);
run('--permission', '--no-warnings', kFlag, '-p', 'sessionStorage.length');
run(kFlag, '--localstorage-file=', '-e', '0');
