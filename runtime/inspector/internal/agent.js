'use strict';

// Run once per thread, when something first asks for its inspector (a session, a server, coverage, another thread):
// makes V8's inspector and connects what the program does, its console and its asynchronous work, to it.

const binding = internalBinding('inspector');
const { setRealmValue } = internalBinding('builtins');
const { self } = require('internal/worker/shared');

// Methods of the program's console reach the inspector first.
function wrapConsole() {
  const console = require('console');
  const inspectors = binding.v8Console();
  for (const key of Object.keys(inspectors)) {
    const own = Object.getOwnPropertyDescriptor(console, key)?.value;
    if (typeof own !== 'function' || own === inspectors[key]) continue;
    console[key] = binding.wrapConsoleMethod(key, inspectors[key], own);
  }
}

// Debugger.setAsyncCallStackDepth: V8 follows promises itself, everything else is told to it.
let hook;
function followAsyncTasks(depth) {
  if (hook === undefined) {
    if (depth === 0) return;
    hook = require('async_hooks').createHook({
      init(asyncId, type) {
        if (type !== 'PROMISE') binding.taskScheduled(type, asyncId, true);
      },
      before: binding.taskStarted,
      after: binding.taskFinished,
      destroy: binding.taskCanceled,
    });
  }
  if (depth === 0) hook.disable();
  else hook.enable();
}

// In a frontend's console: require, and what a module's wrapper would give.
function installCommandLine(api) {
  const { Module } = require('internal/modules/cjs_loader');
  const path = require('path');
  const module = new Module('<inspector console>');
  module.filename = path.join(process.cwd(), '[inspector]');
  module.paths = Module._nodeModulePaths(process.cwd());
  const define = (name, value) => Object.defineProperty(api, name, {
    __proto__: null, value, writable: true, enumerable: true, configurable: true,
  });
  define('require', require('internal/modules/cjs_require').makeRequire(module));
}

setRealmValue('inspectorAsyncDepth', followAsyncTasks);
setRealmValue('inspectorCommandLine', installCommandLine);

let isConnected = false;
/** console.createTask, which an inspector replaces by its own. */
let createTask;

/** Once; again in a process that starts from a program's snapshot, which has all but the agent. */
function connect() {
  if (isConnected) return;
  isConnected = true;
  createTask = Object.getOwnPropertyDescriptor(globalThis.console ?? {}, 'createTask');
  // The process object may not be there yet.
  const { getStart, pid } = internalBinding('process');
  binding.makeAgent(self.isMainThread ? `${getStart()[0]}[${pid()}]` : `Worker[${self.threadId}]`);
}

connect();
wrapConsole();

function forgetProcess() {
  isConnected = false;
  if (createTask !== undefined) Object.defineProperty(globalThis.console, 'createTask', createTask);
}

module.exports = { connect, forgetProcess };
