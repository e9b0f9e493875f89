'use strict';

// Rejected promises that nobody handles: C++ reports V8's events (onPromiseReject), the tick queue asks for the verdict
// when it is empty (processPromiseRejections). Modes: --unhandled-rejections, as
// https://nodejs.org/api/cli.html#--unhandled-rejectionsmode describes them.

const { detailString, promiseRejectEvents, triggerUncaughtException } = internalBinding('task_queue');
const asyncHooks = require('internal/async_hooks');
const tracing = require('internal/trace_events');
const {
  kPromiseRejectWithNoHandler, kPromiseHandlerAddedAfterReject,
  kPromiseResolveAfterResolved, kPromiseRejectAfterResolved,
} = promiseRejectEvents;

// promise -> {reason, uid, warned, frame}; those still waiting for a verdict are in `pending` too.
const unhandled = new WeakMap();
let pending = [];
const handledLate = [];
let lastUid = 0;

// Since the start, for trace events.
const counts = { unhandled: 0, handledAfter: 0 };

function traceCounts() {
  if (tracing.recorded.rejections) tracing.trace('C', 'rejections', 'rejections', 0, counts, /* isArgs */ true);
}

function onPromiseReject(event, promise, value) {
  switch (event) {
    case kPromiseRejectWithNoHandler:
      unhandled.set(promise, {
        reason: value, uid: ++lastUid, warned: false, frame: asyncHooks.getContextFrame(), domain: process.domain,
      });
      pending.push(promise);
      notice();
      counts.unhandled++;
      traceCounts();
      break;
    case kPromiseHandlerAddedAfterReject:
      counts.handledAfter++;
      traceCounts();
      onHandlerAdded(promise);
      break;
    case kPromiseResolveAfterResolved:
    case kPromiseRejectAfterResolved:
      if (process.listenerCount('multipleResolves') > 0) {
        process.emit('multipleResolves', event === kPromiseResolveAfterResolved ? 'resolve' : 'reject', promise, value);
      }
      break;
  }
}

function notice() {
  require('internal/process/tick').setHasRejectionToWarn(true);
}

function onHandlerAdded(promise) {
  const info = unhandled.get(promise);
  if (info === undefined) return;
  unhandled.delete(promise);
  if (!info.warned) {
    pending = pending.filter((p) => p !== promise);
    return;
  }
  const { uid } = info;
  const warning = new Error(`Promise rejection was handled asynchronously (rejection id: ${uid})`);
  warning.name = 'PromiseRejectionHandledWarning';
  warning.id = uid;
  handledLate.push({ promise, warning });
  notice();
}

const isError = (value) => require('internal/util/types').isNativeError(value) || value instanceof Error;

function emitUnhandledRejectionWarning(uid, reason) {
  const hasStack = typeof reason === 'object' && reason !== null && Object.hasOwn(reason, 'stack');
  const text = hasStack ? reason.stack : describeShort(reason);
  process.emitWarning(text, 'UnhandledPromiseRejectionWarning');
  const warning = new Error(
    'Unhandled promise rejection. This error originated either by throwing inside of an async function without a ' +
    'catch block, or by rejecting a promise which was not handled with .catch(). To terminate the node process on ' +
    'unhandled promise rejection, use the CLI flag `--unhandled-rejections=strict` (see ' +
    'https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). ' +
    `(rejection id: ${uid})`);
  warning.name = 'UnhandledPromiseRejectionWarning';
  if (hasStack) warning.stack = reason.stack;
  process.emitWarning(warning);
}

// Without running code of the value's: '#<Object>' for what is no primitive.
function describeShort(reason) {
  if (reason === null || (typeof reason !== 'object' && typeof reason !== 'function')) return String(reason);
  return `#<${require('internal/util').getConstructorOf(reason)?.name || 'Object'}>`;
}

class UnhandledPromiseRejection extends Error {
  constructor(reason) {
    super('This error originated either by throwing inside of an async function without a catch block, or by ' +
          'rejecting a promise which was not handled with .catch(). The promise rejected with the reason ' +
          `"${detailString(reason)}".`);
    this.code = 'ERR_UNHANDLED_REJECTION';
  }
}
Object.defineProperty(UnhandledPromiseRejection.prototype, 'name', {
  __proto__: null, value: 'UnhandledPromiseRejection', configurable: true, writable: true,
});

const asError = (reason) => (isError(reason) ? reason : new UnhandledPromiseRejection(reason));
const emitEvent = (info, promise) => process.emit('unhandledRejection', info.reason, promise);

const modes = {
  throw(info, promise) {
    // A domain that listens for errors hears of those that were made in it.
    if (info.domain?.listenerCount('error') > 0 && process.listenerCount('unhandledRejection') === 0) {
      info.domain.emit('error', info.reason);
      return;
    }
    if (!emitEvent(info, promise)) triggerUncaughtException(asError(info.reason), true);
  },
  strict(info, promise) {
    triggerUncaughtException(asError(info.reason), true);
    if (!emitEvent(info, promise)) emitUnhandledRejectionWarning(info.uid, info.reason);
  },
  warn(info, promise) {
    emitEvent(info, promise);
    emitUnhandledRejectionWarning(info.uid, info.reason);
  },
  'warn-with-error-code'(info, promise) {
    if (emitEvent(info, promise)) return;
    emitUnhandledRejectionWarning(info.uid, info.reason);
    process.exitCode = 1;
  },
  none(info, promise) {
    emitEvent(info, promise);
  },
};

let verdict;

function getVerdict() {
  verdict ??= modes[require('internal/options').getOptionValue('--unhandled-rejections') || 'throw'];
  return verdict;
}

// True when it ran something that may have filled the tick queue.
function processPromiseRejections() {
  let ranAny = false;
  while (handledLate.length > 0) {
    const { promise, warning } = handledLate.shift();
    ranAny = true;
    if (!process.emit('rejectionHandled', promise)) process.emitWarning(warning);
  }
  // What the listeners reject waits for the ticks, in which somebody may handle it.
  for (let left = pending.length; left > 0 && pending.length > 0; left--) {
    const promise = pending.shift();
    const info = unhandled.get(promise);
    if (info === undefined) continue;
    info.warned = true;
    ranAny = true;
    const frame = asyncHooks.getContextFrame();
    asyncHooks.setContextFrame(info.frame);
    const { async_id_symbol, trigger_async_id_symbol } = asyncHooks.symbols;
    const asyncId = promise[async_id_symbol];
    const outer = asyncId !== undefined && asyncHooks.pushAsyncScope(asyncId, promise[trigger_async_id_symbol], promise);
    try {
      getVerdict()(info, promise);
    } finally {
      if (outer) asyncHooks.popAsyncScope(outer);
      asyncHooks.setContextFrame(frame);
    }
  }
  return ranAny;
}

module.exports = { onPromiseReject, processPromiseRejections };
