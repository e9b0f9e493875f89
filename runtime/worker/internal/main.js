'use strict';

// A worker's own side: run on its thread when its realm is up (startWorker in internal/bootstrap/startup). Waits for the
// LOAD message, makes the thread what it says, and runs the program.

const protocol = require('internal/worker/protocol');
const { assignEnvironmentData, self } = require('internal/worker/shared');
const { ReadableWorkerStdio, WritableWorkerStdio } = require('internal/worker/stdio');
// Registers the class of the port that openPort makes.
require('internal/messaging');

const binding = internalBinding('worker');

let control;

// {stdin, stdout, stderr}: this side of them, whatever a program makes of process.stdout.
let streams;

// Which of them keep the worker alive.
const holders = new Set();

// Counts this thread's messages for a parent that waits for one in Atomics.wait().
let lock;

function post(message) {
  control.postMessage(message, [], control);
  if (lock === undefined) return;
  Atomics.add(lock, 0, 1);
  Atomics.notify(lock, 0);
}

function start() {
  const [threadId, threadName, sharesEnv, limits] = binding.current();
  Object.assign(self, {
    isMainThread: false,
    threadId,
    threadName,
    resourceLimits: {
      maxOldGenerationSizeMb: limits[0] || 4096, maxYoungGenerationSizeMb: limits[1] || 48,
      codeRangeSizeMb: limits[2], stackSizeMb: limits[3],
    },
  });
  restrictProcess();
  require('internal/process/execution').setFatalHandler(reportFatal);
  control = binding.openPort();
  control.onmessage = (message) => {
    if (message.type === protocol.LOAD) load(message, sharesEnv);
    else if (message.type === protocol.STDIN) streams.stdin.receive(message);
    else if (message.type === protocol.WANTED) streams[message.stream].proceed();
  };
  control.ref();
  control.start();
}

function load(message, sharesEnv) {
  require('internal/options').setGivenOptions(message.optionValues);
  require('internal/bootstrap/globals').start();
  if (!sharesEnv) process.env = require('internal/worker/env').makeEnv(message.env);
  if (process.env.NODE_CHANNEL_FD) restrictIpc();
  require('internal/process/object').applyWarningOptions();
  process.execArgv = message.execArgv;
  assignEnvironmentData(message.environmentData);
  if (message.kind === 'hooks') {
    serveHooks(message);
    return;
  }
  const isText = message.kind === 'classic';
  process.argv = [process.execPath, isText ? '[worker eval]' : message.target, ...message.argv];
  self.workerData = message.workerData;
  self.parentPort = message.publicPort;
  // The control channel does not keep the worker alive, and the public port only while somebody listens on it.
  control.unref();
  message.publicPort.unref();
  defineStdio(message.hasStdin);
  require('internal/process/object').atEnd(flushOutput);
  if (message.trackUnmanagedFds) require('internal/worker/descriptors').trackDescriptors();
  post({ type: protocol.ONLINE });
  require('internal/bootstrap/startup').startProfiles();
  if (process.env.NODE_V8_COVERAGE) require('internal/inspector/coverage').start();
  if (message.inspected !== undefined) waitForDebugger(message);
  // The process's options are for the main thread; a worker has a server of its own when its own options say so.
  if (message.hasServer) require('internal/bootstrap/startup').startInspectorServer();

  const { prepare, executeUserEntryPoint, grantMain, importMain } = require('internal/modules/run_main');
  prepare();
  if (isText) require('internal/modules/run_text').runText(message.target, '[worker eval]');
  else if (message.kind === 'data-url') importMain(message.target);
  else {
    grantMain(message.target);
    executeUserEntryPoint(message.target);
  }
  process.nextTick(require('internal/worker/thread_messages').openMailbox);
}

// A frontend of the parent's watches workers: it gets its session now, and may want the program to wait.
function waitForDebugger({ inspected }) {
  const waits = inspected === 'waits';
  post({ type: protocol.INSPECTABLE, waits });
  if (!waits) return;
  require('internal/modules/shared').state.breaksOnStart = true;
  require('internal/inspector/agent');
  internalBinding('inspector').waitForDebugger();
}

// The thread of asynchronous module hooks: what --require names runs here too.
function serveHooks(message) {
  ({ lock } = message);
  process.argv = [process.execPath];
  defineStdio(message.hasStdin);
  require('internal/modules/hooks_thread').start(control, post);
  require('internal/modules/run_main').prepare();
}

function reportFatal(error) {
  flushOutput();
  try {
    post(protocol.serializeError(error));
  } catch {
    try {
      post({ type: protocol.ERROR, error: require('internal/util/inspect').inspect(error), properties: {} });
    } catch {
      post({ type: protocol.UNSERIALIZABLE_ERROR });
    }
  }
}

function hold(stream, holds) {
  if (holds) holders.add(stream);
  else holders.delete(stream);
  if (holders.size > 0) control.ref();
  else control.unref();
}

// Data is pushed as it comes; a program that reads waits for it.
class WorkerStdin extends ReadableWorkerStdio {
  _read() {
    hold(this, true);
    super._read();
  }
  push(chunk, encoding) {
    if (chunk === null) hold(this, false);
    return super.push(chunk, encoding);
  }
}
Object.defineProperty(WorkerStdin, 'name', { __proto__: null, value: 'ReadableWorkerStdio', configurable: true });

// At its end a worker waits for nobody, and neither does the thread of module hooks, which others wait for.
function waitForReader(stream, waits) {
  if (process._exiting || lock !== undefined) return false;
  hold(stream, waits);
  return true;
}

function makeOutput(stream) {
  return new WritableWorkerStdio(
    (chunk, encoding) => post({ type: protocol.OUTPUT, stream, chunk, encoding }), waitForReader);
}

/** What waits for its reader in this thread leaves before the thread ends. */
function flushOutput() {
  streams.stdout.proceed();
  streams.stderr.proceed();
}

function defineStdio(hasStdin) {
  const stdin = new WorkerStdin(() => post({ type: protocol.WANTED, stream: 'stdin' }));
  if (!hasStdin) stdin.push(null);
  streams = { stdin, stdout: makeOutput('stdout'), stderr: makeOutput('stderr') };
  for (const [name, value] of Object.entries(streams)) {
    Object.defineProperty(process, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
  }
}

function disable(name) {
  const { ERR_WORKER_UNSUPPORTED_OPERATION } = require('internal/errors').codes;
  process[name] = Object.defineProperty(() => {
    throw new ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}()`);
  }, 'name', { __proto__: null, value: name, configurable: true });
  process[name].disabled = true;
}

// The channel to the process's own parent is the main thread's as well.
function restrictIpc() {
  const { ERR_WORKER_UNSUPPORTED_OPERATION } = require('internal/errors').codes;
  disable('send');
  disable('disconnect');
  for (const name of ['channel', 'connected']) {
    Object.defineProperty(process, name, {
      __proto__: null,
      configurable: true,
      enumerable: true,
      get() { throw new ERR_WORKER_UNSUPPORTED_OPERATION(`process.${name}`); },
    });
  }
}

// What belongs to the process is the main thread's to change.
function restrictProcess() {
  const { ERR_WORKER_UNSUPPORTED_OPERATION } = require('internal/errors').codes;
  for (const name of ['abort', 'chdir', 'initgroups', 'setegid', 'seteuid', 'setgid', 'setgroups', 'setuid']) disable(name);
  for (const name of ['_debugProcess', '_debugEnd', '_startProfilerIdleNotifier', '_stopProfilerIdleNotifier']) {
    delete process[name];
  }
  const { reallyExit } = process;
  process.reallyExit = (code) => {
    reallyExit(code);
    // The thread is told to end, and does so when it next looks: nothing of the program may run until then.
    for (;;);
  };
  const { umask } = process;
  process.umask = function(mask) {
    if (mask !== undefined) throw new ERR_WORKER_UNSUPPORTED_OPERATION('Setting process.umask()');
    return umask();
  };
}

module.exports = { start };
