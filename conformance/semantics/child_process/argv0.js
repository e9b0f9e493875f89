const { spawnSync } = require('child_process');
console.log(spawnSync('/bin/sh', ['-c', 'echo $0'], { argv0: 'my name', encoding: 'utf8' }).stdout);
console.log(spawnSync(process.execPath, ['-p', 'process.argv0'], { argv0: 'another', encoding: 'utf8' }).stdout);
