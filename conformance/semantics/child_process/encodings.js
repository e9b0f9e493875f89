const { execFile, execFileSync, execSync } = require('child_process');
console.log(execSync('printf a'), execSync('printf a', { encoding: 'buffer' }), execSync('printf a', { encoding: 'hex' }));
console.log(execFileSync('printf', ['\u00fc'], { encoding: 'latin1' }).length);
const next = ([encoding, ...rest]) => execFile('printf', ['a'], { encoding }, (error, stdout) => {
  console.log(encoding, stdout);
  if (rest.length > 0) next(rest);
});
next(['buffer', 'base64', 'unknown', null]);
