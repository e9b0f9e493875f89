'use strict';

// EventTarget as the web has it, and NodeEventTarget, which also answers to on/off/emit (MessagePort is one). Part of
// the start-up snapshot. There is no tree, so an event is only ever "at target".
//
// The listeners of a type are an array. It grows in place and shrinks by replacement, and a dispatch looks only at
// the length it started with: so neither disturbs a dispatch under way.

const {
  codes: {
    ERR_EVENT_RECURSION,
    ERR_INVALID_ARG_TYPE,
    ERR_INVALID_THIS,
    ERR_MISSING_ARGS,
  },
} = require('internal/errors');
const { validateAbortSignal, validateNumber, validateObject, validateString } = require('internal/validators');
const { kEnumerableProperty } = require('internal/util');
const {
  CustomEvent,
  Event,
  isEvent,
  kInPassiveListener,
  kIsBeingDispatched,
  kPropagationStopped,
  kStop,
  kTarget,
  kTrustEvent,
} = require('internal/event_target/event');
const {
  kMaxEventTargetListeners,
  kMaxEventTargetListenersWarned,
  kResistStopPropagation,
} = require('internal/events/symbols');

const kEvents = Symbol('kEvents');
const kHandlers = Symbol('kHandlers');
const kIsEventTarget = Symbol.for('nodejs.event_target');
// Hooks for built-in subclasses.
const kNewListener = Symbol('kNewListener');
const kRemoveListener = Symbol('kRemoveListener');
const kCreateEvent = Symbol('kCreateEvent');
const kHybridDispatch = Symbol.for('nodejs.internal.kHybridDispatch');
// Options of addEventListener for built-ins: hold the listener only as long as the given object lives; pass it the
// bare value instead of an event.
const kWeakHandler = Symbol('kWeak');
const kIsNodeStyleListener = Symbol('kIsNodeStyleListener');
const kInspect = Symbol.for('nodejs.util.inspect.custom');

class Listener {
  removed = false;

  constructor(callback, options) {
    this.weak = options.weak !== undefined;
    this.callback = this.weak ? new WeakRef(callback) : callback;
    this.once = options.once;
    this.capture = options.capture;
    this.passive = options.passive;
    this.nodeStyle = options.nodeStyle;
    this.resists = options.resists;
  }

  get() {
    return this.weak ? this.callback.deref() : this.callback;
  }

  matches(callback, capture) {
    return this.capture === capture && this.get() === callback;
  }
}

// What keeps the callbacks of weak listeners alive, and what takes their records away afterwards. Made on first use:
// neither can be part of a snapshot.
let weakHolders;
let weakRegistry;

function holdWeakly(holder, callback, record, target, type) {
  weakHolders ??= new WeakMap();
  weakRegistry ??= new FinalizationRegistry(({ target: ref, type, record }) => {
    const owner = ref.deref();
    if (owner !== undefined) removeRecord(owner, type, record);
  });
  const held = weakHolders.get(holder);
  if (held === undefined) weakHolders.set(holder, [callback]); else held.push(callback);
  weakRegistry.register(callback, { target: new WeakRef(target), type, record }, record);
}

function removeRecord(target, type, record) {
  if (record.removed) return;
  record.removed = true;
  const records = target[kEvents].get(type);
  if (records === undefined) return;
  const rest = records.filter((other) => other !== record);
  if (rest.length === 0) target[kEvents].delete(type); else target[kEvents].set(type, rest);
  target[kRemoveListener](rest.length, type, record.get(), record.capture);
}

let events;

/** Makes an object that was not made by EventTarget's constructor one. */
function initEventTarget(self) {
  events ??= require('events');
  self[kEvents] = new Map();
  self[kMaxEventTargetListeners] = events.defaultMaxListeners;
  self[kMaxEventTargetListenersWarned] = false;
  self[kHandlers] = undefined;  // A Map, once an on<event> attribute is set.
}

function isEventTarget(value) {
  return value !== null && value !== undefined && value[kEvents] instanceof Map;
}

function checkTarget(value) {
  if (!isEventTarget(value)) throw new ERR_INVALID_THIS('EventTarget');
}

function toEventType(type) {
  if (typeof type === 'symbol') {
    const error = new TypeError('Value is a Symbol and cannot be converted to a string.');
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  return `${type}`;
}

// False: there is nothing to call.
function isListener(listener) {
  if (typeof listener === 'function' || (typeof listener === 'object' && listener !== null)) return true;
  if (listener === null || listener === undefined) return false;
  throw new ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
}

const kNoOptions = {
  __proto__: null,
  once: false,
  capture: false,
  passive: false,
  signal: undefined,
  nodeStyle: false,
  weak: undefined,
  resists: false,
};

function readOptions(options) {
  if (options === undefined || options === null) return kNoOptions;
  if (typeof options === 'boolean') return { ...kNoOptions, capture: options };
  validateObject(options, 'options');
  return {
    once: !!options.once,
    capture: !!options.capture,
    passive: !!options.passive,
    signal: options.signal,
    nodeStyle: !!options[kIsNodeStyleListener],
    weak: options[kWeakHandler],
    resists: options[kResistStopPropagation] ?? false,
  };
}

function captureOf(options) {
  return typeof options === 'boolean' ? options : !!options?.capture;
}

// What a listener throws must not keep the next one from running, and is an uncaught exception nevertheless.
function throwLater(error) {
  process.nextTick(() => {
    throw error;
  });
}

function watchPromise(result) {
  const { then } = result;
  if (typeof then === 'function') then.call(result, undefined, throwLater);
}

class EventTarget {
  static [kIsEventTarget] = true;

  constructor() {
    initEventTarget(this);
  }

  [kNewListener](size, type, _listener, _once, _capture, _passive, _weak) {
    const max = this[kMaxEventTargetListeners];
    if (max > 0 && size > max && !this[kMaxEventTargetListenersWarned]) {
      this[kMaxEventTargetListenersWarned] = true;
      warnAboutLeak(this, type, size, max);
    }
  }

  [kRemoveListener](_size, _type, _listener, _capture) {}

  /**
   * @param {string} type
   * @param {Function | {handleEvent: Function} | null} listener
   * @param {boolean | {capture?: boolean, once?: boolean, passive?: boolean, signal?: AbortSignal}} [options]
   */
  addEventListener(type, listener, options = undefined) {
    checkTarget(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');
    const how = readOptions(options);
    if (how.signal !== undefined) validateAbortSignal(how.signal, 'options.signal');
    if (!isListener(listener)) {
      warnAboutNoListener(this, listener, type);
      return;
    }
    type = toEventType(type);

    if (how.signal !== undefined) {
      if (how.signal === null) throw new ERR_INVALID_ARG_TYPE('options.signal', 'AbortSignal', how.signal);
      if (how.signal.aborted) return;
      how.signal.addEventListener('abort', () => {
        this.removeEventListener(type, listener, options);
      }, { __proto__: null, once: true, [kWeakHandler]: this, [kResistStopPropagation]: true });
    }

    let records = this[kEvents].get(type);
    if (records === undefined) {
      records = [];
      this[kEvents].set(type, records);
    } else if (records.some((record) => record.matches(listener, how.capture))) {
      return;
    }
    const record = new Listener(listener, how);
    records.push(record);
    if (record.weak) holdWeakly(how.weak, listener, record, this, type);
    this[kNewListener](records.length, type, listener, how.once, how.capture, how.passive, record.weak);
  }

  /**
   * @param {string} type
   * @param {Function | {handleEvent: Function} | null} listener
   * @param {boolean | {capture?: boolean}} [options]
   */
  removeEventListener(type, listener, options = undefined) {
    checkTarget(this);
    if (arguments.length < 2) throw new ERR_MISSING_ARGS('type', 'listener');
    if (!isListener(listener)) return;
    type = toEventType(type);
    const capture = captureOf(options);
    const record = this[kEvents].get(type)?.find((candidate) => candidate.matches(listener, capture));
    if (record !== undefined) removeRecord(this, type, record);
  }

  /**
   * @param {Event} event
   * @returns {boolean} false when a listener prevented the default
   */
  dispatchEvent(event) {
    checkTarget(this);
    if (arguments.length < 1) throw new ERR_MISSING_ARGS('event');
    if (!isEvent(event)) throw new ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (event[kIsBeingDispatched]) throw new ERR_EVENT_RECURSION(event.type);
    this[kHybridDispatch](event, event.type, event);
    return event.defaultPrevented !== true;
  }

  // Listeners of the Node kind get `value`, the others an event, made for the first of them where there is none yet.
  [kHybridDispatch](value, type, event) {
    if (event !== undefined) beginDispatch(event, this);
    const records = this[kEvents].get(type);
    const length = records === undefined ? 0 : records.length;
    for (let i = 0; i < length; ++i) {
      const record = records[i];
      if (record.removed || (event?.[kStop] && !record.resists)) continue;
      if (record.once) removeRecord(this, type, record);
      const callback = record.get();
      if (callback === undefined) continue;
      if (!record.nodeStyle && event === undefined) {
        event = this[kCreateEvent](value, type);
        beginDispatch(event, this);
      }
      callOne(this, callback, record, record.nodeStyle ? value : event);
    }
    if (event !== undefined) {
      event[kIsBeingDispatched] = false;
      event[kPropagationStopped]();
    }
    return true;
  }

  [kCreateEvent](value, type) {
    return new CustomEvent(type, { detail: value });
  }

  [kInspect](depth, options) {
    const { name } = this.constructor;
    if (depth < 0) return name;
    const { inspect } = require('internal/util/inspect');
    const inner = { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
    return `${name} ${inspect({}, inner)}`;
  }
}

function beginDispatch(event, target) {
  event[kTarget] = target;
  event[kIsBeingDispatched] = true;
}

function callOne(target, callback, record, argument) {
  const event = record.nodeStyle ? undefined : argument;
  if (event !== undefined) event[kInPassiveListener] = record.passive;
  try {
    const result = typeof callback === 'function' ?
      callback.call(target, argument) :
      callHandleEvent(callback, argument);
    if (result !== undefined && result !== null) watchPromise(result);
  } catch (error) {
    throwLater(error);
  }
  if (event !== undefined) event[kInPassiveListener] = false;
}

function callHandleEvent(listener, event) {
  const { handleEvent } = listener;
  return typeof handleEvent === 'function' ? handleEvent.call(listener, event) : undefined;
}

function warning(name, message, properties) {
  process.emitWarning(Object.assign(new Error(message), { name, ...properties }));
}

function warnAboutLeak(target, type, count, max) {
  const { inspect } = require('internal/util/inspect');
  warning('MaxListenersExceededWarning',
          `Possible EventTarget memory leak detected. ${count} ${type} listeners added to ` +
          `${inspect(target, { depth: -1 })}. MaxListeners is ${max}. ` +
          'Use events.setMaxListeners() to increase limit',
          { target, type, count });
}

function warnAboutNoListener(target, listener, type) {
  warning('AddEventListenerArgumentTypeWarning',
          `addEventListener called with ${listener} which has no effect.`,
          { target, type });
}

for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
  Object.defineProperty(EventTarget.prototype, name, kEnumerableProperty);
}
Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, {
  __proto__: null,
  value: 'EventTarget',
  configurable: true,
});

/** The callbacks for `type`, for events.getEventListeners. */
function listenersOfTarget(target, type) {
  const records = target[kEvents].get(type) ?? [];
  return records.map((record) => {
    const callback = record.get();
    // What defineEventHandler added stands for the handler the program assigned.
    return callback?.handler ?? callback;
  }).filter((callback) => callback !== undefined);
}

function initNodeEventTarget(self) {
  initEventTarget(self);
}

class NodeEventTarget extends EventTarget {
  static defaultMaxListeners = 10;

  setMaxListeners(n) {
    checkNodeTarget(this);
    validateNumber(n, 'setMaxListeners', 0);
    this[kMaxEventTargetListeners] = n;
    this[kMaxEventTargetListenersWarned] = false;
    return this;
  }

  getMaxListeners() {
    checkNodeTarget(this);
    return this[kMaxEventTargetListeners];
  }

  eventNames() {
    checkNodeTarget(this);
    return [...this[kEvents].keys()];
  }

  listenerCount(type) {
    checkNodeTarget(this);
    return this[kEvents].get(`${type}`)?.length ?? 0;
  }

  off(type, listener, options) {
    checkNodeTarget(this);
    this.removeEventListener(type, listener, options);
    return this;
  }

  removeListener(type, listener, options) {
    checkNodeTarget(this);
    this.removeEventListener(type, listener, options);
    return this;
  }

  on(type, listener) {
    checkNodeTarget(this);
    this.addEventListener(type, listener, { [kIsNodeStyleListener]: true });
    return this;
  }

  addListener(type, listener) {
    checkNodeTarget(this);
    this.addEventListener(type, listener, { [kIsNodeStyleListener]: true });
    return this;
  }

  emit(type, arg) {
    checkNodeTarget(this);
    validateString(type, 'type');
    const heard = this.listenerCount(type) > 0;
    this[kHybridDispatch](arg, type);
    return heard;
  }

  once(type, listener) {
    checkNodeTarget(this);
    this.addEventListener(type, listener, { once: true, [kIsNodeStyleListener]: true });
    return this;
  }

  removeAllListeners(type) {
    checkNodeTarget(this);
    for (const name of type === undefined ? [...this[kEvents].keys()] : [`${type}`]) {
      for (const record of this[kEvents].get(name) ?? []) removeRecord(this, name, record);
    }
    return this;
  }
}

function checkNodeTarget(value) {
  if (!isEventTarget(value) || !(value instanceof NodeEventTarget)) throw new ERR_INVALID_THIS('NodeEventTarget');
}

for (const name of [
  'setMaxListeners', 'getMaxListeners', 'eventNames', 'listenerCount', 'off', 'removeListener', 'on', 'addListener',
  'emit', 'once', 'removeAllListeners',
]) {
  Object.defineProperty(NodeEventTarget.prototype, name, kEnumerableProperty);
}

// ---- on<event> attributes ----

function makeHandler(handler) {
  function eventHandler(...args) {
    if (typeof eventHandler.handler === 'function') return Reflect.apply(eventHandler.handler, this, args);
    return undefined;
  }
  eventHandler.handler = handler;
  return eventHandler;
}

/**
 * Defines the attribute `on<name>` on a prototype.
 * @param {object} prototype
 * @param {string} name
 * @param {string} [event] the event it listens to, where that differs
 */
function defineEventHandler(prototype, name, event = name) {
  const property = `on${name}`;
  const accessors = {
    __proto__: null,
    get() {
      checkTarget(this);
      return this[kHandlers]?.get(event)?.handler ?? null;
    },
    set(value) {
      checkTarget(this);
      let handlers = this[kHandlers];
      if (handlers === undefined) handlers = this[kHandlers] = new Map();
      const current = handlers.get(event);
      if (typeof value !== 'function') {
        if (current === undefined) return;
        handlers.delete(event);
        this.removeEventListener(event, current);
        return;
      }
      if (current !== undefined) {
        current.handler = value;  // Keeps its place among the listeners.
        return;
      }
      const added = makeHandler(value);
      handlers.set(event, added);
      this.addEventListener(event, added);
    },
    configurable: true,
    enumerable: true,
  };
  Object.defineProperty(accessors.get, 'name', { __proto__: null, value: `get ${property}`, configurable: true });
  Object.defineProperty(accessors.set, 'name', { __proto__: null, value: `set ${property}`, configurable: true });
  Object.defineProperty(prototype, property, accessors);
}

module.exports = {
  CustomEvent,
  Event,
  EventTarget,
  NodeEventTarget,
  defineEventHandler,
  initEventTarget,
  initNodeEventTarget,
  isEventTarget,
  kCreateEvent,
  kEvents,
  kHybridDispatch,
  kIsNodeStyleListener,
  kNewListener,
  kRemoveListener,
  kResistStopPropagation,
  kTrustEvent,
  kWeakHandler,
  listenersOfTarget,
};
