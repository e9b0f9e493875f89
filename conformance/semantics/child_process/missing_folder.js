const { spawn, spawnSync } = require('child_process');
spawn('ls', { cwd: '/no/such/folder' }).on('error', (error) => console.log(error.message, error.path));
console.log(spawnSync('ls', { cwd: '/no/such/folder' }).error.message);
