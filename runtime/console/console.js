'use strict';

// Run in the start-up snapshot; makes the public module console, which is the global console: it writes to the process's
// stdout and stderr, which it looks up when it first writes.

const {
  Console,
  bindMethods,
  define,
  getInspectOptions,
  initialize,
  kGetInspectOptions,
  kWrite,
  makeErrorHandler,
  noColorOptions,
  writeToStream,
} = require('internal/console');
const direct = require('internal/console/direct');

// As Web IDL has it: the prototype of the namespace object is an empty object.
const console = Object.create({});

bindMethods(console, Console.prototype);
// The namespace's operations have optional arguments only.
for (const name of ['assert', 'dir', 'table']) {
  Object.defineProperty(console[name], 'length', { __proto__: null, value: 0, configurable: true });
}
initialize(console, { ignoreErrors: true, colorMode: 'auto', groupIndentation: 2 });

/** Streams that the program has put in the place of the process's, by descriptor. */
const streams = [];

define(console, kWrite, function(useStderr, text) {
  const fd = useStderr ? direct.kStderr : direct.kStdout;
  if (streams[fd] === undefined && direct.canWrite(fd)) direct.write(fd, text);
  else writeToStream.call(this, useStderr, text);
});

define(console, kGetInspectOptions, function(useStderr) {
  const fd = useStderr ? direct.kStderr : direct.kStdout;
  return streams[fd] === undefined && direct.canWrite(fd) ? noColorOptions :
    getInspectOptions.call(this, useStderr);
});

function defineStream(name, fd) {
  Object.defineProperty(console, `_${name}`, {
    __proto__: null,
    get() { return streams[fd] ?? process[name]; },
    set(value) { streams[fd] = value; },
    enumerable: false,
    configurable: true,
  });
  let handler;
  Object.defineProperty(console, `_${name}ErrorHandler`, {
    __proto__: null,
    get() { return handler ??= makeErrorHandler(process[name]); },
    enumerable: false,
    configurable: true,
  });
}

defineStream('stdout', direct.kStdout);
defineStream('stderr', direct.kStderr);

console.Console = Console;

// What V8's own console has for its inspector: profile(), timeStamp(), createTask() ...
for (const key of Object.keys(globalThis.console ?? {})) {
  if (!Object.hasOwn(console, key)) console[key] = globalThis.console[key];
}

// With no inspector attached there is nobody to be told of tasks.
if (console.createTask === undefined) {
  console.createTask = function createTask(name) {
    if (typeof name !== 'string' || name === '') throw new Error('First argument must be a non-empty string.');
    const task = {
      run(fn) {
        if (this !== task) throw new Error("'run' called with illegal receiver.");
        if (typeof fn !== 'function') throw new Error('First argument must be a function.');
        return fn();
      },
    };
    return task;
  };
}

module.exports = console;
