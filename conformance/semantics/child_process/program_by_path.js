// The child's PATH says where a program is, not its parent's; a script without an interpreter is the shell's; the parent's own
// environment and descriptors stay as they are.
const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'by-path-'));
fs.writeFileSync(path.join(folder, 'greet'), 'echo "hello $NAME"\n', { mode: 0o755 });
fs.writeFileSync(path.join(folder, 'locked'), '', { mode: 0o644 });
const before = JSON.stringify(process.env);

function run(file, PATH, options) {
  const { error, status, stdout } = spawnSync(file, [], { env: { PATH, NAME: 'you' }, encoding: 'utf8', ...options });
  console.log(file, error?.code, status, stdout?.trim());
}

run('greet', `/nowhere:${folder}`);
run('greet', '/nowhere');
run('locked', `/nowhere:${folder}:/nowhere`);
run('greet', '', { cwd: folder });
run('greet', `:${folder}`, { cwd: '/' });
run('g'.repeat(256), folder);
run('greet', `${'/x'.repeat(3000)}:${folder}`);
console.log(before === JSON.stringify(process.env));

// 0 and 1 exchanged, and many more.
const out = fs.openSync(path.join(folder, 'out'), 'w+');
const child = spawn('/bin/sh', ['-c', 'echo three >&3; echo nine >&9'],
                    { stdio: ['ignore', 2, 1, out, ...Array(5).fill('ignore'), out] });
child.on('exit', (code) => {
  console.log(code, JSON.stringify(fs.readFileSync(path.join(folder, 'out'), 'utf8')));
  fs.writeSync(out, 'open');
  fs.closeSync(out);
  fs.rmSync(folder, { recursive: true });
});
