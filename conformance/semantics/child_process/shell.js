const { exec, spawnSync } = require('child_process');
console.log(spawnSync('echo "$0" $((1 + 2))', { shell: true, encoding: 'utf8' }).stdout);
console.log(spawnSync('echo "$0"', { shell: '/bin/bash', encoding: 'utf8' }).stdout);
exec('echo $((3 * 4)); exit 7', (error, stdout, stderr) => console.log(error.code, error.killed, error.signal, error.cmd, error.message, [stdout, stderr]));
