// What is printed of a thrown value that is no Error.
const { spawnSync } = require('child_process');

const kThrown = {
  null: () => null,
  symbol: () => Symbol('a'),
  deep: () => ({ a: { b: { c: { d: { e: { f: { g: 1 } } } } } } }),
  custom: () => ({ [Symbol.for('nodejs.util.inspect.custom')]: () => 'not asked' }),
  getter: () => ({ get name() { throw new Error('not asked'); } }),
  stack: () => ({ get stack() { throw new Error('asked'); } }),
  proxy: () => new Proxy({}, { get() { throw new Error('asked'); } }),
};

if (process.argv[2] !== undefined) throw kThrown[process.argv[2]]();

function print(name, env) {
  const { status, stderr } = spawnSync(process.execPath, [__filename, name], { argv0: 'program', encoding: 'utf8', env });
  // After the place: path, line, arrow.
  const lines = stderr.split('\n');
  const arrow = lines.findIndex((line) => line.trim() === '^');
  console.log(name, status, JSON.stringify(lines.slice(arrow + 1, lines.findIndex((line) => line.startsWith('Node.js'))).join('\n')));
}

for (const name of Object.keys(kThrown)) print(name, process.env);
print('deep', { ...process.env, NO_COLOR: undefined, FORCE_COLOR: '1' });
