// A reader that goes away and a full device: neither hangs, neither loses the exit code.
const { spawnSync } = require('child_process');
const closed = spawnSync('/bin/bash', ['-c', `"${process.execPath}" -e "process.stdout.on('error', (e) => { process.stderr.write(e.code); process.exit(5); }); setInterval(() => console.log('x'.repeat(1000)), 1)" | head -c 10 > /dev/null; echo \${PIPESTATUS[0]}`], { encoding: 'utf8' });
console.log(closed.stdout.trim(), closed.stderr);
const full = spawnSync('/bin/bash', ['-c', `"${process.execPath}" -e "console.log('x')" > /dev/full; echo $?`], { encoding: 'utf8' });
console.log(full.stdout.trim());
