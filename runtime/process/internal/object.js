'use strict';

// The process object. setUp runs at build time and makes what is the same in every process; start runs in each one and
// fills in what the operating system says. https://nodejs.org/api/process.html

const EventEmitter = require('events');
const { nextTick, runNextTicks } = require('internal/process/tick');
const { emitWarning, onWarning } = require('internal/process/warning');
const execution = require('internal/process/execution');
const signals = require('internal/process/signals');
const methods = require('internal/process/methods');
const identity = require('internal/process/identity');

const binding = internalBinding('process');

// finishers: what is done after the 'exit' listeners, if anything.
const exitState = { exiting: false, finishers: undefined };

/** Before the process, or the worker, ends; once. */
function atEnd(callback) {
  (exitState.finishers ??= []).push(callback);
}

function runFinishers() {
  const { finishers } = exitState;
  exitState.finishers = undefined;
  // A program may have changed how arrays are iterated.
  for (let i = 0; i < (finishers?.length ?? 0); i++) finishers[i]();
}

function defineAll(source) {
  for (const key of Object.keys(source)) {
    Object.defineProperty(process, key, {
      __proto__: null, value: source[key], writable: true, enumerable: true, configurable: true,
    });
  }
}

// What only defineProperty() changes.
function defineFixed(object, values, configurable = true) {
  for (const key of Object.keys(values)) {
    Object.defineProperty(object, key, {
      __proto__: null, value: values[key], writable: false, enumerable: true, configurable,
    });
  }
  return object;
}

function defineGetter(name, get, set, enumerable = true) {
  Object.defineProperty(process, name, { __proto__: null, get, set, enumerable, configurable: true });
}

// A property whose module is loaded when it is first read.
function defineLazy(name, load, enumerable = true) {
  const define = (value) =>
    Object.defineProperty(process, name, { __proto__: null, value, writable: true, enumerable, configurable: true });
  defineGetter(name, () => {
    const value = load();
    define(value);
    return value;
  }, define, enumerable);
}

function setUpPrototype() {
  // process -> process.prototype -> EventEmitter.prototype
  const prototype = Object.getPrototypeOf(process);
  Object.setPrototypeOf(prototype, EventEmitter.prototype);
  Object.defineProperty(process, Symbol.toStringTag, {
    __proto__: null, value: 'process', writable: true, enumerable: false, configurable: false,
  });
  EventEmitter.call(process);
}

function setUpExit() {
  let exitCode;
  const { validateInteger } = require('internal/validators');
  const checked = (code) => {
    if (code === null || code === undefined) return code;
    let value = code;
    if (typeof code === 'string' && code !== '') {
      value = Number(code);
      if (!Number.isInteger(value)) value = code;
    }
    validateInteger(value, 'code');
    return value;
  };
  defineGetter('exitCode', () => exitCode, (code) => {
    checked(code);
    exitCode = code ?? undefined;
  });
  Object.defineProperty(process, 'exitCode', { __proto__: null, configurable: false });
  defineGetter('_exiting', () => exitState.exiting, (value) => { exitState.exiting = value; });
  defineAll({
    reallyExit: binding.reallyExit,
    exit(code) {
      if (arguments.length !== 0) process.exitCode = code;
      if (!exitState.exiting) {
        exitState.exiting = true;
        process.emit('exit', Number(process.exitCode || 0));
      }
      runFinishers();
      const finalCode = Number(process.exitCode || 0);
      if (require('internal/options').getOptionValue('--trace-exit')) traceExit(finalCode, binding.currentStack());
      process.reallyExit(finalCode);
    },
    abort: binding.abort,
  });
}

function defineDebugPort() {
  let debugPort;
  const configured = () => require('internal/options').getOptionValue('--inspect-port').port;
  defineGetter('debugPort', () => debugPort ??= configured(), (value) => {
    const port = value | 0;
    if (port !== 0 && (port < 1024 || port > 65535)) {
      throw new RangeError('process.debugPort must be 0 or in range 1024 to 65535');
    }
    debugPort = port;
  });
}

let warnedOfMultipleResolves = false;
function warnOfMultipleResolves(event) {
  if (event !== 'multipleResolves' || warnedOfMultipleResolves) return;
  warnedOfMultipleResolves = true;
  process.emitWarning('The multipleResolves event has been deprecated.', 'DeprecationWarning', 'DEP0160');
}

// --trace-exit: who ends the process.
function traceExit(code, stack) {
  const { isMainThread, threadId } = require('worker_threads');
  const where = isMainThread ? `${process.pid}` : `${process.pid}, thread:${threadId}`;
  binding.writeStderr(
    `(node:${where}) WARNING: Exited the environment with code ${code}\n${stack}\n\n`);
}

function openMailbox(event) {
  if (event === 'workerMessage') require('internal/worker/thread_messages').openMailbox();
}

function setUpEvents() {
  process.on('newListener', signals.startListening);
  process.on('newListener', warnOfMultipleResolves);
  process.on('newListener', openMailbox);
  process.on('removeListener', signals.stopListening);
}

function setUp() {
  setUpPrototype();
  const versions = Object.fromEntries(binding.versions());
  defineFixed(process, {
    version: `v${versions.node}`,
    versions: defineFixed({}, versions),
    arch: 'x64',
    platform: 'linux',
    release: defineFixed({}, binding.release),
    moduleLoadList: [],
  });
  process.binding = methods.binding;
  process._linkedBinding = methods.linkedBinding;
  process.domain = null;
  setUpExit();
  defineAll({
    _rawDebug: methods.rawDebug,
    _fatalException: (error, fromPromise) => execution.onUncaughtException(error, fromPromise) === undefined,
    _getActiveHandles: () => require('internal/process/active').getActiveHandles(),
    _getActiveRequests: () => require('internal/process/active').getActiveRequests(),
    getActiveResourcesInfo: methods.getActiveResourcesInfo,
    loadEnvFile: methods.loadEnvFile,
    getBuiltinModule: methods.getBuiltinModule,
    emitWarning,
    nextTick,
    _tickCallback: runNextTicks,
    _debugProcess: methods.debugProcess,
    _debugEnd: methods.debugEnd,
    _startProfilerIdleNotifier() {},
    _stopProfilerIdleNotifier() {},
    cwd: methods.cwd,
    chdir: methods.chdir,
    umask: methods.umask,
    kill: methods.kill,
    _kill: binding.kill,
    uptime: binding.uptime,
    hrtime: methods.hrtime,
    cpuUsage: methods.cpuUsage,
    threadCpuUsage: methods.threadCpuUsage,
    resourceUsage: methods.resourceUsage,
    memoryUsage: methods.memoryUsage,
    constrainedMemory: binding.constrainedMemory,
    availableMemory: binding.availableMemory,
    dlopen: methods.dlopen,
    execve: methods.execve,
    ref: methods.ref,
    unref: methods.unref,
    openStdin() {
      process.stdin.resume();
      return process.stdin;
    },
    ...identity.methods,
    setUncaughtExceptionCaptureCallback: execution.setUncaughtExceptionCaptureCallback,
    hasUncaughtExceptionCaptureCallback: execution.hasUncaughtExceptionCaptureCallback,
    setSourceMapsEnabled: methods.setSourceMapsEnabled,
  });
  defineFixed(process, { _preload_modules: [], config: methods.config });
  defineFixed(process, { features: methods.features }, false);
  defineGetter('allowedNodeEnvironmentFlags', methods.allowedNodeEnvironmentFlags, undefined);
  defineGetter('title', () => binding.getTitle(), (title) => {
    require('internal/validators').validateString(title, 'title');
    binding.setTitle(title);
  });
  defineGetter('sourceMapsEnabled', () => require('internal/modules/shared').state.sourceMaps, undefined);
  defineGetter('ppid', () => binding.ppid(), undefined);
  defineDebugPort();
  for (const name of ['stdin', 'stdout', 'stderr']) {
    defineLazy(name, () => require('internal/stdio')[name]());
  }
  defineLazy('finalization', () => require('internal/process/finalization'));
  defineLazy('report', () => require('internal/report').report);
  setUpEvents();
}

/** For a process and, with its own options, for a worker. */
function applyWarningOptions() {
  const { getOptionValue } = require('internal/options');
  if (!getOptionValue('--deprecation')) process.noDeprecation = true;
  if (getOptionValue('--throw-deprecation')) process.throwDeprecation = true;
  if (getOptionValue('--trace-deprecation')) process.traceDeprecation = true;
  if (getOptionValue('--trace-warnings')) process.traceProcessWarnings = true;
  if (getOptionValue('--pending-deprecation')) {
    internalBinding('builtins').setRealmValue('warnOfEnvConversion', methods.warnOfEnvConversion);
  }
}

function start() {
  const [argv0, execPath, execArgv, args] = binding.getStart();
  const { getOptionValue } = require('internal/options');
  const setOwn = (name, value, writable = true) => Object.defineProperty(process, name, {
    __proto__: null, value, writable, enumerable: true, configurable: true,
  });
  setOwn('argv', [execPath, ...args]);
  setOwn('execArgv', execArgv);
  setOwn('env', binding.makeEnv());
  setOwn('pid', binding.pid(), false);
  setOwn('execPath', execPath);
  Object.defineProperty(process, 'argv0', {
    __proto__: null, value: argv0, writable: false, enumerable: true,
    // A process that starts from this one's snapshot has its own.
    configurable: getOptionValue('--build-snapshot'),
  });
  if (getOptionValue('--title')) process.title = getOptionValue('--title');
  applyWarningOptions();
  if (getOptionValue('--warnings') && process.env.NODE_NO_WARNINGS !== '1') process.on('warning', onWarning);
}

module.exports = { applyWarningOptions, atEnd, exitState, runFinishers, setUp, start };
