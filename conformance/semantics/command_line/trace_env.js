// --trace-env and its kin tell of each use of an environment variable by the program.
const { spawnSync } = require('child_process');

const kUses = [
  'process.env.GYRE_A', 'process.env.GYRE_A = 1', '"GYRE_A" in process.env', 'Object.hasOwn(process.env, "GYRE_A")',
  'delete process.env.GYRE_A',
  'Object.defineProperty(process.env, "GYRE_A", { value: "x", writable: true, enumerable: true, configurable: true })',
];
for (const use of kUses) {
  const { stderr } = spawnSync(process.execPath, ['--trace-env', '-e', use], { encoding: 'utf8' });
  console.log(use, stderr.split('\n').filter((line) => line.includes('GYRE_A')));
}
const { stderr } = spawnSync(process.execPath, ['--trace-env', '-e', 'Object.keys(process.env)'], { encoding: 'utf8' });
console.log(/^\[--trace-env\] enumerate environment variables$/m.test(stderr));

// The frames of the program.
function stackOf(options) {
  const program = 'function read() { return process.env.GYRE_A; }\nread();';
  const done = spawnSync(process.execPath, [...options, '-e', program], { encoding: 'utf8' });
  const text = done.stderr.slice(done.stderr.indexOf('[--trace-env] get "GYRE_A"'));
  return text.split('\n').filter((line) => !/node:|^$|^\d+: (0x|runScriptInThisContext|\[eval\]-wrapper)/.test(line));
}
console.log(stackOf(['--trace-env-js-stack']));
console.log(stackOf(['--trace-env', '--trace-env-js-stack']));
console.log(stackOf(['--no-trace-env']).length);

// Set by the environment, and not asked for.
const off = spawnSync(process.execPath, ['-e', 'process.env.GYRE_A'], { encoding: 'utf8' });
const on = spawnSync(process.execPath, ['-e', 'process.env.GYRE_A'],
                     { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '--trace-env' } });
console.log(off.stderr === '', on.stderr.includes('[--trace-env] get "GYRE_A"\n'));
