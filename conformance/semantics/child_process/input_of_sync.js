const { execFileSync, spawnSync } = require('child_process');
console.log(`${execFileSync('cat', { input: 'text' })}`, `${execFileSync('cat', { input: Buffer.from('bytes') })}`);
console.log(`${execFileSync('cat', { input: new Uint16Array([0x6161, 0x6262]) })}`);
const large = 'x'.repeat(1_000_000);
const { stdout, status } = spawnSync('cat', { input: large, maxBuffer: Infinity });
console.log(stdout.length, status);
// A child that does not read its input.
console.log(spawnSync('true', { input: large }).status);
