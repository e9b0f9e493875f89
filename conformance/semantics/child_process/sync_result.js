const { spawnSync } = require('child_process');
const { pid, ...result } = spawnSync('/bin/sh', ['-c', 'echo out; echo err >&2; exit 2'], { encoding: 'utf8' });
console.log(pid > 0, result);
console.log({ ...spawnSync('/bin/sh', ['-c', 'kill -9 $$'], { stdio: 'ignore' }), pid: 0 });
const missing = spawnSync('/no/such/program', ['x']);
console.log({ ...missing, error: missing.error.message });
