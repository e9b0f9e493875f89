// The heap's limit: V8's report and an abort.
const { spawnSync } = require('child_process');
const { signal, stderr } = spawnSync('/bin/sh', ['-c', `ulimit -c 0; exec "${process.execPath}" --max-old-space-size=20 -e ` +
  `"const a = []; for (;;) a.push(new Array(1000).fill(1));"`], { encoding: 'utf8' });
console.log(signal, /FATAL ERROR: .*JavaScript heap out of memory/.test(stderr));
