const { execFile, execFileSync, spawnSync } = require('child_process');
const many = ['-c', 'printf 0123456789; printf abcdef >&2'];
execFile('/bin/sh', many, { maxBuffer: 4 }, (error, stdout, stderr) => {
  console.log(error.code, error.message, error.killed, JSON.stringify(stdout), stderr.length <= 4);
  execFile('/bin/sh', many, { maxBuffer: Infinity }, (none, out, err) => console.log(none, out, err));
});
const { error, stdout } = spawnSync('/bin/sh', ['-c', 'printf 0123456789'], { maxBuffer: 4, encoding: 'utf8' });
console.log(error.code, error.message, stdout);
try {
  execFileSync('/bin/sh', ['-c', 'printf 0123456789'], { maxBuffer: 4 });
} catch ({ code, message }) {
  console.log(code, message);
}
