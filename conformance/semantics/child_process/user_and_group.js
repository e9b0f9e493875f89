// Who may not change them is told so (EINVAL: a user namespace that has no such user); the superuser's child has them.
const { spawnSync } = require('child_process');
const { status, stdout, error } = spawnSync('id', ['-u'], { uid: 65534, gid: 65534, encoding: 'utf8' });
console.log(error ? ['EPERM', 'EINVAL'].includes(error.code) : status === 0 && stdout === '65534\n');
