// Inherited and undefined values, names and values of other types.
const { spawnSync } = require('child_process');
const env = Object.create({ INHERITED: 'yes' });
Object.assign(env, { PATH: process.env.PATH, NUMBER: 5, NOTHING: undefined, NULL: null, EMPTY: '' });
console.log(spawnSync('env', { env, encoding: 'utf8' }).stdout.split('\n').filter((line) => !line.startsWith('PATH=')).sort());
process.env.OF_THE_PARENT = 'seen';
console.log(spawnSync('/bin/sh', ['-c', 'echo $OF_THE_PARENT'], { encoding: 'utf8' }).stdout);
try {
  spawnSync('env', { env: { 'A\0': '1' } });
} catch (error) {
  console.log(error.code, error.message);
}
