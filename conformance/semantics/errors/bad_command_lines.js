// What a bad command line or a bad main file gives: the exit code and the lines of the report that are not places.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'errors-'));
process.chdir(folder);
fs.mkdirSync('folder');
fs.writeFileSync('syntax.js', 'let x = [;\n');
fs.writeFileSync('throws.js', "throw new TypeError('from the file');\n");
fs.writeFileSync('throws_value.js', 'throw 42;\n');
fs.writeFileSync('rejects.js', 'Promise.reject(7);\n');
fs.writeFileSync('properties.js', "throw Object.assign(new Error('x'), { code: 'E_X', detail: [1, 2] });\n");
fs.writeFileSync('cause.js', "throw new Error('outer', { cause: 'inner' });\n");
fs.writeFileSync('stackless.js', "const e = new Error('no stack'); e.stack = undefined; throw e;\n");
fs.mkdirSync('broken');
fs.writeFileSync('broken/package.json', '{ "name": ');
fs.writeFileSync('broken/main.js', '0;\n');
fs.writeFileSync('deep.js', `JSON.parse('['.repeat(2e6) + ']'.repeat(2e6)); console.log('parsed');\n`);
fs.writeFileSync('recursion.js', 'function f() { f(); }\ntry { f(); } catch (e) { console.log(e.name, e.message); }\n');

const places = /^(\s+at |node:internal|\s*\^|\s*throw |Require stack|- |\s*const |\s*return |\s+requireStack|\s+new )/;
function run(...args) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  console.log(`== ${args.join(' ')}: ${status ?? signal}`);
  if (stdout) console.log(stdout.trimEnd());
  const lines = stderr.replaceAll(fs.realpathSync(folder), '<TMP>').replaceAll(process.execPath, '<GYRE>')
    .replace(/\(Use `\S+ --/, '(Use `node --').split('\n');
  for (const line of lines) if (line !== '' && !places.test(line)) console.log(`  ${line}`);
}

run('folder');
run('missing.js');
run('syntax.js');
run('throws.js');
run('throws_value.js');
run('rejects.js');
run('properties.js');
run('cause.js');
run('stackless.js');
run('broken/main.js');
run('recursion.js');
run('--no-such-option', 'throws.js');
run('--eval');
run('--conditions');
run('--unhandled-rejections=sometimes', 'throws.js');
run('--input-type=other', '-e', '1');
run('-r', './missing.js', '-e', '1');
run('--check', 'syntax.js');
run('-p', '[1, { a: 2 }]');
fs.rmSync(folder, { recursive: true });
