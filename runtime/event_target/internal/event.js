'use strict';

// Event and CustomEvent. Part of the start-up snapshot.

const { codes: { ERR_INVALID_THIS, ERR_MISSING_ARGS } } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { kEnumerableProperty } = require('internal/util');

// How EventTarget, in the other file, drives an event through a dispatch.
const kTarget = Symbol('kTarget');
const kIsBeingDispatched = Symbol('kIsBeingDispatched');
const kInPassiveListener = Symbol('kInPassiveListener');
const kStop = Symbol('kStop');
const kPropagationStopped = Symbol('kPropagationStopped');
const kTrustEvent = Symbol('kTrustEvent');
const kInspect = Symbol.for('nodejs.util.inspect.custom');


// Bits of an event.
const kBubbles = 1;
const kCancelable = 2;
const kComposed = 4;
const kPrevented = 8;
const kStopped = 16;
const kStoppedAtOnce = 32;
const kTrusted = 64;

let monotonicNow;
function timestamp() {
  monotonicNow ??= require('perf_hooks').performance;
  return monotonicNow.now();
}

let isEvent;

class Event {
  #type;
  // Many events are made and few of these are set.
  #bits = 0;
  #timestamp = timestamp();

  /**
   * @param {string} type
   * @param {{bubbles?: boolean, cancelable?: boolean, composed?: boolean}} [options]
   */
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    if (options !== undefined && options !== null) {
      validateObject(options, 'options');
      if (options.bubbles) this.#bits |= kBubbles;
      if (options.cancelable) this.#bits |= kCancelable;
      if (options.composed) this.#bits |= kComposed;
      if (options[kTrustEvent] === true) this.#bits |= kTrusted;
    }
    this.#type = `${type}`;
    this[kTarget] = null;
    this[kIsBeingDispatched] = false;
    this[kInPassiveListener] = false;
  }

  static {
    isEvent = (value) => value !== null && typeof value === 'object' && #type in value;
  }

  static #check(value) {
    if (!isEvent(value)) throw new ERR_INVALID_THIS('Event');
    return value;
  }

  #prevent() {
    if ((this.#bits & kCancelable) !== 0 && !this[kInPassiveListener]) this.#bits |= kPrevented;
  }

  initEvent(type, bubbles = false, cancelable = false) {
    Event.#check(this);
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    if (this[kIsBeingDispatched]) return;
    this.#type = `${type}`;
    this.#bits &= ~(kBubbles | kCancelable);
    if (bubbles) this.#bits |= kBubbles;
    if (cancelable) this.#bits |= kCancelable;
  }

  stopImmediatePropagation() {
    Event.#check(this);
    // Not by calling stopPropagation, which a program may have replaced.
    this.#bits |= kStopped | kStoppedAtOnce;
  }

  preventDefault() {
    Event.#check(this);
    this.#prevent();
  }

  get target() {
    return Event.#check(this)[kTarget];
  }

  get currentTarget() {
    return Event.#check(this)[kIsBeingDispatched] ? this[kTarget] : null;
  }

  get srcElement() {
    return Event.#check(this)[kTarget];
  }

  get type() {
    return Event.#check(this).#type;
  }

  get cancelable() {
    return (Event.#check(this).#bits & kCancelable) !== 0;
  }

  get defaultPrevented() {
    return (Event.#check(this).#bits & kPrevented) !== 0;
  }

  get timeStamp() {
    return Event.#check(this).#timestamp;
  }

  composedPath() {
    return Event.#check(this)[kIsBeingDispatched] ? [this[kTarget]] : [];
  }

  get returnValue() {
    return (Event.#check(this).#bits & kPrevented) === 0;
  }

  set returnValue(value) {
    Event.#check(this);
    if (!value) this.#prevent();
  }

  get bubbles() {
    return (Event.#check(this).#bits & kBubbles) !== 0;
  }

  get composed() {
    return (Event.#check(this).#bits & kComposed) !== 0;
  }

  get eventPhase() {
    return Event.#check(this)[kIsBeingDispatched] ? Event.AT_TARGET : Event.NONE;
  }

  get cancelBubble() {
    return (Event.#check(this).#bits & kStopped) !== 0;
  }

  set cancelBubble(value) {
    Event.#check(this);
    if (value) this.#bits |= kStopped;
  }

  stopPropagation() {
    Event.#check(this).#bits |= kStopped;
  }

  get isTrusted() {
    return (Event.#check(this).#bits & kTrusted) !== 0;
  }

  get [kStop]() {
    return (this.#bits & kStoppedAtOnce) !== 0;
  }

  // After a dispatch, so that the event can be dispatched again.
  [kPropagationStopped]() {
    this.#bits &= ~(kStopped | kStoppedAtOnce);
  }

  [kInspect](depth, options) {
    Event.#check(this);
    const { name } = this.constructor;
    if (depth < 0) return name;
    const { inspect } = require('internal/util/inspect');
    const inner = { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
    return `${name} ${inspect({
      type: this.#type,
      defaultPrevented: this.defaultPrevented,
      cancelable: this.cancelable,
      timeStamp: this.#timestamp,
    }, inner)}`;
  }
}

for (const name of [
  'initEvent', 'stopImmediatePropagation', 'preventDefault', 'target', 'currentTarget', 'srcElement', 'type',
  'cancelable', 'defaultPrevented', 'timeStamp', 'composedPath', 'returnValue', 'bubbles', 'composed', 'eventPhase',
  'cancelBubble', 'stopPropagation',
]) {
  Object.defineProperty(Event.prototype, name, kEnumerableProperty);
}
for (const key of [kStop, kPropagationStopped]) {
  Object.defineProperty(Event.prototype, key, { __proto__: null, enumerable: false });
}
Object.defineProperty(Event.prototype, 'isTrusted', { __proto__: null, enumerable: true, configurable: false });
Object.defineProperty(Event.prototype, Symbol.toStringTag, {
  __proto__: null,
  value: 'Event',
  configurable: true,
});

['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'].forEach((name, value) => {
  Object.defineProperty(Event, name, { __proto__: null, value, enumerable: true });
});

class CustomEvent extends Event {
  #detail;

  /**
   * @param {string} type
   * @param {{bubbles?: boolean, cancelable?: boolean, composed?: boolean, detail?: any}} [options]
   */
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new ERR_MISSING_ARGS('type');
    super(type, options);
    this.#detail = options?.detail ?? null;
  }

  get detail() {
    if (this === null || typeof this !== 'object' || !(#detail in this)) throw new ERR_INVALID_THIS('CustomEvent');
    return this.#detail;
  }
}

Object.defineProperty(CustomEvent.prototype, 'detail', kEnumerableProperty);
Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, {
  __proto__: null,
  value: 'CustomEvent',
  configurable: true,
});

module.exports = {
  CustomEvent,
  Event,
  isEvent,
  kInPassiveListener,
  kIsBeingDispatched,
  kPropagationStopped,
  kStop,
  kTarget,
  kTrustEvent,
};
