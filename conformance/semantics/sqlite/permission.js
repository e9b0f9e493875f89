// The permission model does not look at SQLite's files, and refuses extensions.
const { spawnSync } = require('child_process');

const program = `
  const { DatabaseSync } = require('node:sqlite');
  const { DatabaseSync: Database } = { DatabaseSync };
  const path = require('path').join(require('os').tmpdir(), 'permission-' + process.pid + '.db');
  console.log(new Database('file:' + path + '?mode=memory').isOpen);
  for (const use of [() => new Database(':memory:', { allowExtension: true }), () => new Database(':memory:').loadExtension('x')]) {
    try {
      use();
    } catch ({ code, message }) {
      console.log(code, message);
    }
  }
`;
console.log(spawnSync(process.execPath, ['--permission', '-e', program], { encoding: 'utf8' }).stdout);
const missing = spawnSync(process.execPath, ['--no-experimental-sqlite', '-e', `
  console.log(require('module').isBuiltin('node:sqlite'), process.versions.sqlite !== undefined);
  try {
    require('node:sqlite');
  } catch ({ code, message }) {
    console.log(code, message);
  }
`], { encoding: 'utf8' });
console.log(missing.stdout);
console.log(require('module').builtinModules.filter((id) => id.includes('sqlite')), require('module').isBuiltin('sqlite'));
