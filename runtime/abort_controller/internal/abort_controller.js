'use strict';

// AbortController and AbortSignal. Part of the start-up snapshot.
//
// What can abort a signal must not keep it alive by itself: a timer or a source of AbortSignal.any() holds its signal
// weakly until somebody listens to it. See AbortSignal's pin and unpin.

const {
  codes: {
    ERR_ILLEGAL_CONSTRUCTOR,
    ERR_INVALID_ARG_TYPE,
    ERR_INVALID_THIS,
  },
} = require('internal/errors');
const { validateObject, validateUint32 } = require('internal/validators');
const { kEnumerableProperty } = require('internal/util');
const {
  Event,
  EventTarget,
  defineEventHandler,
  kNewListener,
  kRemoveListener,
  kResistStopPropagation,
  kTrustEvent,
  kWeakHandler,
} = require('internal/event_target');
const { kMaxEventTargetListeners } = require('internal/events/symbols');
const { kDeserialize, kTransfer, kTransferList } = require('internal/messaging/transferable');

const kCreate = Symbol('kCreate');
const kInspect = Symbol.for('nodejs.util.inspect.custom');

function domException(message, name) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, name);
}

function inspectAs(self, values, depth, options) {
  if (depth < 0) return self;
  const { inspect } = require('internal/util/inspect');
  const inner = { ...options, depth: options.depth === null ? null : options.depth - 1 };
  return `${self.constructor.name} ${inspect(values, inner)}`;
}

let create;
let abortWith;
let forgetFollower;

class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;
  // Signals of AbortSignal.any() that follow this one: weak references to all, strong ones to those with listeners.
  #followers = undefined;
  #pinnedFollowers = undefined;
  #sources = undefined;
  // Of AbortSignal.timeout(): what the timer sees of this signal.
  #timerLink = undefined;

  constructor(token = undefined) {
    if (token !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    super();
    // One signal for many operations is how signals are meant to be used: never a leak.
    this[kMaxEventTargetListeners] = 0;
  }

  static #check(value) {
    if (value === null || typeof value !== 'object' || !(#aborted in value)) throw new ERR_INVALID_THIS('AbortSignal');
    return value;
  }

  // The functions below the class need its private fields.
  static {
    create = (aborted, reason) => {
      const signal = new AbortSignal(kCreate);
      signal.#aborted = aborted;
      signal.#reason = reason;
      return signal;
    };
    // The state is settled for every follower before the first event, as listeners may look at other signals.
    abortWith = (signal, reason) => {
      if (signal.#aborted) return;
      const settled = [signal];
      signal.#settle(reason);
      for (const ref of signal.#followers ?? []) {
        const follower = ref.deref();
        if (follower === undefined || follower.#aborted) continue;
        follower.#settle(reason);
        settled.push(follower);
      }
      signal.#followers = signal.#pinnedFollowers = undefined;
      for (const each of settled) each.dispatchEvent(new Event('abort', { [kTrustEvent]: true }));
    };
    forgetFollower = (source, ref) => source.#followers?.delete(ref);
  }

  #settle(reason) {
    this.#aborted = true;
    this.#reason = reason;
  }

  get aborted() {
    return AbortSignal.#check(this).#aborted;
  }

  get reason() {
    return AbortSignal.#check(this).#reason;
  }

  throwIfAborted() {
    AbortSignal.#check(this);
    if (this.#aborted) throw this.#reason;
  }

  [kInspect](depth, options) {
    return inspectAs(this, { aborted: this.aborted }, depth, options);
  }

  /** @param {any} [reason] */
  static abort(reason = domException('This operation was aborted', 'AbortError')) {
    return create(true, reason);
  }

  /**
   * A signal that aborts after `delay` milliseconds. Its timer does not hold the process.
   * @param {number} delay
   */
  static timeout(delay) {
    validateUint32(delay, 'delay', false);
    const signal = create(false, undefined);
    const link = { weak: new WeakRef(signal), strong: undefined };
    signal.#timerLink = link;
    const timer = require('timers').setTimeout(() => {
      const target = link.weak.deref();
      if (target !== undefined) {
        abortWith(target, domException('The operation was aborted due to timeout', 'TimeoutError'));
      }
      link.strong = undefined;
    }, delay);
    timer.unref();
    cancelWhenCollected(signal, timer);
    return signal;
  }

  /**
   * A signal that aborts with the first of `signals`.
   * @param {Iterable<AbortSignal>} signals
   */
  static any(signals) {
    if (typeof signals?.[Symbol.iterator] !== 'function') {
      throw typeError('signals cannot be converted to sequence.');
    }
    const list = [...signals];
    list.forEach((signal, i) => {
      if (signal === null || typeof signal !== 'object' || !(#aborted in signal)) {
        throw typeError(`signals[${i}] is not of type AbortSignal.`);
      }
    });
    const result = create(false, undefined);
    const aborted = list.find((signal) => signal.#aborted);
    if (aborted !== undefined) {
      result.#settle(aborted.#reason);
      return result;
    }
    result.#sources = new Set();
    for (const signal of list) {
      // Follow what a composite follows, not the composite: chains stay flat.
      for (const source of signal.#sources ?? [signal]) result.#follow(source);
    }
    return result;
  }

  #follow(source) {
    if (this.#sources.has(source)) return;
    this.#sources.add(source);
    const ref = new WeakRef(this);
    source.#followers ??= new Set();
    source.#followers.add(ref);
    forgetWhenCollected(this, source, ref);
  }

  // Called when the first listener comes: from now on whoever can abort this signal keeps it.
  #pin() {
    if (this.#timerLink !== undefined) this.#timerLink.strong = this;
    for (const source of this.#sources ?? []) {
      source.#pinnedFollowers ??= new Set();
      source.#pinnedFollowers.add(this);
      source.#pin();
    }
  }

  // Called when the last listener goes.
  #unpin() {
    for (const source of this.#sources ?? []) {
      source.#pinnedFollowers?.delete(this);
      if (source.#isIdle()) source.#unpin();
    }
    if (this.#timerLink !== undefined && this.#isIdle()) this.#timerLink.strong = undefined;
  }

  #isIdle() {
    return (this.#pinnedFollowers === undefined || this.#pinnedFollowers.size === 0) &&
      listenerCountOf(this) === 0;
  }

  [kNewListener](size, type, listener, once, capture, passive, weak) {
    super[kNewListener](size, type, listener, once, capture, passive, weak);
    if (type === 'abort' && !weak && !this.#aborted) this.#pin();
  }

  [kRemoveListener](size, type, listener, capture) {
    super[kRemoveListener](size, type, listener, capture);
    if (type === 'abort' && size === 0) this.#unpin();
  }
}

function listenerCountOf(signal) {
  return require('internal/event_target').listenersOfTarget(signal, 'abort').length;
}

function typeError(message) {
  const error = new TypeError(message);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

// Made on first use: a FinalizationRegistry cannot be part of a snapshot.
let timers;
function cancelWhenCollected(signal, timer) {
  timers ??= new FinalizationRegistry((abandoned) => require('timers').clearTimeout(abandoned));
  timers.register(signal, timer);
}

let followers;
function forgetWhenCollected(follower, source, ref) {
  followers ??= new FinalizationRegistry(({ source: weakSource, ref: dead }) => {
    const alive = weakSource.deref();
    if (alive !== undefined) forgetFollower(alive, dead);
  });
  followers.register(follower, { source: new WeakRef(source), ref });
}

Object.defineProperty(AbortSignal.prototype, 'aborted', kEnumerableProperty);
defineEventHandler(AbortSignal.prototype, 'abort');
for (const key of ['abort', 'timeout', 'any']) {
  Object.defineProperty(AbortSignal, key, { __proto__: null, enumerable: false });
}
Object.defineProperty(AbortSignal.prototype, Symbol.toStringTag, {
  __proto__: null,
  value: 'AbortSignal',
  configurable: true,
});

class AbortController {
  // Made when it is asked for: many controllers are made for an operation that never looks.
  #signal = undefined;

  get signal() {
    return this.#signal ??= create(false, undefined);
  }

  abort(reason = domException('This operation was aborted', 'AbortError')) {
    abortWith(this.#signal ??= create(false, undefined), reason);
  }

  [kInspect](depth, options) {
    return inspectAs(this, { signal: this.signal }, depth, options);
  }
}

Object.defineProperty(AbortController.prototype, 'signal', kEnumerableProperty);
Object.defineProperty(AbortController.prototype, 'abort', kEnumerableProperty);
Object.defineProperty(AbortController.prototype, Symbol.toStringTag, {
  __proto__: null,
  value: 'AbortController',
  configurable: true,
});

/**
 * util.aborted: a promise for the abort of `signal`, which is let go of when `resource` is collected.
 * @param {AbortSignal} signal
 * @param {object} resource
 * @returns {Promise<void>}
 */
async function aborted(signal, resource) {
  if (!(signal instanceof AbortSignal)) throw typeError('signal is not of type AbortSignal.');
  if (typeof resource !== 'function') validateObject(resource, 'resource');
  if (signal.aborted) return undefined;
  return new Promise((resolve) => {
    const options = { __proto__: null, once: true, [kWeakHandler]: resource, [kResistStopPropagation]: true };
    signal.addEventListener('abort', () => resolve(), options);
  });
}

// ---- Signals across threads ----

const kPort = Symbol('kPort');

// Methods of a signal that may be transferred. It stays usable here: an abort is passed on through a port.
const transferMethods = {
  [kTransferList]() {
    if (this.aborted) return [];
    const { MessageChannel } = require('internal/messaging');
    const { port1, port2 } = new MessageChannel();
    port1.unref();
    this.addEventListener('abort', () => {
      port1.postMessage(this.reason);
      port1.close();
    }, { __proto__: null, once: true });
    this[kPort] = port2;
    return [port2];
  },
  [kTransfer]() {
    const { aborted: isAborted, reason, [kPort]: port } = this;
    return {
      data: { aborted: isAborted, reason, port },
      deserializeInfo: 'internal/abort_controller:ClonedAbortSignal',
    };
  },
};

/** Made empty on the receiving side and filled by kDeserialize. */
function ClonedAbortSignal() {
  return Object.defineProperty(create(false, undefined), kDeserialize, {
    __proto__: null,
    value({ aborted: isAborted, reason, port }) {
      if (isAborted) {
        abortWith(this, reason);
      } else {
        port.onmessage = ({ data }) => abortWith(this, data);
        port.unref();
      }
    },
  });
}

/**
 * util.transferableAbortSignal: marks a signal as one that may be in a transfer list.
 * @param {AbortSignal} signal
 */
function transferableAbortSignal(signal) {
  if (!(signal instanceof AbortSignal)) throw new ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  for (const key of [kTransferList, kTransfer]) {
    Object.defineProperty(signal, key, { __proto__: null, value: transferMethods[key], configurable: true });
  }
  Object.defineProperty(signal, kPort, { __proto__: null, value: undefined, writable: true, configurable: true });
  return signal;
}

/** util.transferableAbortController. */
function transferableAbortController() {
  const controller = new AbortController();
  transferableAbortSignal(controller.signal);
  return controller;
}

module.exports = {
  AbortController,
  AbortSignal,
  ClonedAbortSignal,
  abortSignal: abortWith,
  aborted,
  createAbortSignal: create,
  transferableAbortController,
  transferableAbortSignal,
};
