'use strict';

// Options on the command line and in NODE_OPTIONS: what each does that can be seen from outside.

const assert = require('assert');
const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'options-test-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

function run(args, env = {}) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  return { code: status ?? signal, stdout, stderr };
}

function prints(args, expected, env) {
  const { code, stdout, stderr } = run(args, env);
  assert.deepStrictEqual([stderr, stdout, code], ['', expected, 0]);
}

function refused(args, pattern, env) {
  const { code, stderr } = run(args, env);
  assert.strictEqual(code, 9, stderr);
  assert.match(stderr, pattern);
}

// Forms
prints(['--report-compact=1', '-p', 'process.report.compact'], 'true\n');
prints(['--experimental_vm_modules', '-p', 'typeof vm.SourceTextModule'], 'function\n');
prints(['--max-http-header-size', '9000', '-p', 'http.maxHeaderSize'], '9000\n');
prints(['--no-strip-types', '-p', 'process.features.typescript'], 'false\n');
prints(['--no-experimental-require-module', '-p', 'process.features.require_module'], 'false\n');
refused(['--nothing-of-the-kind'], /bad option: --nothing-of-the-kind/);
refused(['--title'], /--title requires an argument/);
refused(['--no-title', '-p', '1'], /--no-title is an invalid negation because it is not a boolean option/);
refused(['--no-experimental-worker', '-p', '1'], /is an invalid negation/);

// NODE_OPTIONS
prints(['-p', 'process.title'], 'from the environment\n', { NODE_OPTIONS: '--title="from the environment"' });
prints(['-p', 'process.title'], 'a b\n', { NODE_OPTIONS: '"--title=a b"' });
prints(['--title=line', '-p', 'process.title'], 'line\n', { NODE_OPTIONS: '--title=environment' });
prints(['-p', 'typeof gc'], 'function\n', { NODE_OPTIONS: '--expose-gc' });
prints(['-p', 'process.execArgv.length'], '2\n', { NODE_OPTIONS: '--no-warnings' });
refused(['-p', '1'], /--version is not allowed in NODE_OPTIONS/, { NODE_OPTIONS: '--version' });
prints(['-p', '1'], '1\n', { NODE_OPTIONS: 'script.js' });
refused(['-p', '1'], /NODE_OPTIONS \(unterminated string\)/, { NODE_OPTIONS: '"--title=x' });
assert(process.allowedNodeEnvironmentFlags.has('--max-old-space-size'));
assert(!process.allowedNodeEnvironmentFlags.has('--version'));

refused(['-p', '1'], /-- is not allowed in NODE_OPTIONS/, { NODE_OPTIONS: '--' });
refused(['-p', '1'], /--env-file= is not allowed in NODE_OPTIONS/, { NODE_OPTIONS: '--env-file=x' });

// OpenSSL
const md4 = 'try { crypto.createHash("md4").update("").digest("hex"); } catch { "unsupported"; }';
prints(['-p', md4], 'unsupported\n');
prints(['--openssl-legacy-provider', '-p', md4], '31d6cfe0d16ae931b73c59d7e0c089c0\n');
fs.writeFileSync(path.join(folder, 'openssl.cnf'), [
  'nodejs_conf = settings', '[settings]', 'providers = both', '[both]', 'default = on', 'legacy = on', '[on]', 'activate = 1',
].join('\n'));
prints(['--openssl-config=openssl.cnf', '-p', md4], '31d6cfe0d16ae931b73c59d7e0c089c0\n');
prints(['-p', md4], '31d6cfe0d16ae931b73c59d7e0c089c0\n', { OPENSSL_CONF: 'openssl.cnf' });
prints(['--secure-heap=65536', '-p', 'crypto.secureHeapUsed().total'], '65536\n');
refused(['--secure-heap=3', '-p', '1'], /--secure-heap must be a power of 2/);

// Without the start-up snapshot all is as with it.
prints(['--no-node-snapshot', '-p', 'typeof fetch'], 'function\n', { NODE_OPTIONS: '--no-node-snapshot' });
assert.match(run(['--completion-bash']).stdout, /^_node_complete\(\) \{\n[^]*--max-http-header-size[^]*^complete /m);

// V8's own options, printed by V8.
assert.match(run(['--v8-options']).stdout, /^Options:\n[^]*^ {2}--max-old-space-size /m);

// Warnings go to a file.
run(['--redirect-warnings=warnings.txt', '-e', 'process.emitWarning("first")']);
run(['-e', 'process.emitWarning("second")'], { NODE_REDIRECT_WARNINGS: 'warnings.txt' });
assert.match(fs.readFileSync(path.join(folder, 'warnings.txt'), 'utf8'), /Warning: first\n[^]*Warning: second\n/);

// Heap snapshots
run(['--heapsnapshot-signal=SIGUSR2', '--diagnostic-dir=.', '-e', 'process.kill(process.pid, "SIGUSR2"); setTimeout(() => {}, 400)']);
let [snapshot] = fs.readdirSync(folder).filter((name) => name.endsWith('.heapsnapshot'));
assert.match(snapshot, /^Heap\.\d{8}\.\d{6}\.\d+\.0\.001\.heapsnapshot$/);
fs.rmSync(path.join(folder, snapshot));
const { stderr } = run(['--heapsnapshot-near-heap-limit=1', '--max-old-space-size=30', '-e', 'const a = []; for (;;) a.push(new Array(100).fill(1))']);
assert.match(stderr, /^Wrote snapshot to /m);
[snapshot] = fs.readdirSync(folder).filter((name) => name.endsWith('.heapsnapshot'));
assert(JSON.parse(fs.readFileSync(path.join(folder, snapshot), 'utf8')).snapshot.node_count > 1000);

// Memory
prints(['--max-old-space-size-percentage=50', '-p', 'v8.getHeapStatistics().heap_size_limit > 100e6'], 'true\n');
refused(['--max-old-space-size-percentage=101', '-p', '1'], /must be greater than 0 and up to 100\. Got: 101/);

// Synchronous calls after the first turn of the loop
const sync = run(['--trace-sync-io', '-e', 'fs.statSync("."); setImmediate(function later() { fs.statSync("."); })']);
assert.match(sync.stderr, /^\(node:\d+\) WARNING: Detected use of sync API\n {4}at .*statSync.*\n {4}at (Immediate\.)?later/);
assert.strictEqual(sync.stderr.match(/WARNING/g).length, 1);

// Frozen intrinsics
prints(['--frozen-intrinsics', '--no-warnings', '-p', `
  'use strict';
  const tried = [() => { Array.prototype.x = 1; }, () => { Object.foo = 1; }, () => { JSON.parse = 1; }].map((change) => {
    try { change(); return 'changed'; } catch { return 'frozen'; }
  });
  const own = {};
  own.toString = 1;
  const error = new Error('a');
  error.message = 'b';
  [...tried, own.toString, error.message, Object.isFrozen(Map.prototype)].join()`], 'frozen,frozen,frozen,1,b,true\n');

// Others
assert.match(run(['--trace-require-module=all', '-e', 'fs.writeFileSync("m.mjs", ""); require("./m.mjs")']).stderr,
             /ExperimentalWarning: CommonJS module .* is loading ES Module .*m\.mjs using require\(\)/);
prints(['--no-warnings', '--experimental-import-text', '--input-type=module', '-e',
        'import text from "./m.txt" with { type: "text" }; console.log(text)'].map((arg) => arg.replace('./m.txt', textFile())), 'words\n');
assert.match(run(['--no-addons', '-e', 'process.dlopen(module, "x.node")']).stderr, /ERR_DLOPEN_DISABLED/);
prints(['--no-global-search-paths', '-p', 'module.constructor.globalPaths.length'], '0\n');
prints(['--icu-data-dir=/nowhere', '-p', 'new Date(0).toLocaleDateString("en", { timeZone: "UTC" })'], '1/1/1970\n');

function textFile() {
  fs.writeFileSync(path.join(folder, 'm.txt'), 'words');
  return `file://${folder}/m.txt`;
}

// SIGINT says where the program was.
const spinning = spawn(process.execPath, ['--trace-sigint', '-e', '(function spin() { console.log(1); for (;;); })()'], { cwd: folder });
let said = '';
spinning.stderr.on('data', (chunk) => { said += chunk; });
spinning.stdout.once('data', () => spinning.kill('SIGINT'));
spinning.on('close', (code, signal) => {
  assert.strictEqual(signal, 'SIGINT');
  assert.match(said, /^KEYBOARD_INTERRUPT: Script execution was interrupted by `SIGINT`\n(?: {4}at .*\n)* {4}at spin/);
});

// From source, not from the snapshot in the executable.
prints(['--no-node-snapshot', '-p', '1'], '1\n');

// What Gyre does not have says so instead of doing nothing.
if (process.versions.gyre !== undefined) {
  refused(['--trace-promises', '-p', '1'], /--trace-promises is not supported by Gyre/);
  refused(['--no-async-context-frame', '-p', '1'], /--no-async-context-frame is not supported by Gyre/);
  refused(['-p', '1'], /--enable-fips is not supported by Gyre/, { NODE_OPTIONS: '--enable-fips' });
  prints(['--no-enable-fips', '-p', '1'], '1\n');
}
