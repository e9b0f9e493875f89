'use strict';

// The inspector from inside and from outside: sessions, the server, pauses, coverage. Node passes it, too.

const assert = require('assert');
const { spawn } = require('child_process');
const fs = require('fs');
const http = require('http');
const inspector = require('inspector');
const os = require('os');
const path = require('path');
const { Worker, isMainThread } = require('worker_threads');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'inspector-test-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

function writeScript(name, text) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
}

/** A process with a server; its text on standard error comes by lines. */
class Debuggee {
  constructor(args, env = {}) {
    this.stderr = '';
    this.stdout = '';
    this.child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
    // A test that fails leaves nothing behind that runs for ever.
    process.on('exit', () => this.child.kill('SIGKILL'));
    this.child.stdout.on('data', (chunk) => { this.stdout += chunk; });
    this.child.stderr.on('data', (chunk) => {
      this.stderr += chunk;
      this.check?.();
    });
    this.exited = new Promise((resolve) => this.child.on('close', (code, signal) => resolve({ code, signal })));
  }

  waitFor(pattern) {
    return new Promise((resolve) => {
      this.check = () => {
        const match = pattern.exec(this.stderr);
        if (match !== null) resolve(match);
      };
      this.check();
    });
  }

  async connect() {
    const [, url] = await this.waitFor(/Debugger listening on (ws:\S+)/);
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    return new Frontend(socket);
  }
}

class Frontend {
  constructor(socket) {
    this.socket = socket;
    this.pending = new Map();
    this.events = [];
    this.waiting = [];
    this.closed = new Promise((resolve) => { socket.onclose = resolve; });
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.id !== undefined) this.pending.get(message.id)(message);
      else this.events.push(message);
      for (const check of this.waiting.splice(0)) check();
    };
  }

  async send(method, params) {
    const id = this.pending.size + 1;
    const answer = new Promise((resolve) => this.pending.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(error.message);
    return result;
  }

  event(method, test = () => true) {
    return new Promise((resolve) => {
      const check = () => {
        const index = this.events.findIndex((one) => one.method === method && test(one.params));
        if (index === -1) this.waiting.push(check);
        else resolve(this.events.splice(index, 1)[0].params);
      };
      check();
    });
  }
}

function get(url) {
  return new Promise((resolve, reject) => {
    http.get(url, (response) => {
      let text = '';
      response.on('data', (chunk) => { text += chunk; });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    }).on('error', reject);
  });
}

// --- Sessions of the same thread

function testSession() {
  const session = new inspector.Session();
  assert.throws(() => session.post('Runtime.enable'), { code: 'ERR_INSPECTOR_NOT_CONNECTED' });
  session.connect();
  assert.throws(() => session.connect(), { code: 'ERR_INSPECTOR_ALREADY_CONNECTED' });
  let value;
  session.post('Runtime.evaluate', { expression: '"gr\u00fc\u00df \u{1f600}"' }, (error, { result }) => { ({ value } = result); });
  assert.strictEqual(value, 'gr\u00fc\u00df \u{1f600}');
  let failure;
  session.post('Nothing.ofTheKind', (error) => { failure = error; });
  assert.strictEqual(failure.code, 'ERR_INSPECTOR_COMMAND');
  assert.match(failure.message, /-32601: 'Nothing\.ofTheKind' wasn't found/);

  // What was compiled before anybody asked for the inspector is known to it.
  const urls = [];
  session.on('Debugger.scriptParsed', ({ params }) => urls.push(params.url));
  session.post('Debugger.enable');
  assert(urls.includes(require('url').pathToFileURL(__filename).href));

  const types = [];
  session.on('Runtime.consoleAPICalled', ({ params }) => types.push(params.type));
  session.post('Runtime.enable');
  console.info('for both');
  inspector.console.error('for the frontend alone');
  assert.deepStrictEqual(types.slice(-2), ['info', 'error']);
  session.disconnect();
  session.disconnect();
}

// A session that ends while the inspector works for it.
function testEndInside() {
  const session = new inspector.Session();
  session.connect();
  globalThis.ownSession = session;
  session.post('Runtime.evaluate', { expression: 'ownSession.disconnect()' });
  delete globalThis.ownSession;
  assert.throws(() => session.post('Runtime.enable'), { code: 'ERR_INSPECTOR_NOT_CONNECTED' });
  // Node 24 crashes.
  if (process.versions.gyre === undefined) return;
  session.connect();
  session.on('Runtime.consoleAPICalled', () => session.disconnect());
  session.post('Runtime.enable');
  console.info('the last that it hears');
  console.info('nobody hears it');
  assert.throws(() => session.post('Runtime.enable'), { code: 'ERR_INSPECTOR_NOT_CONNECTED' });
}

// --- Other threads

async function testWorker() {
  const worker = new Worker(`
    const { Session } = require('inspector');
    const session = new Session();
    session.connectToMainThread();
    session.post('Runtime.evaluate', { expression: 'globalThis.ofMain' }, (error, { result }) => {
      require('worker_threads').parentPort.postMessage(result.value);
    });
    setTimeout(() => {}, 1e6);
  `, { eval: true });
  globalThis.ofMain = 'seen';
  const value = await new Promise((resolve) => worker.on('message', resolve));
  assert.strictEqual(value, 'seen');
  await worker.terminate();
}

// A frontend attaches to a thread that is being terminated.
async function testTerminatedWorker() {
  for (let i = 0; i < 5; i++) {
    const worker = new Worker('setInterval(() => {}, 1000);', { eval: true });
    await new Promise((resolve) => worker.on('online', resolve));
    const session = new inspector.Session();
    session.connect();
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
    await worker.terminate();
    session.disconnect();
  }
}

// A session of the same thread cannot hold back its end.
async function testOwnSessionAtExit() {
  const debuggee = new Debuggee([writeScript('own_session.js', `
    const session = new (require('inspector').Session)();
    session.connect();
    session.post('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
  `)]);
  assert.deepStrictEqual(await debuggee.exited, { code: 0, signal: null });
}

// --- The server

async function testServer() {
  const debuggee = new Debuggee(['--inspect=0', writeScript('idle.js', 'setInterval(() => {}, 1000);')]);
  const [, port, id] = await debuggee.waitFor(/ws:\/\/127\.0\.0\.1:(\d+)\/(\S+)/);
  const base = `http://127.0.0.1:${port}`;
  const [target] = JSON.parse((await get(`${base}/json/list`)).text);
  assert.strictEqual(target.id, id);
  assert.strictEqual(target.url, require('url').pathToFileURL(path.join(folder, 'idle.js')).href);
  assert.strictEqual(JSON.parse((await get(`${base}/json/version`)).text).Browser, `node.js/${process.version}`);
  assert(JSON.parse((await get(`${base}/json/protocol`)).text).domains.some(({ domain }) => domain === 'Debugger'));
  assert.strictEqual((await get(`${base}/other`)).status, 400);

  const frontend = await debuggee.connect();
  await debuggee.waitFor(/Debugger attached\./);
  const large = 'x'.repeat(200_000);
  const { result } = await frontend.send('Runtime.evaluate', { expression: `"${large}"` });
  assert.strictEqual(result.value, large);
  debuggee.child.kill();
  await debuggee.exited;
}

async function pauseInside(frontend, expression) {
  await frontend.send('Runtime.enable');
  await frontend.send('Debugger.enable');
  frontend.send('Runtime.evaluate', { expression });
  const { callFrames } = await frontend.event('Debugger.paused');
  return callFrames[0].callFrameId;
}

// The program goes on when its only frontend leaves, and the next one finds it well.
async function testLeaveAtBreakpoint() {
  const debuggee = new Debuggee(['--inspect=0', writeScript('leave.js', 'setInterval(() => {}, 1000);')]);
  const first = await debuggee.connect();
  await pauseInside(first, 'debugger; globalThis.wentOn = true;');
  first.socket.close();
  await first.closed;
  const second = await debuggee.connect();
  const { result } = await second.send('Runtime.evaluate', { expression: 'wentOn' });
  assert.strictEqual(result.value, true);
  debuggee.child.kill();
  assert.deepStrictEqual(await debuggee.exited, { code: null, signal: 'SIGTERM' });
}

async function testExitAtBreakpoint() {
  const debuggee = new Debuggee(['--inspect=0', writeScript('exit.js', 'setInterval(() => {}, 1000);')]);
  const frontend = await debuggee.connect();
  const callFrameId = await pauseInside(frontend, 'debugger;');
  frontend.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'process.exit(3)' });
  await frontend.event('Runtime.executionContextDestroyed');
  frontend.socket.close();
  assert.deepStrictEqual(await debuggee.exited, { code: 3, signal: null });
}

// A program that never comes back to its loop.
async function testEndlessLoop() {
  const debuggee = new Debuggee(['--inspect=0', writeScript('endless.js', 'let i = 1; console.error("in it"); while (true) i++;')]);
  const frontend = await debuggee.connect();
  await debuggee.waitFor(/in it/);
  await frontend.send('Debugger.enable');
  const { scriptId } = await frontend.event('Debugger.scriptParsed', ({ url }) => url.endsWith('endless.js'));
  frontend.send('Debugger.pause');
  const { callFrames } = await frontend.event('Debugger.paused');
  const { callFrameId } = callFrames.find(({ location }) => location.scriptId === scriptId);
  const { result } = await frontend.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'i > 0' });
  assert.strictEqual(result.value, true);
  debuggee.child.kill('SIGKILL');
  await debuggee.exited;
}

async function testBreakOnStart() {
  const debuggee = new Debuggee(['--inspect-brk=0', writeScript('brk.js', '// Nothing.\nlet a = 1;\na++;\nprocess.exitCode = a;\n')]);
  const frontend = await debuggee.connect();
  await frontend.send('Runtime.enable');
  await frontend.send('Debugger.enable');
  await frontend.send('Runtime.runIfWaitingForDebugger');
  const { reason, callFrames } = await frontend.event('Debugger.paused');
  assert.strictEqual(reason, 'Break on start');
  assert.strictEqual(callFrames[0].location.lineNumber, 1);
  await frontend.send('Debugger.resume');
  await frontend.event('Runtime.executionContextDestroyed', ({ executionContextId }) => executionContextId === 1);
  await debuggee.waitFor(/Waiting for the debugger to disconnect\.\.\./);
  frontend.socket.close();
  assert.deepStrictEqual(await debuggee.exited, { code: 2, signal: null });
}

async function testSignal() {
  for (const text of ['process._rawDebug("ready"); setInterval(() => {}, 1000);', 'process._rawDebug("ready"); while (true);']) {
    const debuggee = new Debuggee(['--inspect-port=0', writeScript('signal.js', text)]);
    await debuggee.waitFor(/ready/);
    process._debugProcess(debuggee.child.pid);
    const frontend = await debuggee.connect();
    const { result } = await frontend.send('Runtime.evaluate', { expression: 'process.pid' });
    assert.strictEqual(result.value, debuggee.child.pid);
    debuggee.child.kill('SIGKILL');
    await debuggee.exited;
  }
}

// --- Coverage

async function testCoverage() {
  const file = writeScript('covered.js', 'function called() {}\nfunction never() {}\ncalled();\n');
  const reports = path.join(folder, 'coverage');
  await new Debuggee([file], { NODE_V8_COVERAGE: reports }).exited;
  const [name] = fs.readdirSync(reports);
  const { result } = JSON.parse(fs.readFileSync(path.join(reports, name), 'utf8'));
  const { functions } = result.find(({ url }) => url.endsWith('/covered.js'));
  const counts = Object.fromEntries(functions.map(({ functionName, ranges }) => [functionName, ranges[0].count]));
  assert.deepStrictEqual(counts, { '': 1, 'called': 1, 'never': 0 });
}

async function main() {
  assert.strictEqual(process.features.inspector, true);
  assert.strictEqual(inspector.url(), undefined);
  assert.throws(() => inspector.waitForDebugger(), { code: 'ERR_INSPECTOR_NOT_ACTIVE' });
  testSession();
  testEndInside();
  await testWorker();
  await testTerminatedWorker();
  await testOwnSessionAtExit();
  await testServer();
  await testLeaveAtBreakpoint();
  await testExitAtBreakpoint();
  await testEndlessLoop();
  await testBreakOnStart();
  await testSignal();
  await testCoverage();
}

if (isMainThread) main();
