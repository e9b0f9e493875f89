const { spawn, spawnSync } = require('child_process');
spawn(__filename).on('error', (error) => console.log(error.code, error.syscall.replace(__dirname, '')));
const { error, status, pid } = spawnSync(__filename);
console.log(error.code, status, pid);
