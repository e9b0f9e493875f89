'use strict';
// Starting processes: streams, exit codes, signals, errors, the buffered and the synchronous forms.

const assert = require('assert');
const cp = require('child_process');
const { once } = require('events');
const { promisify } = require('util');

async function testSpawn() {
  const child = cp.spawn('cat', { stdio: ['pipe', 'pipe', 'inherit'] });
  assert.strictEqual(typeof child.pid, 'number');
  child.stdout.setEncoding('utf8');
  let output = '';
  child.stdout.on('data', (chunk) => { output += chunk; });
  child.stdin.end('through the pipe');
  const [code, signal] = await once(child, 'close');
  assert.deepStrictEqual([output, code, signal], ['through the pipe', 0, null]);
  assert.strictEqual(child.kill(), false);
}

async function testEnds() {
  const sleeper = cp.spawn('sleep', ['10']);
  assert.ok(sleeper.kill());
  assert.deepStrictEqual(await once(sleeper, 'exit'), [null, 'SIGTERM']);
  assert.ok(sleeper.killed);

  const missing = cp.spawn('no-such-program', ['x']);
  const [error] = await once(missing, 'error');
  assert.strictEqual(error.message, 'spawn no-such-program ENOENT');
  assert.deepStrictEqual(error.spawnargs, ['x']);

  const timed = cp.spawn('sleep', ['10'], { timeout: 20, killSignal: 'SIGKILL' });
  assert.deepStrictEqual(await once(timed, 'exit'), [null, 'SIGKILL']);

  const controller = new AbortController();
  const aborted = cp.spawn('sleep', ['10'], { signal: controller.signal });
  const abortion = once(aborted, 'error');
  controller.abort();
  assert.strictEqual((await abortion)[0].name, 'AbortError');
}

async function testExec() {
  const exec = promisify(cp.exec);
  assert.deepStrictEqual(await exec('echo out; echo err >&2'), { stdout: 'out\n', stderr: 'err\n' });
  const error = await exec('echo out; exit 3').catch((reason) => reason);
  assert.strictEqual(error.code, 3);
  assert.strictEqual(error.stdout, 'out\n');
  assert.strictEqual(error.cmd, 'echo out; exit 3');
  const tooMuch = await exec('yes', { maxBuffer: 10 }).catch((reason) => reason);
  assert.strictEqual(tooMuch.code, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER');
  assert.strictEqual(tooMuch.stdout.length, 10);
  const { stdout } = await promisify(cp.execFile)('echo', ['$HOME'], { encoding: 'buffer' });
  assert.deepStrictEqual(stdout, Buffer.from('$HOME\n'));
}

function testSync() {
  const result = cp.spawnSync('sh', ['-c', 'cat; echo "$GREETING" >&2; exit 4'], {
    input: 'in', env: { GREETING: 'hi' }, encoding: 'utf8', cwd: '/',
  });
  assert.deepStrictEqual([result.status, result.stdout, result.stderr], [4, 'in', 'hi\n']);
  assert.strictEqual(cp.execSync('pwd', { cwd: '/', encoding: 'utf8' }), '/\n');
  assert.throws(() => cp.execFileSync('false'), { status: 1, message: 'Command failed: false' });
  assert.strictEqual(cp.spawnSync('sleep', ['10'], { timeout: 20 }).error.code, 'ETIMEDOUT');
  assert.strictEqual(cp.spawnSync('no-such-program').error.code, 'ENOENT');
}

function testArguments() {
  assert.throws(() => cp.spawn(''), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => cp.spawn('a', ['\0']), { code: 'ERR_INVALID_ARG_VALUE' });
  assert.throws(() => cp.spawn('a', { uid: 'x' }), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => cp.spawn('a', { stdio: ['ipc', 'ipc'] }), { code: 'ERR_IPC_ONE_PIPE' });
  assert.throws(() => cp.fork('a', { stdio: ['pipe'] }), { code: 'ERR_CHILD_PROCESS_IPC_REQUIRED' });
  assert.throws(() => cp.spawn('a', { killSignal: 'SIGNOPE' }), { code: 'ERR_UNKNOWN_SIGNAL' });
}

(async () => {
  testArguments();
  testSync();
  await testSpawn();
  await testEnds();
  await testExec();
})();
