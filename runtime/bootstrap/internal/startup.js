'use strict';

// What happens in each process (or worker) between the deserialised realm and the user's first line, and at its end.
// C++ calls startMainThread, startWorker, emitBeforeExit and emitExit (runtime/main/run.cc).

const callbacks = [];

// Registers what a built-in must do in each process before user code runs. Callbacks run in order of registration and
// should do next to nothing: each is paid for by every start.
function onStart(callback) {
  callbacks.push(callback);
}

function runStartCallbacks() {
  for (let i = 0; i < callbacks.length; i++) callbacks[i]();
}

// A parent that forked this process left an IPC channel at a descriptor that it names in the environment.
function openParentChannel() {
  const { env } = process;
  const fd = env.NODE_CHANNEL_FD;
  if (fd === undefined) return;
  const serialization = env.NODE_CHANNEL_SERIALIZATION_MODE || 'json';
  delete env.NODE_CHANNEL_FD;
  delete env.NODE_CHANNEL_SERIALIZATION_MODE;
  require('internal/child_process/parent_channel').open(Number(fd), serialization);
  if (env.WATCH_REPORT_DEPENDENCIES) require('internal/process/watch_mode').reportDependencies();
  if (env.NODE_UNIQUE_ID !== undefined) require('internal/cluster/child')._setUp();
}

// Reports that are not asked for by code need their settings and signal from the start.
function enableReports() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--report-on-signal') || getOptionValue('--report-on-fatalerror') ||
      getOptionValue('--report-uncaught-exception')) require('internal/report');
}

// Of this thread's whole life.
function startProfiles() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--cpu-prof') || getOptionValue('--heap-prof')) require('internal/v8/profiles').start();
}

// Options that watch or change the process before the program runs.
function applyOptions() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--experimental-config-file')) {
    require('internal/util').emitExperimentalWarning('--experimental-config-file');
  }
  const signal = getOptionValue('--heapsnapshot-signal');
  if (signal) {
    require('internal/validators').validateSignalName(signal);
    process.on(signal, () => require('v8').writeHeapSnapshot());
  }
  const limit = getOptionValue('--heapsnapshot-near-heap-limit');
  if (limit > 0) require('v8').setHeapSnapshotNearHeapLimit(limit);
  if (getOptionValue('--trace-sigint')) internalBinding('process').traceSigint(true);
  startProfiles();
}

function setUpPermissions() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--permission') || getOptionValue('--permission-audit')) {
    require('internal/permission').setUp();
  } else if (getOptionValue('--allow-fs-read').length > 0 || getOptionValue('--allow-fs-write').length > 0) {
    require('internal/permission').requireModel();
  }
}

function startInspectorServer() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--inspect') || getOptionValue('--inspect-brk') || getOptionValue('--inspect-wait')) {
    require('internal/inspector/server').startFromOptions();
  }
}

function startInspector() {
  const { getOptionValue } = require('internal/options');
  startInspectorServer();
  if (process.env.NODE_V8_COVERAGE) require('internal/inspector/coverage').start();
  else if (getOptionValue('--experimental-test-coverage')) require('internal/inspector/coverage').collect();
}

// What every realm needs before the first code that is not built in.
function startRealm(isMainThread) {
  runStartCallbacks();
  require('internal/process/object').start();
  // A worker's options come with its program: internal/worker/main.
  if (isMainThread) require('internal/bootstrap/globals').start();
  setUpPermissions();
  require('internal/async_hooks').enterMainScope();
}

// `start`: in the place of run_main's, for snapshots of programs.
function startMainThread(start) {
  startRealm(true);
  require('internal/trace_events').start();
  startInspector();
  openParentChannel();
  enableReports();
  applyOptions();
  internalBinding('process').markMilestone();
  const file = (start ?? require('internal/modules/run_main').start)();
  // A preloaded module may have replaced it.
  if (file !== undefined) require('internal/modules/cjs_loader').Module.runMain(file);
}

function startWorker() {
  startRealm(false);
  require('internal/trace_events').start();
  internalBinding('process').markMilestone();
  require('internal/worker/main').start();
}

// What a thread that serves others does when nothing is left that it could wait for.
let idleCallback;
function setIdleCallback(callback) {
  idleCallback = callback;
}

/** Runs before 'exit' when the loop has nothing left to do, not when the program asks for the exit. */
let endCallback;

function setEndCallback(callback) {
  endCallback = callback;
}

function emitBeforeExit() {
  require('internal/async_hooks').flushDestroys();
  if (idleCallback !== undefined) idleCallback();
  process.emit('beforeExit', process.exitCode || 0);
}

// 'exit' with the code as it is then; the code after its listeners. Asked again, it only says the code.
function emitExit() {
  const { exitState, runFinishers } = require('internal/process/object');
  if (!exitState.exiting) {
    exitState.exiting = true;
    if (endCallback !== undefined) endCallback();
    process.emit('exit', process.exitCode || 0);
    runFinishers();
  }
  return Number(process.exitCode || 0);
}

module.exports = {
  emitBeforeExit, emitExit, onStart, setEndCallback, setIdleCallback, startInspectorServer, startMainThread, startProfiles,
  startRealm, startWorker,
};
