// JSON of a hundred thousand levels: an exception of the program's, not a crash.
const { spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const folder = fs.mkdtempSync(path.join(require('os').tmpdir(), 'errors-'));
const depth = 100_000;
fs.writeFileSync(path.join(folder, 'deep.json'), '['.repeat(depth) + ']'.repeat(depth));
fs.writeFileSync(path.join(folder, 'package.json'), `{ "x": ${'{"a":'.repeat(depth)}1${'}'.repeat(depth)} }`);
fs.writeFileSync(path.join(folder, 'main.js'), `
  const deep = require('./deep.json');
  let levels = 0;
  for (let at = deep; at !== undefined; at = at[0]) levels++;
  console.log(levels);
  console.log(require('util').inspect(deep).length < 100);
`);
const { status, stdout } = spawnSync(process.execPath, [path.join(folder, 'main.js')], { encoding: 'utf8' });
console.log(status, stdout.trim().split('\n'));
fs.rmSync(folder, { recursive: true });
