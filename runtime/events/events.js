'use strict';

// The `events` module: EventEmitter and its static helpers. Part of the start-up snapshot: nearly every other
// built-in extends EventEmitter.
//
// `_events` maps an event to its listener, or to an array once there are two. That is visible to programs (old
// stream polyfills reach into it), so the layout is part of the API. An array that is being emitted carries a count
// under kEmitting; whoever changes the listeners meanwhile works on a copy, so emit() itself never copies.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_UNHANDLED_ERROR }, genericNodeError } = require('internal/errors');
const { validateBoolean, validateFunction, validateNumber } = require('internal/validators');
const { addAbortListener } = require('internal/events/abort_listener');
const {
  kCapture,
  kEnhanceStackBeforeInspector,
  kErrorMonitor,
  kMaxEventTargetListeners,
  kMaxEventTargetListenersWarned,
  kRejection,
  kShapeMode,
} = require('internal/events/symbols');

const kEmitting = Symbol('events.emitting');
let defaultMaxListeners = 10;

/**
 * @param {{captureRejections?: boolean}} [opts]
 */
function EventEmitter(opts) {
  EventEmitter.init.call(this, opts);
}

EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
Object.defineProperty(EventEmitter.prototype, kCapture, {
  __proto__: null,
  value: false,
  writable: true,
  enumerable: false,
});

EventEmitter.init = function(opts) {
  const events = this._events;
  if (events === undefined || events === Object.getPrototypeOf(this)._events) {
    this[kShapeMode] = false;
    this._events = { __proto__: null };
    this._eventsCount = 0;
  } else {
    this[kShapeMode] = true;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (opts?.captureRejections) {
    validateBoolean(opts.captureRejections, 'options.captureRejections');
    this[kCapture] = Boolean(opts.captureRejections);
  } else {
    this[kCapture] = EventEmitter.prototype[kCapture];
  }
};

// ---- Limits ----

function maxListenersOf(emitter) {
  const own = emitter._maxListeners;
  return own === undefined ? defaultMaxListeners : own;
}

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return maxListenersOf(this);
};

function warnAboutLeak(emitter, type, listeners) {
  listeners.warned = true;
  const { inspect } = require('internal/util/inspect');
  const warning = genericNodeError(
    'Possible EventEmitter memory leak detected. ' +
      `${listeners.length} ${String(type)} listeners added to ${inspect(emitter, { depth: -1 })}. ` +
      `MaxListeners is ${emitter._maxListeners ?? defaultMaxListeners}. ` +
      'Use emitter.setMaxListeners() to increase limit',
    { name: 'MaxListenersExceededWarning', emitter, type, count: listeners.length });
  process.emitWarning(warning);
}

// ---- Emitting ----

function callListener(listener, emitter, args) {
  // `args` is emit's arguments object: [0] is the event.
  switch (args.length) {
    case 1: return listener.call(emitter);
    case 2: return listener.call(emitter, args[1]);
    case 3: return listener.call(emitter, args[1], args[2]);
    case 4: return listener.call(emitter, args[1], args[2], args[3]);
    default: return Reflect.apply(listener, emitter, Array.prototype.slice.call(args, 1));
  }
}

EventEmitter.prototype.emit = function emit(type) {
  const events = this._events;
  if (type === 'error') checkError(this, events, arguments);
  const handler = events === undefined ? undefined : events[type];
  if (handler === undefined) return false;

  if (typeof handler === 'function') {
    let result;
    switch (arguments.length) {
      case 1: result = handler.call(this); break;
      case 2: result = handler.call(this, arguments[1]); break;
      case 3: result = handler.call(this, arguments[1], arguments[2]); break;
      case 4: result = handler.call(this, arguments[1], arguments[2], arguments[3]); break;
      default: result = callListener(handler, this, arguments);
    }
    if (result !== undefined && result !== null) watchResult(this, result, type, arguments);
    return true;
  }
  emitToMany(this, handler, type, arguments);
  return true;
};

function emitToMany(emitter, listeners, type, args) {
  const length = listeners.length;
  listeners[kEmitting] = (listeners[kEmitting] ?? 0) + 1;
  try {
    for (let i = 0; i < length; ++i) {
      const result = callListener(listeners[i], emitter, args);
      if (result !== undefined && result !== null) watchResult(emitter, result, type, args);
    }
  } finally {
    listeners[kEmitting]--;
  }
}

// Tells the monitors of an 'error' event, and throws the error when nobody listens to it.
function checkError(emitter, events, args) {
  if (events !== undefined) {
    if (events[kErrorMonitor] !== undefined) {
      const monitored = Array.prototype.slice.call(args);
      monitored[0] = kErrorMonitor;
      Reflect.apply(emitter.emit, emitter, monitored);
    }
    if (events.error !== undefined) return;
  }
  throw unhandledError(emitter, args[1]);  // Unhandled 'error' event
}

function unhandledError(emitter, value) {
  if (value instanceof Error) {
    rememberEmitter(emitter, value);
    return value;
  }
  let shown;
  try {
    const { inspect } = require('internal/util/inspect');
    shown = inspect(value);
  } catch {
    shown = value;
  }
  const error = new ERR_UNHANDLED_ERROR(shown);
  error.context = value;
  return error;
}

// An error usually says where it was made; what helps as much is where it was emitted.
function rememberEmitter(emitter, error) {
  try {
    const here = {};
    Error.captureStackTrace(here, EventEmitter.prototype.emit);
    Object.defineProperty(error, kEnhanceStackBeforeInspector, {
      __proto__: null,
      value: () => stackWithEmitter(emitter, error, here.stack),
      configurable: true,
    });
  } catch {
    // The error may be frozen.
  }
}

function stackWithEmitter(emitter, error, emitStack) {
  let owner = '';
  try {
    const { name } = emitter.constructor;
    if (name !== 'EventEmitter') owner = ` on ${name} instance`;
  } catch {
    // A hostile `constructor` getter must not hide the error.
  }
  const ours = emitStack.split('\n').slice(1);
  const theirs = String(error.stack).split('\n').slice(1);
  return `${error.stack}\nEmitted 'error' event${owner} at:\n${elideCommonTail(ours, theirs).join('\n')}`;
}

// Replaces the frames that both stacks share by one line, when there are more than three of them.
function elideCommonTail(ours, theirs) {
  for (let i = 0; i < ours.length - 3; ++i) {
    const at = theirs.indexOf(ours[i]);
    if (at === -1) continue;
    let shared = 0;
    while (i + shared < ours.length && ours[i + shared] === theirs[at + shared]) ++shared;
    if (shared > 3) {
      const note = `    [... lines matching original stack trace ...]`;
      return [...ours.slice(0, i + 1), note, ...ours.slice(i + shared - 1)];
    }
  }
  return ours;
}

// ---- Rejections of async listeners ----

function watchResult(emitter, result, type, args) {
  if (!emitter[kCapture]) return;
  try {
    const then = result.then;
    if (typeof then === 'function') {
      const rest = Array.prototype.slice.call(args, 1);
      then.call(result, undefined, (error) => {
        // Out of the promise: what a listener throws now must be an uncaught exception, not a rejection.
        process.nextTick(reportRejection, emitter, error, type, rest);
      });
    }
  } catch (error) {
    emitter.emit('error', error);
  }
}

function reportRejection(emitter, error, type, args) {
  const handler = emitter[kRejection];
  if (typeof handler === 'function') {
    handler.call(emitter, error, type, ...args);
    return;
  }
  // An async 'error' listener that rejects would otherwise call itself forever.
  const previous = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', error);
  } finally {
    emitter[kCapture] = previous;
  }
}

// ---- Adding ----

function writableList(events, type, listeners) {
  if (!listeners[kEmitting]) return listeners;
  const copy = listeners.slice();
  if (listeners.warned) copy.warned = true;
  events[type] = copy;
  return copy;
}

function addTo(emitter, type, listener, prepend) {
  validateFunction(listener, 'listener');

  let events = emitter._events;
  let existing;
  if (events === undefined) {
    events = emitter._events = { __proto__: null };
    emitter._eventsCount = 0;
  } else {
    if (events.newListener !== undefined) {
      // Before the listener is in, so that a 'newListener' listener does not hear of itself.
      emitter.emit('newListener', type, listener.listener ?? listener);
      events = emitter._events;  // The listener may have replaced it.
    }
    existing = events[type];
  }

  if (existing === undefined) {
    events[type] = listener;
    ++emitter._eventsCount;
    return emitter;
  }
  let list;
  if (typeof existing === 'function') {
    list = events[type] = prepend ? [listener, existing] : [existing, listener];
  } else {
    list = writableList(events, type, existing);
    if (prepend) list.unshift(listener); else list.push(listener);
  }
  const max = maxListenersOf(emitter);
  if (max > 0 && list.length > max && !list.warned) warnAboutLeak(emitter, type, list);
  return emitter;
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return addTo(this, type, listener, false);
};

EventEmitter.prototype.on = EventEmitter.prototype.addListener;

EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return addTo(this, type, listener, true);
};

function wrapOnce(emitter, type, listener) {
  let fired = false;
  function onceWrapper() {
    if (fired) return undefined;
    emitter.removeListener(type, onceWrapper);
    fired = true;
    if (arguments.length === 0) return listener.call(emitter);
    return Reflect.apply(listener, emitter, arguments);
  }
  onceWrapper.listener = listener;
  return onceWrapper;
}

EventEmitter.prototype.once = function once(type, listener) {
  validateFunction(listener, 'listener');
  this.on(type, wrapOnce(this, type, listener));
  return this;
};

EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  validateFunction(listener, 'listener');
  this.prependListener(type, wrapOnce(this, type, listener));
  return this;
};

// ---- Removing ----

function dropEvent(emitter, events, type) {
  --emitter._eventsCount;
  if (emitter[kShapeMode]) {
    events[type] = undefined;
  } else if (emitter._eventsCount === 0) {
    emitter._events = { __proto__: null };
  } else {
    delete events[type];
  }
}

function indexOfListener(list, listener) {
  for (let i = list.length - 1; i >= 0; --i) {
    if (list[i] === listener || list[i].listener === listener) return i;
  }
  return -1;
}

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  validateFunction(listener, 'listener');
  const events = this._events;
  const existing = events === undefined ? undefined : events[type];
  if (existing === undefined) return this;

  if (typeof existing === 'function') {
    if (existing !== listener && existing.listener !== listener) return this;
    dropEvent(this, events, type);
  } else {
    const at = indexOfListener(existing, listener);
    if (at < 0) return this;
    const list = writableList(events, type, existing);
    if (at === 0) list.shift(); else list.splice(at, 1);
    if (list.length === 1) events[type] = list[0];
  }
  // A shape-mode emitter keeps the key after the last listener is gone, so a plain test is right for both kinds.
  if (events.removeListener !== undefined) this.emit('removeListener', type, listener.listener ?? listener);
  return this;
};

EventEmitter.prototype.off = EventEmitter.prototype.removeListener;

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;

  if (events.removeListener === undefined) {
    // Nobody wants to hear of each one.
    if (arguments.length === 0) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
      this[kShapeMode] = false;
    } else if (events[type] !== undefined) {
      dropEvent(this, events, type);
    }
    return this;
  }

  if (arguments.length === 0) {
    for (const key of Reflect.ownKeys(events)) {
      if (key !== 'removeListener') this.removeAllListeners(key);
    }
    this.removeAllListeners('removeListener');
    this._events = { __proto__: null };
    this._eventsCount = 0;
    this[kShapeMode] = false;
    return this;
  }

  const listeners = events[type];
  if (typeof listeners === 'function') {
    this.removeListener(type, listeners);
  } else if (listeners !== undefined) {
    // Newest first. The array shrinks below us only through removeListener, which leaves the earlier ones alone.
    for (const listener of listeners.slice().reverse()) this.removeListener(type, listener);
  }
  return this;
};

// ---- Asking ----

function listenersOf(emitter, type, unwrap) {
  const existing = emitter._events?.[type];
  if (existing === undefined) return [];
  if (typeof existing === 'function') return [unwrap ? existing.listener ?? existing : existing];
  return unwrap ? existing.map((listener) => listener.listener ?? listener) : existing.slice();
}

EventEmitter.prototype.listeners = function listeners(type) {
  return listenersOf(this, type, true);
};

EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return listenersOf(this, type, false);
};

EventEmitter.prototype.listenerCount = function listenerCount(type, listener) {
  const existing = this._events?.[type];
  if (existing === undefined) return 0;
  const matches = (candidate) => candidate === listener || candidate.listener === listener;
  if (typeof existing === 'function') return listener == null || matches(existing) ? 1 : 0;
  return listener == null ? existing.length : existing.filter(matches).length;
};

EventEmitter.prototype.eventNames = function eventNames() {
  if (this._eventsCount === 0) return [];
  const events = this._events;
  return Reflect.ownKeys(events).filter((type) => events[type] !== undefined);
};

// ---- Statics ----

function isEventTarget(value) {
  return require('internal/event_target').isEventTarget(value);
}

/**
 * The listeners of an emitter or an event target, as a copy.
 * @param {EventEmitter | EventTarget} emitterOrTarget
 * @param {string | symbol} type
 */
function getEventListeners(emitterOrTarget, type) {
  if (typeof emitterOrTarget.listeners === 'function') return emitterOrTarget.listeners(type);
  const { isEventTarget: isTarget, listenersOfTarget } = require('internal/event_target');
  if (isTarget(emitterOrTarget)) return listenersOfTarget(emitterOrTarget, type);
  throw new ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

/** @param {EventEmitter | EventTarget} emitterOrTarget */
function getMaxListeners(emitterOrTarget) {
  if (typeof emitterOrTarget?.getMaxListeners === 'function') return maxListenersOf(emitterOrTarget);
  const max = emitterOrTarget?.[kMaxEventTargetListeners];
  if (max !== undefined) return max;
  throw new ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

/** Deprecated in favour of the method. */
function listenerCount(emitter, type) {
  if (typeof emitter.listenerCount === 'function') return emitter.listenerCount(type);
  const { isEventTarget: isTarget, listenersOfTarget } = require('internal/event_target');
  if (isTarget(emitter)) return listenersOfTarget(emitter, type).length;
  throw new ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitter);
}

EventEmitter.setMaxListeners = function(n = defaultMaxListeners, ...eventTargets) {
  validateNumber(n, 'setMaxListeners', 0);
  if (eventTargets.length === 0) {
    defaultMaxListeners = n;
    return;
  }
  for (const target of eventTargets) {
    if (isEventTarget(target)) {
      target[kMaxEventTargetListeners] = n;
      target[kMaxEventTargetListenersWarned] = false;
    } else if (typeof target.setMaxListeners === 'function') {
      target.setMaxListeners(n);
    } else {
      throw new ERR_INVALID_ARG_TYPE('eventTargets', ['EventEmitter', 'EventTarget'], target);
    }
  }
};

// once and on carry promises and iterators along; they live in their own file and are loaded on first use.
async function once(emitter, name, options = undefined) {
  return require('internal/events/async').once(emitter, name, options);
}

function on(emitter, event, options = undefined) {
  return require('internal/events/async').on(emitter, event, options);
}

module.exports = EventEmitter;
Object.assign(EventEmitter, {
  addAbortListener,
  once,
  on,
  getEventListeners,
  getMaxListeners,
  listenerCount,
  EventEmitter,
  usingDomains: false,
  captureRejectionSymbol: kRejection,
  errorMonitor: kErrorMonitor,
});

Object.defineProperties(EventEmitter, {
  captureRejections: {
    __proto__: null,
    enumerable: true,
    get() {
      return EventEmitter.prototype[kCapture];
    },
    set(value) {
      validateBoolean(value, 'EventEmitter.captureRejections');
      EventEmitter.prototype[kCapture] = value;
    },
  },
  defaultMaxListeners: {
    __proto__: null,
    enumerable: true,
    get() {
      return defaultMaxListeners;
    },
    set(n) {
      validateNumber(n, 'defaultMaxListeners', 0);
      defaultMaxListeners = n;
    },
  },
  EventEmitterAsyncResource: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return require('internal/events/async_resource');
    },
  },
  kMaxEventTargetListeners: { __proto__: null, value: kMaxEventTargetListeners },
  kMaxEventTargetListenersWarned: { __proto__: null, value: kMaxEventTargetListenersWarned },
});
