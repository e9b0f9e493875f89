const { spawnSync, execFileSync } = require('child_process');
const { pathToFileURL } = require('url');
console.log(spawnSync('pwd', { cwd: pathToFileURL('/usr'), encoding: 'utf8' }).stdout);
console.log(execFileSync('pwd', { cwd: '/usr', encoding: 'utf8' }));
