'use strict';

// The nextTick queue and the microtask queue behind it. C++ calls processTicksAndRejections when the outermost scope
// that entered JavaScript is left (JsScope in runtime/loop/js_scope.h).

const { setRealmValue } = internalBinding('builtins');
const { runMicrotasks, enqueueMicrotask } = internalBinding('task_queue');
const asyncHooks = require('internal/async_hooks');

// Shared with C++ (AsyncState::Tick); small for the reason given in internal/async_hooks.
const tickInfo = new Uint8Array(8);
const kHasTick = 0;
const kHasRejection = 1;
setRealmValue('tickInfo', tickInfo);

// A queue as a linked list of fixed chunks: no copying, and one allocation in 1,024 pushes.
const kChunkSize = 1024;
class Chunk {
  constructor() {
    this.items = new Array(kChunkSize);
    this.begin = 0;
    this.end = 0;
    this.next = null;
  }
}
let head = new Chunk();
let tail = head;

function push(tick) {
  if (tail.end === kChunkSize) tail = tail.next = new Chunk();
  tail.items[tail.end++] = tick;
}

function shift() {
  if (head.begin === head.end) return null;
  const tick = head.items[head.begin];
  head.items[head.begin++] = undefined;
  if (head.begin === head.end) {
    if (head.next === null) {
      head.begin = head.end = 0;
    } else {
      head = head.next;
    }
  }
  return tick;
}

// Not by a spread, which a program that changes how arrays are iterated would see.
const { apply } = Reflect;

const isEmpty = () => head.begin === head.end;

class Tick {
  constructor(callback, args) {
    this.callback = callback;
    this.args = args;
    this.asyncId = asyncHooks.newAsyncId();
    this.triggerId = asyncHooks.getDefaultTriggerAsyncId();
    this.frame = asyncHooks.getContextFrame();
    if (asyncHooks.initHooksExist()) asyncHooks.emitInit(this.asyncId, 'TickObject', this.triggerId, this);
  }
}

function nextTick(callback, ...args) {
  if (typeof callback !== 'function') require('internal/validators').validateFunction(callback, 'callback');
  if (process._exiting) return;
  if (isEmpty()) tickInfo[kHasTick] = 1;
  push(new Tick(callback, args.length === 0 ? undefined : args));
}

// An exception leaves through here and goes to 'uncaughtException'; when that was handled, the rest of the queue runs
// from an immediate (internal/process/execution). Callbacks are called here and not further down because each frame
// between a program's and the loop is one fewer of its own in a stack trace.
function processTicksAndRejections() {
  const { processPromiseRejections } = require('internal/process/promises');
  do {
    let tick;
    while ((tick = shift()) !== null) {
      const { asyncId, callback, args } = tick;
      const outer = asyncHooks.pushAsyncScope(asyncId, tick.triggerId, tick);
      const outerFrame = asyncHooks.getContextFrame();
      asyncHooks.setContextFrame(tick.frame);
      asyncHooks.emitBefore(asyncId);
      try {
        if (args === undefined) callback();
        else apply(callback, undefined, args);
      } finally {
        if (asyncHooks.destroyHooksExist()) asyncHooks.emitDestroy(asyncId);
      }
      asyncHooks.emitAfter(asyncId);
      asyncHooks.setContextFrame(outerFrame);
      asyncHooks.popAsyncScope(outer);
    }
    runMicrotasks();
  } while (!isEmpty() || processPromiseRejections());
  tickInfo[kHasTick] = 0;
  tickInfo[kHasRejection] = 0;
}
// Bound to what stack traces name as its object.
setRealmValue('processTicksAndRejections', processTicksAndRejections.bind(process));

function setHasRejectionToWarn(value) {
  tickInfo[kHasRejection] = value ? 1 : 0;
}

function queueMicrotask(callback) {
  if (typeof callback !== 'function') require('internal/validators').validateFunction(callback, 'callback');
  if (!asyncHooks.enabledHooksExist() && asyncHooks.getContextFrame() === undefined) {
    enqueueMicrotask(() => callback());
    return;
  }
  const { AsyncResource } = require('async_hooks');
  const resource = new AsyncResource('Microtask', { requireManualDestroy: true });
  enqueueMicrotask(() => {
    try {
      resource.runInAsyncScope(callback);
    } finally {
      resource.emitDestroy();
    }
  });
}

// What the public process._tickCallback has always done.
function runNextTicks() {
  if (isEmpty() && tickInfo[kHasRejection] === 0) runMicrotasks();
  if (isEmpty() && tickInfo[kHasRejection] === 0) return;
  processTicksAndRejections();
}

module.exports = { nextTick, processTicksAndRejections, queueMicrotask, runNextTicks, setHasRejectionToWarn };
