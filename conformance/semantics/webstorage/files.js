// localStorage in its file: lazily made, kept, shared by processes and threads; and what cannot be one.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'webstorage-'));
process.chdir(folder);

function run(file, program) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    '--no-warnings', '--experimental-webstorage', ...file === undefined ? [] : [`--localstorage-file=${file}`], '-e', program,
  ], { encoding: 'utf8' });
  const [error = ''] = /^.*Error.*$/m.exec(stderr) ?? [];
  console.log([status, stdout.trim(), error].filter((part) => part !== '').join(' | '));
}

console.log('without a file');
run(undefined, 'console.log(typeof sessionStorage, sessionStorage.length)');
run(undefined, 'localStorage');
run(undefined, 'try { localStorage } catch ({ code }) { console.log(code) } localStorage');

console.log('lazily');
run('items', 'console.log(typeof localStorage, localStorage === globalThis.localStorage)');
console.log(fs.readdirSync('.'));
run('items', 'console.log(localStorage.length, localStorage.getItem("a"))');
console.log(fs.readdirSync('.'));

console.log('kept');
run('items', 'localStorage.a = "\\ud800\\u4e00"; localStorage[1] = ""; sessionStorage.a = 1');
run('items', 'console.log(Object.keys(localStorage), localStorage.a === "\\ud800\\u4e00", sessionStorage.a)');
console.log(fs.readdirSync('.'));
run('items', 'localStorage.late = 1; process.exit(3)');
run('items', 'localStorage.later = 1; throw new Error("mine")');
run('items', 'console.log(Object.keys(localStorage)); localStorage.clear()');
run('items', 'console.log(Object.keys(localStorage))');
console.log(fs.readdirSync('.'));

console.log('shared');
run('items', `
  localStorage.first = 1;
  const options = ['--no-warnings', '--experimental-webstorage', '--localstorage-file=items'];
  require('child_process').execFileSync(process.execPath, [...options, '-e', 'localStorage.second = localStorage.first + 1']);
  console.log(localStorage.length, localStorage.second);
`);
run('items', `
  const { Worker } = require('worker_threads');
  localStorage.main = sessionStorage.main = 'main';
  new Worker('console.log(localStorage.main, sessionStorage.main); localStorage.worker = sessionStorage.worker = 1', { eval: true })
    .on('exit', () => console.log(localStorage.worker, sessionStorage.worker));
`);

console.log('no such file');
run('missing/items', 'console.log(typeof localStorage); try { localStorage.length } catch ({ code }) { console.log(code) } localStorage.a = 1');
run('.', 'localStorage.getItem("a")');
fs.writeFileSync('text', 'x'.repeat(5000));
const uses = ['.a', '.length', '.a = 1', '.clear()', '.key(0)', '.removeItem("a")'];
for (const use of uses) run('text', `localStorage${use}`);
run('text', 'Object.keys(localStorage)');
run('text', 'delete localStorage.a');
run('text', '"a" in localStorage');
console.log('in memory');
run(':memory:', 'localStorage.a = 1; console.log(localStorage.length)');
run(':memory:', 'console.log(localStorage.length)');

process.chdir('/');
fs.rmSync(folder, { recursive: true });
