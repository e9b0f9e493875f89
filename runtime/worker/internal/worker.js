'use strict';

// class Worker: the parent's side of a worker thread. The native worker (runtime/worker/worker.h) starts and joins the
// thread; everything else goes over a channel of its own, whose messages are described in internal/worker/protocol.

const EventEmitter = require('events');
const dc = require('diagnostics_channel');
const { codes: {
  ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_WORKER_INIT_FAILED, ERR_WORKER_INVALID_EXEC_ARGV,
  ERR_WORKER_OUT_OF_MEMORY, ERR_WORKER_PATH, ERR_WORKER_UNSERIALIZABLE_ERROR,
}, genericNodeError } = require('internal/errors');
const { validateArray, validateString } = require('internal/validators');
const { MessageChannel, receiveMessageOnPort } = require('internal/messaging');
const protocol = require('internal/worker/protocol');
const { SHARE_ENV, getEnvironmentDataMap } = require('internal/worker/shared');
const { ReadableWorkerStdio, WritableWorkerStdio } = require('internal/worker/stdio');

const binding = internalBinding('worker');
const { createChannel } = internalBinding('messaging');

const workerChannel = dc.channel('worker_threads');

const limitNames = ['maxOldGenerationSizeMb', 'maxYoungGenerationSizeMb', 'codeRangeSizeMb', 'stackSizeMb'];
const defaultLimits = [4096, 48, 0, 4];

// What a process has once.
const kProcessOptions = new Set([
  '--expose-gc', '--icu-data-dir', '--openssl-config', '--secure-heap', '--secure-heap-min', '--security-revert', '--title', '--v8-pool-size',
  '--zero-fill-buffers',
]);

const isMainThread = () => binding.current() === undefined;

function toLimits(resourceLimits) {
  if (resourceLimits === null || typeof resourceLimits !== 'object') return [0, 0, 0, 0];
  // Neither what is no number nor NaN limits anything.
  return limitNames.map((name) => (resourceLimits[name] > 0 && typeof resourceLimits[name] === 'number' ? resourceLimits[name] : 0));
}

const toLimitsObject = (limits) =>
  Object.fromEntries(limitNames.map((name, i) => [name, limits[i] || defaultLimits[i]]));

function urlHint(filename) {
  const scheme = ['file://', 'data:'].find((start) => filename.startsWith(start));
  return scheme === undefined ? '' : ` Wrap ${scheme} URLs with \`new URL\`.`;
}

// [what to run, its kind]
function resolveTarget(filename, options) {
  const path = require('path');
  const { isURL, fileURLToPath } = require('internal/url');
  if (options.eval) {
    if (typeof filename !== 'string') {
      throw new ERR_INVALID_ARG_VALUE('options.eval', options.eval, 'must be false when \'filename\' is not a string');
    }
    return [filename, 'classic'];
  }
  if (isURL(filename)) {
    if (filename.protocol === 'data:') return [`${filename}`, 'data-url'];
    return [fileURLToPath(filename), 'file'];
  }
  if (typeof filename !== 'string') throw new ERR_INVALID_ARG_TYPE('filename', ['string', 'URL'], filename);
  if (path.isAbsolute(filename) || /^\.\.?[\\/]/.test(filename)) return [path.resolve(filename), 'file'];
  throw new ERR_WORKER_PATH(urlHint(filename), filename);
}

function resolveEnv(option) {
  if (option === SHARE_ENV) return { shared: true };
  if (option === undefined || option === null) return { shared: false, variables: { ...process.env } };
  if (typeof option !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('options.env', ['object', 'undefined', 'null', 'worker_threads.SHARE_ENV'], option);
  }
  return { shared: false, variables: Object.fromEntries(Object.entries(option).map(([k, v]) => [k, `${v}`])) };
}

// Options of the worker's own environment come on top of those that the process was started with.
function checkNodeOptions(env) {
  const text = env.shared ? undefined : env.variables.NODE_OPTIONS;
  if (text === undefined || text === process.env.NODE_OPTIONS) return undefined;
  const values = binding.parseNodeOptions(text);
  if (typeof values === 'string') throw new ERR_WORKER_INVALID_EXEC_ARGV([values], 'invalid NODE_OPTIONS env variable');
  return values;
}

function resolveExecArgv(option, env) {
  const ofEnv = checkNodeOptions(env);
  if (option === undefined || option === null) return { execArgv: process.execArgv, values: ofEnv };
  validateArray(option, 'options.execArgv');
  // What follows -- is nobody's.
  const end = option.indexOf('--');
  const execArgv = (end === -1 ? option : option.slice(0, end)).map(String);
  const ofProcess = execArgv.find((flag) => kProcessOptions.has(flag.replace(/=.*/s, '')));
  if (ofProcess !== undefined) throw new ERR_WORKER_INVALID_EXEC_ARGV([ofProcess]);
  const values = binding.parseExecArgv(execArgv);
  if (typeof values === 'string') throw new ERR_WORKER_INVALID_EXEC_ARGV([values]);
  return { execArgv, values: ofEnv === undefined ? values : { ...values, ...changesOf(ofEnv), ...changesOf(values) } };
}

// What is not as in this thread's own options.
function changesOf(values) {
  const given = require('internal/options').getGivenOptions();
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => `${value}` !== `${given[name]}`));
}

// Many workers share one output: none of them ends it.
function forward(source, target) {
  source.on('data', (chunk) => target.write(chunk));
}

// The domains of the inspector that frontends know workers by; loaded once there is a frontend that does.
function inspectors() {
  const { isLoaded } = require('internal/bootstrap/realm');
  return isLoaded('internal/inspector/workers') ? require('internal/inspector/workers') : undefined;
}

/** Calls what may run a listener that throws, which is nobody's to catch but must not keep 'exit' from coming. */
function attempt(callback) {
  try {
    return callback();
  } catch (error) {
    process.nextTick(() => { throw error; });
    return true;
  }
}

function utilization(idle, active) {
  return { idle, active, utilization: idle + active === 0 ? 0 : active / (idle + active) };
}

/** Workers of this thread by their number, for frontends that come later: {name, target, kind}. */
const running = new Map();

class Worker extends EventEmitter {
  #handle;
  #control;
  #port;
  #stdio;
  #inquiries;

  constructor(filename, options = {}) {
    super();
    if (require('internal/options').getOptionValue('--build-snapshot')) {
      throw genericNodeError('Creating workers is not supported in startup snapshot', { code: 'ERR_NOT_SUPPORTED_IN_SNAPSHOT' });
    }
    const { check, scopes } = internalBinding('permission');
    check(scopes.worker, '');
    const [target, kind] = resolveTarget(filename, options);
    if (options.argv !== undefined && options.argv !== null) validateArray(options.argv, 'options.argv');
    if (options.name) validateString(options.name, 'options.name');
    if (kind === 'file') require('internal/modules/shared').state.reportDependency?.(target);
    const name = options.name ? options.name.trim() : 'WorkerThread';
    const env = resolveEnv(options.env);
    const { execArgv, values } = resolveExecArgv(options.execArgv, env);
    const limits = toLimits(options.resourceLimits ?? null);

    if (isMainThread()) require('internal/worker/locks').openTable();
    const handle = new binding.NativeWorker();
    const [control, workersControl] = createChannel();
    const { port1, port2 } = new MessageChannel();
    this.#control = control;
    this.#port = port1;
    this.threadId = binding.newThreadId();
    this.threadName = name;
    this.resourceLimits = toLimitsObject(limits);
    this.#setUpStdio(options);

    port1.on('message', (message) => this.emit('message', message));
    port1.on('messageerror', (error) => this.emit('messageerror', error));
    control.onmessage = (message) => this.#onControl(message);

    try {
      // Posted before there is a thread: what cannot be cloned is the caller's error.
      control.postMessage({
        type: protocol.LOAD,
        target,
        kind,
        argv: (options.argv ?? []).map(String),
        execArgv,
        optionValues: values ?? { ...require('internal/options').getGivenOptions() },
        env: env.variables,
        workerData: options.workerData,
        environmentData: getEnvironmentDataMap(),
        publicPort: port2,
        hasStdin: Boolean(options.stdin),
        inspected: inspectors()?.wish(),
        hasServer: Array.isArray(options.execArgv) && execArgv.some((flag) => flag.startsWith('--inspect')),
        trackUnmanagedFds: options.trackUnmanagedFds !== false,
      }, [port2, ...(options.transferList ?? [])], control);
      this.#start(handle, workersControl, name, limits, env.shared);
      running.set(this.threadId, { name, target, kind });
    } catch (error) {
      handle.close();
      control.close();
      port1.close();
      throw error;
    }
    control.start();
    control.unref();
    port1.unref();
    process.nextTick(() => process.emit('worker', this));
    if (workerChannel.hasSubscribers) workerChannel.publish({ worker: this });
  }

  #setUpStdio(options) {
    const post = (message) => this.#control.postMessage(message, [], this.#control);
    const makeReadable = (stream) => new ReadableWorkerStdio(() => post({ type: protocol.WANTED, stream }));
    const send = (chunk, encoding) => post({ type: protocol.STDIN, chunk, encoding });
    this.#stdio = {
      stdin: options.stdin ? new WritableWorkerStdio(send, () => true) : null,
      stdout: makeReadable('stdout'),
      stderr: makeReadable('stderr'),
    };
    if (!options.stdout) forward(this.#stdio.stdout, process.stdout);
    if (!options.stderr) forward(this.#stdio.stderr, process.stderr);
  }

  #start(handle, workersControl, name, limits, sharesEnv) {
    handle.onexit = (code, errorCode, errorMessage) => this.#onExit(code, errorCode, errorMessage);
    const error = handle.start(workersControl, this.threadId, name, limits, sharesEnv);
    if (error !== 0) throw new ERR_WORKER_INIT_FAILED(require('internal/util').getSystemErrorName(error));
    this.#handle = handle;
  }

  #onControl(message) {
    switch (message.type) {
      case protocol.ONLINE:
        this.emit('online');
        break;
      case protocol.OUTPUT:
        this.#stdio[message.stream].receive(message);
        break;
      case protocol.WANTED:
        this.#stdio.stdin.proceed();
        break;
      case protocol.INSPECTABLE:
        inspectors()?.started(this.threadId, message.waits);
        break;
      case protocol.ERROR:
        this.emit('error', protocol.deserializeError(message));
        break;
      case protocol.UNSERIALIZABLE_ERROR:
        this.emit('error', new ERR_WORKER_UNSERIALIZABLE_ERROR());
        break;
    }
  }

  // The thread is gone; what it sent before is still in the channels.
  #onExit(code, errorCode, errorMessage) {
    this.#handle = null;
    this.#inquiries?.end();
    require('internal/worker/locks').forgetThread(this.threadId);
    running.delete(this.threadId);
    inspectors()?.ended(this.threadId);
    this.#receiveLast();
    this.#control.close();
    this.#port.close();
    for (const stream of [this.#stdio.stdout, this.#stdio.stderr]) {
      if (!stream.readableEnded) stream.push(null);
    }
    this.threadId = -1;
    this.threadName = null;
    this.resourceLimits = {};
    if (errorCode === 'ERR_WORKER_OUT_OF_MEMORY') this.#announce('error', new ERR_WORKER_OUT_OF_MEMORY(errorMessage));
    if (errorCode === 'ERR_WORKER_INIT_FAILED') this.#announce('error', new ERR_WORKER_INIT_FAILED(errorMessage));
    this.emit('exit', code);
  }

  #receiveLast() {
    const onMessage = () => {
      const received = this.#control.receiveMessage();
      if (received !== undefined) this.#onControl(received[0]);
      return received !== undefined;
    };
    while (attempt(onMessage)) { /* one after the other */ }
    for (;;) {
      let received;
      try {
        received = receiveMessageOnPort(this.#port);
      } catch (error) {
        this.#announce('messageerror', error);
        continue;
      }
      if (received === undefined) return;
      this.#announce('message', received.message);
    }
  }

  #announce(event, argument) {
    attempt(() => this.emit(event, argument));
  }

  postMessage(...args) {
    if (this.#handle) this.#port.postMessage(...args);
  }

  terminate(callback) {
    if (typeof callback === 'function') {
      process.emitWarning('Passing a callback to worker.terminate() is deprecated. It returns a Promise instead.',
                          'DeprecationWarning', 'DEP0132');
      if (this.#handle) this.once('exit', (code) => callback(null, code));
    }
    if (!this.#handle) return Promise.resolve();
    this.ref();
    const done = new Promise((resolve) => this.once('exit', resolve));
    this.#handle.terminate();
    return done;
  }

  async [Symbol.asyncDispose]() {
    await this.terminate();
  }

  ref() {
    this.#handle?.ref();
    if (this.#handle) this.#port.ref();
  }
  unref() {
    this.#handle?.unref();
    if (this.#handle) this.#port.unref();
  }

  get stdin() { return this.#stdio.stdin; }
  get stdout() { return this.#stdio.stdout; }
  get stderr() { return this.#stdio.stderr; }

  get performance() {
    return { eventLoopUtilization: (first, second) => this.#loopUtilization(first, second) };
  }

  #loopUtilization(first, second) {
    if (second !== undefined) return utilization(first.idle - second.idle, first.active - second.active);
    const total = this.#handle ? this.#handle.loopTime() : -1;
    if (total < 0) return utilization(0, 0);
    const idle = Math.max(0, this.#handle.loopIdleTime());
    const active = Math.max(0, total - idle);
    return first === undefined ? utilization(idle, active) : utilization(idle - first.idle, active - first.active);
  }

  #inquire() {
    const { Inquiries } = require('internal/worker/inquiries');
    this.#inquiries ??= new Inquiries(this.#handle);
    return this.#inquiries;
  }

  getHeapSnapshot(options = {}) {
    const [exposeInternals, exposeNumericValues] = require('internal/v8/heap').snapshotOptions(options);
    return this.#inquire().heapSnapshot(exposeInternals, exposeNumericValues);
  }
  getHeapStatistics() {
    return this.#inquire().heapStatistics();
  }
  cpuUsage(previous) {
    return this.#inquire().cpuUsage(previous);
  }
  startCpuProfile() {
    return this.#inquire().startCpuProfile();
  }
  startHeapProfile() {
    return this.#inquire().startHeapProfile();
  }
}

module.exports = { Worker, running };
