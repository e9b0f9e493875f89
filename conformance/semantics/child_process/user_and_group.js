// Who may not change them is told so; the superuser's child has them.
const { spawnSync } = require('child_process');
const root = process.getuid() === 0;
const { status, stdout, error } = spawnSync('id', ['-u'], { uid: 65534, gid: 65534, encoding: 'utf8' });
console.log(root ? status === 0 && stdout === '65534\n' : error.code === 'EPERM');
