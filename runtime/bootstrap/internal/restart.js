'use strict';

// The two ends of a program's snapshot. leaveProcess is the last JavaScript to run in the process that makes one,
// restart the first in a process that starts from one, where it stands in for startMainThread. Loaded by
// internal/modules/build_snapshot.
//
// A built-in that keeps what belongs to a process (a descriptor, memory or a callback that C++ knows of, something read
// from the environment, random numbers) exports forgetProcess(), which leaveProcess calls; it is asked for again then,
// as in a process where nothing has asked yet.

const { allIds, isLoaded } = require('internal/bootstrap/realm');
const { startMainThread } = require('internal/bootstrap/startup');
const { simple } = require('internal/console/direct');
const { getOptionValue, setGivenOptions } = require('internal/options');
const { cwdCache } = require('internal/process/methods');
const { exitState } = require('internal/process/object');
const { hint, onWarning } = require('internal/process/warning');
const timers = require('internal/timers');
const { runDeserializeCallbacks, state } = require('internal/v8/startup_snapshot');
const { setRealmValue } = internalBinding('builtins');

/** process.stdin, stdout and stderr before anybody has read them. */
const lazyStreams = new Map();

// V8 gives Error.stackTraceLimit to every context that is not to become a snapshot, and must not find one.
let firstLimit;
let keptLimit;

/** Before the program runs. */
function prepareToLeave() {
  for (const name of ['stdin', 'stdout', 'stderr']) {
    lazyStreams.set(name, Object.getOwnPropertyDescriptor(process, name));
  }
  Error.stackTraceLimit ??= getOptionValue('--stack-trace-limit');
  firstLimit = Error.stackTraceLimit;
}

function takeStackTraceLimit() {
  const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  if (descriptor === undefined) return;
  delete Error.stackTraceLimit;
  if (descriptor.value === firstLimit) return;
  keptLimit = descriptor;
  internalBinding('process').writeStderr(
    'Error.stackTraceLimit has been modified by the snapshot builder script.\n' +
    'It will be preserved after snapshot deserialization and override --stack-trace-limit passed into the ' +
    'deserialized application.\n' +
    'To allow --stack-trace-limit override in the deserialized application, delete Error.stackTraceLimit.\n');
}

function forgetProcess() {
  for (const id of allIds()) {
    if (id.startsWith('internal/') && !id.startsWith('internal/deps/') && isLoaded(id)) require(id).forgetProcess?.();
  }
  simple.length = 0;
  cwdCache.path = '';
  hint.printed = false;
  exitState.exiting = false;
}

/** --expose-gc: V8's function belongs to a context of its own, which cannot be saved. restart() makes it again. */
function takeGc() {
  if (getOptionValue('--expose-gc')) delete globalThis.gc;
}

let leftAt;

function leaveProcess() {
  leftAt = internalBinding('timers').getLibuvNow();
  process.removeListener('warning', onWarning);
  takeGc();
  takeStackTraceLimit();
  forgetProcess();
  for (const [name, descriptor] of lazyStreams) Object.defineProperty(process, name, descriptor);
  setRealmValue('startMainThread', restart);
}

/** @returns {string|undefined} the main file, as run_main's start() */
function start() {
  timers.rearm(leftAt);
  if (isLoaded('internal/async_hooks/promise_hooks')) require('internal/async_hooks/promise_hooks').update();
  runDeserializeCallbacks();
  const runMain = require('internal/modules/run_main');
  if (state.main === undefined) return runMain.start();
  runMain.prepare();
  state.main.callback(state.main.data);
  return undefined;
}

function restart() {
  setGivenOptions(internalBinding('options').getOptions());
  if (isLoaded('internal/inspector/agent')) require('internal/inspector/agent').connect();
  if (keptLimit !== undefined) Object.defineProperty(Error, 'stackTraceLimit', keptLimit);
  startMainThread(start);
}

module.exports = { leaveProcess, prepareToLeave };
