'use strict';

// Timers and immediates under the public module. Timers of one duration share a list, in order of expiry by
// construction; the lists are in a heap by the expiry of their first timer; one libuv timer stands for the whole heap
// (runtime/timers/binding.cc). Immediates are a queue run by one check handle. After each timer and each immediate the
// nextTick queue and the microtasks are drained, as after every callback.

const { setRealmValue } = internalBinding('builtins');
const binding = internalBinding('timers');
const asyncHooks = require('internal/async_hooks');
const { runNextTicks } = require('internal/process/tick');

const kTimeoutMax = 2 ** 31 - 1;

// Where a socket keeps the timer of its time-out (internal/net/socket).
const kTimeout = Symbol('timeout');

// Shared with C++: [count, referenced count, outstanding]; small for the reason given in internal/async_hooks.
const immediateInfo = new Uint32Array(8);
const kCount = 0;
const kRefCount = 1;
const kOutstanding = 2;
setRealmValue('immediateInfo', immediateInfo);

// --- Lists ----------------------------------------------------------------------------------------------------------

// All timers of one duration; a circular doubly linked list whose head is the list itself.
class TimersList {
  constructor(duration, expiry) {
    this.next = this;
    this.previous = this;
    this.duration = duration;
    this.expiry = expiry;
    this.id = nextListId++;
    this.heapIndex = -1;
  }
}
let nextListId = Number.MIN_SAFE_INTEGER;

const lists = new Map();  // duration -> TimersList
const isEmptyList = (list) => list.next === list;

function append(list, timer) {
  timer.previous = list.previous;
  timer.next = list;
  list.previous.next = timer;
  list.previous = timer;
}

function unlink(timer) {
  timer.next.previous = timer.previous;
  timer.previous.next = timer.next;
  timer.next = timer.previous = null;
}

// --- Heap of lists, soonest on top ----------------------------------------------------------------------------------

const heap = [];

const isBefore = (a, b) => a.expiry < b.expiry || (a.expiry === b.expiry && a.id < b.id);

function place(list, index) {
  heap[index] = list;
  list.heapIndex = index;
}

function siftUp(list, index) {
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(list, heap[parent])) break;
    place(heap[parent], index);
    index = parent;
  }
  place(list, index);
}

function siftDown(list, index) {
  const half = heap.length >> 1;
  while (index < half) {
    let child = 2 * index + 1;
    if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
    if (!isBefore(heap[child], list)) break;
    place(heap[child], index);
    index = child;
  }
  place(list, index);
}

function insertList(list) {
  heap.push(list);
  siftUp(list, heap.length - 1);
}

function removeList(list) {
  const index = list.heapIndex;
  const last = heap.pop();
  if (last !== list) {
    siftDown(last, index);
    if (last.heapIndex === index) siftUp(last, index);
  }
  list.heapIndex = -1;
}

// --- Timers ---------------------------------------------------------------------------------------------------------

let refCount = 0;        // timers that hold the process
let nextExpiry = Infinity;

function incRefCount() {
  if (refCount++ === 0) binding.toggleTimerRef(true);
}
function decRefCount() {
  if (--refCount === 0) binding.toggleTimerRef(false);
}

let warnedOfNegative = false;
let warnedOfNaN = false;

function toDuration(after) {
  after *= 1;
  if (after >= 1 && after <= kTimeoutMax) return after;
  if (after > kTimeoutMax) {
    process.emitWarning(`${after} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
                        'TimeoutOverflowWarning');
  } else if (after < 0 && !warnedOfNegative) {
    warnedOfNegative = true;
    process.emitWarning(`${after} is a negative number.\nTimeout duration was set to 1.`, 'TimeoutNegativeWarning');
  } else if (Number.isNaN(after) && !warnedOfNaN) {
    warnedOfNaN = true;
    process.emitWarning(`${after} is not a number.\nTimeout duration was set to 1.`, 'TimeoutNaNWarning');
  }
  return 1;
}

// Puts a timer into the list of its duration; `start` is loop time in ms.
function insert(timer, duration, start = binding.getLibuvNow()) {
  duration = Math.trunc(duration);
  timer._idleStart = start;
  let list = lists.get(duration);
  if (list === undefined) {
    const expiry = start + duration;
    list = new TimersList(duration, expiry);
    lists.set(duration, list);
    insertList(list);
    if (nextExpiry > expiry) {
      binding.schedule(duration);
      nextExpiry = expiry;
    }
  }
  append(list, timer);
}

// Takes a timer out of its list.
function remove(timer) {
  if (!timer.next) return;
  unlink(timer);
  const list = lists.get(Math.trunc(timer._idleTimeout));
  if (list !== undefined && isEmptyList(list) && list !== runningList) {
    lists.delete(list.duration);
    removeList(list);
  }
}

const kRefed = Symbol('refed');
const kHasPrimitive = Symbol('kHasPrimitive');
const kFrame = Symbol('kFrame');
const { async_id_symbol, trigger_async_id_symbol } = asyncHooks.symbols;

// Timers reached by their number, for clearTimeout(+timeout).
const byNumber = Object.create(null);

function initResource(resource, type) {
  const asyncId = resource[async_id_symbol] = asyncHooks.newAsyncId();
  const triggerId = resource[trigger_async_id_symbol] = asyncHooks.getDefaultTriggerAsyncId();
  resource[kFrame] = asyncHooks.getContextFrame();
  if (asyncHooks.initHooksExist()) asyncHooks.emitInit(asyncId, type, triggerId, resource);
}

class Timeout {
  constructor(callback, after, args, isRepeat, isRefed) {
    if (after === undefined) after = 1;
    else after = toDuration(after);
    this._idleTimeout = after;
    this.previous = null;
    this.next = null;
    this._idleStart = null;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? after : null;
    this._destroyed = false;
    if (isRefed) incRefCount();
    this[kRefed] = isRefed;
    this[kHasPrimitive] = false;
    initResource(this, 'Timeout');
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options) {
    return require('internal/util/inspect').inspect(this, { ...options, depth: 0, customInspect: false });
  }

  refresh() {
    if (this._destroyed && this._onTimeout === null) return this;
    if (this[kRefed]) active(this);
    else activeUnref(this);
    return this;
  }

  unref() {
    if (this[kRefed]) {
      this[kRefed] = false;
      if (!this._destroyed) decRefCount();
    }
    return this;
  }

  ref() {
    if (this[kRefed] === false) {
      this[kRefed] = true;
      if (!this._destroyed) incRefCount();
    }
    return this;
  }

  hasRef() {
    return this[kRefed];
  }

  close() {
    require('timers').clearTimeout(this);
    return this;
  }

  [Symbol.dispose]() {
    require('timers').clearTimeout(this);
  }

  [Symbol.toPrimitive]() {
    const id = this[async_id_symbol];
    if (!this[kHasPrimitive] && !this._destroyed) {
      this[kHasPrimitive] = true;
      byNumber[id] = this;
    }
    return id;
  }
}

// The older interface, for objects of other modules that act as timers: (re)starts `item` by its _idleTimeout.
function active(item) {
  insertGuarded(item, true);
}
function activeUnref(item) {
  insertGuarded(item, false);
}

function insertGuarded(item, refed, start) {
  const after = item._idleTimeout;
  if (after < 0 || after === undefined) return;
  remove(item);
  const isDone = item._destroyed;
  insert(item, after, start);
  if (isDone || item[kRefed] === undefined) {
    if (item[async_id_symbol] === undefined || isDone) initResource(item, 'Timeout');
    item._destroyed = false;
    if (refed) incRefCount();
    item[kRefed] = refed;
  } else if (refed !== item[kRefed]) {
    if (refed) incRefCount();
    else decRefCount();
    item[kRefed] = refed;
  }
}

// Ends a timer for good; safe to call on one that has ended.
function unenroll(item) {
  if (item._destroyed) return;
  item._destroyed = true;
  if (item[kHasPrimitive]) delete byNumber[item[async_id_symbol]];
  if (item[async_id_symbol] !== undefined && asyncHooks.destroyHooksExist()) asyncHooks.emitDestroy(item[async_id_symbol]);
  remove(item);
  if (item[kRefed]) decRefCount();
  item[kRefed] = null;
  item._idleTimeout = -1;
}

let runningList = null;

// Called by C++ when the libuv timer expires. Returns when to come back: 0 never, otherwise that loop time, negative
// when no timer holds the process. A timer that throws ends the call; C++ calls again. What falls due meanwhile waits for
// the loop's next turn: an interval shorter than its callback must not keep everything else from running.
function processTimers(now) {
  nextExpiry = Infinity;
  let ranAny = false;
  while (heap.length > 0) {
    const list = heap[0];
    if (list.expiry > now) {
      nextExpiry = list.expiry;
      return refCount > 0 ? nextExpiry : -nextExpiry;
    }
    if (ranAny) runNextTicks();
    else ranAny = true;
    runList(list, now);
  }
  return 0;
}

function runList(list, now) {
  runningList = list;
  try {
    let ranAny = false;
    for (let timer = list.next; timer !== list; timer = list.next) {
      if (now - timer._idleStart < list.duration) {
        list.expiry = Math.max(timer._idleStart + list.duration, now + 1);
        list.id = nextListId++;
        siftDown(list, list.heapIndex);
        return;
      }
      if (ranAny) runNextTicks();
      else ranAny = true;
      // A tick may have cleared it.
      if (timer !== list.next) continue;
      runTimer(timer);
    }
  } finally {
    runningList = null;
    if (isEmptyList(list) && list.heapIndex >= 0) {
      if (lists.get(list.duration) === list) lists.delete(list.duration);
      removeList(list);
    }
  }
}

function runTimer(timer) {
  unlink(timer);
  const asyncId = timer[async_id_symbol];
  if (!timer._onTimeout) {
    finishTimer(timer, asyncId);
    return;
  }
  let start;
  if (timer._repeat) start = binding.getLibuvNow();
  const outer = asyncHooks.pushAsyncScope(asyncId, timer[trigger_async_id_symbol], timer);
  const outerFrame = asyncHooks.getContextFrame();
  asyncHooks.setContextFrame(timer[kFrame]);
  asyncHooks.emitBefore(asyncId);
  try {
    const args = timer._timerArgs;
    if (args === undefined) timer._onTimeout();
    else Reflect.apply(timer._onTimeout, timer, args);
  } finally {
    if (timer._repeat && timer._idleTimeout !== -1) {
      timer._idleTimeout = timer._repeat;
      insert(timer, timer._idleTimeout, start);
    } else if (!timer.next && !timer._destroyed) {
      finishTimer(timer, asyncId);
    }
  }
  // Not when it threw: the handler of an uncaught exception runs in the context of what threw.
  asyncHooks.setContextFrame(outerFrame);
  asyncHooks.emitAfter(asyncId);
  asyncHooks.popAsyncScope(outer);
}

function finishTimer(timer, asyncId) {
  if (timer._destroyed) return;
  timer._destroyed = true;
  if (timer[kRefed]) decRefCount();
  if (timer[kHasPrimitive]) delete byNumber[asyncId];
  if (asyncHooks.destroyHooksExist()) asyncHooks.emitDestroy(asyncId);
}

// --- Immediates -----------------------------------------------------------------------------------------------------

// A doubly linked list of the immediates that wait.
class ImmediateList {
  constructor() {
    this.head = null;
    this.tail = null;
  }

  append(item) {
    if (this.tail !== null) {
      this.tail._idleNext = item;
      item._idlePrev = this.tail;
    } else {
      this.head = item;
    }
    this.tail = item;
  }

  remove(item) {
    if (item._idleNext) item._idleNext._idlePrev = item._idlePrev;
    if (item._idlePrev) item._idlePrev._idleNext = item._idleNext;
    if (item === this.head) this.head = item._idleNext;
    if (item === this.tail) this.tail = item._idlePrev;
    item._idleNext = item._idlePrev = null;
  }
}

let immediateQueue = new ImmediateList();
// What a run left behind because an immediate threw: C++ calls again (immediateInfo[kOutstanding]).
const outstandingQueue = new ImmediateList();

class Immediate {
  constructor(callback, args) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this[kRefed] = false;
    initResource(this, 'Immediate');
    this.ref();
    immediateInfo[kCount]++;
    immediateQueue.append(this);
  }

  ref() {
    if (this[kRefed] === false) {
      this[kRefed] = true;
      if (immediateInfo[kRefCount]++ === 0) binding.toggleImmediateRef(true);
    }
    return this;
  }

  unref() {
    if (this[kRefed] === true) {
      this[kRefed] = false;
      if (--immediateInfo[kRefCount] === 0) binding.toggleImmediateRef(false);
    }
    return this;
  }

  hasRef() {
    return !!this[kRefed];
  }

  [Symbol.dispose]() {
    require('timers').clearImmediate(this);
  }
}

function clearImmediate(immediate) {
  if (!immediate?._onImmediate || immediate._destroyed) return;
  immediateInfo[kCount]--;
  immediate._destroyed = true;
  if (immediate[kRefed] && --immediateInfo[kRefCount] === 0) binding.toggleImmediateRef(false);
  immediate[kRefed] = null;
  if (asyncHooks.destroyHooksExist()) asyncHooks.emitDestroy(immediate[async_id_symbol]);
  immediate._onImmediate = null;
  // One that is in the queue being run is passed over there.
  immediateQueue.remove(immediate);
}

// What a built-in wants to run in the next check phase, before the immediates; it does not hold the process.
let beforeImmediates;
function runBeforeImmediates(fn) {
  beforeImmediates = fn;
  immediateInfo[kCount]++;
}

// Called by C++ in the check phase: runs what was queued before the call.
function processImmediates() {
  if (beforeImmediates !== undefined) {
    const fn = beforeImmediates;
    beforeImmediates = undefined;
    immediateInfo[kCount]--;
    fn();
  }
  const queue = outstandingQueue.head !== null ? outstandingQueue : immediateQueue;
  let immediate = queue.head;
  if (queue !== outstandingQueue) immediateQueue = new ImmediateList();
  let previous;
  let ranAny = false;
  while (immediate !== null) {
    if (ranAny) runNextTicks();
    ranAny = true;
    if (immediate._destroyed) {
      outstandingQueue.head = immediate = previous._idleNext;
      continue;
    }
    outstandingQueue.head = immediate._idleNext;
    immediateInfo[kOutstanding] = outstandingQueue.head !== null ? 1 : 0;
    previous = immediate;
    immediate._destroyed = true;
    immediateInfo[kCount]--;
    if (immediate[kRefed]) immediateInfo[kRefCount]--;
    immediate[kRefed] = null;
    runImmediate(immediate);
    immediate = immediate._idleNext;
  }
  outstandingQueue.head = null;
  immediateInfo[kOutstanding] = 0;
}

function runImmediate(immediate) {
  const asyncId = immediate[async_id_symbol];
  const outer = asyncHooks.pushAsyncScope(asyncId, immediate[trigger_async_id_symbol], immediate);
  const outerFrame = asyncHooks.getContextFrame();
  asyncHooks.setContextFrame(immediate[kFrame]);
  asyncHooks.emitBefore(asyncId);
  try {
    const args = immediate._argv;
    if (!args) immediate._onImmediate();
    else Reflect.apply(immediate._onImmediate, immediate, args);
  } finally {
    immediate._onImmediate = null;
    if (asyncHooks.destroyHooksExist()) asyncHooks.emitDestroy(asyncId);
  }
  asyncHooks.setContextFrame(outerFrame);
  asyncHooks.emitAfter(asyncId);
  asyncHooks.popAsyncScope(outer);
}

/** In a process that starts from a program's snapshot, made at the time `then`: what was waiting goes on waiting. */
function rearm(then) {
  for (const list of heap) {
    list.expiry -= then;
    for (let timer = list.next; timer !== list; timer = timer.next) timer._idleStart -= then;
  }
  nextExpiry -= then;
  if (heap.length > 0) binding.schedule(1);
  if (refCount > 0) binding.toggleTimerRef(true);
  if (immediateInfo[kRefCount] > 0) binding.toggleImmediateRef(true);
}

setRealmValue('processTimers', processTimers);
setRealmValue('processImmediates', processImmediates);

// For process.getActiveResourcesInfo: one word for each that holds the process.
function activeTimerTypes() {
  return [...new Array(refCount).fill('Timeout'), ...new Array(immediateInfo[kRefCount]).fill('Immediate')];
}

// For built-ins: a timer that does not hold the process.
function setUnrefTimeout(callback, after) {
  require('internal/validators').validateFunction(callback, 'callback');
  const timer = new Timeout(callback, after, undefined, false, false);
  insert(timer, timer._idleTimeout);
  return timer;
}

// The duration of a socket timeout as net and http take it.
function getTimerDuration(msecs, name) {
  const { validateNumber } = require('internal/validators');
  validateNumber(msecs, name);
  if (msecs < 0 || !Number.isFinite(msecs)) {
    const { ERR_OUT_OF_RANGE } = require('internal/errors').codes;
    throw new ERR_OUT_OF_RANGE(name, 'a non-negative finite number', msecs);
  }
  if (msecs > kTimeoutMax) {
    process.emitWarning(`${msecs} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${kTimeoutMax}.`,
                        'TimeoutOverflowWarning');
    return kTimeoutMax;
  }
  return msecs;
}

module.exports = {
  Immediate, Timeout, active, activeTimerTypes, activeUnref, byNumber, clearImmediate, getTimerDuration, insert,
  kTimeout, kTimeoutMax, rearm, remove, runBeforeImmediates, setUnrefTimeout, unenroll, TIMEOUT_MAX: kTimeoutMax,
};
