'use strict';

// The `async_hooks` module. AsyncLocalStorage needs nothing of the hooks: it lives in the value that V8 carries from
// where a promise, timer or request is made to where its callback runs.

const {
  codes: { ERR_ASYNC_CALLBACK, ERR_ASYNC_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_ASYNC_ID },
} = require('internal/errors');
const { validateBoolean, validateFunction, validateObject, validateString } = require('internal/validators');
const hooks = require('internal/async_hooks');
const { getContextFrame, setContextFrame, symbols } = hooks;

const { async_id_symbol: kAsyncId, trigger_async_id_symbol: kTriggerAsyncId } = symbols;
const kContextFrame = Symbol('context_frame');
const kDestroyed = Symbol('destroyed');

// ---- AsyncLocalStorage ----

// The value of every storage in one context. A Map, replaced when a value changes, because others may hold it; only
// disable() is for those, too.
class AsyncContextFrame extends Map {}

function frameWith(storage, value) {
  const frame = new AsyncContextFrame(getContextFrame());
  frame.set(storage, value);
  return frame;
}

function frameWithout(storage) {
  const frame = new AsyncContextFrame(getContextFrame());
  frame.delete(storage);
  return frame;
}

// Gives `storage` back the value that it has in `outer`. Other storages keep what they were set to since `entered`.
function leave(storage, entered, outer) {
  if (getContextFrame() === entered) setContextFrame(outer);
  else if (outer?.has(storage)) setContextFrame(frameWith(storage, outer.get(storage)));
  else setContextFrame(frameWithout(storage));
}

class RunScope {
  #storage;
  #entered;
  #outer;
  #disposed = false;

  constructor(storage, entered, outer) {
    this.#storage = storage;
    this.#entered = entered;
    this.#outer = outer;
  }

  dispose() {
    if (this.#disposed) return;
    this.#disposed = true;
    leave(this.#storage, this.#entered, this.#outer);
  }

  [Symbol.dispose]() {
    this.dispose();
  }
}

class AsyncLocalStorage {
  #defaultValue = undefined;
  #name = undefined;

  /** @param {{defaultValue?: any, name?: string}} [options] */
  constructor(options = {}) {
    validateObject(options, 'options');
    this.#defaultValue = options.defaultValue;
    if (options.name !== undefined) this.#name = `${options.name}`;
  }

  get name() {
    return this.#name || '';
  }

  /** A function that calls `fn` in the context of now. */
  static bind(fn) {
    return AsyncResource.bind(fn);
  }

  /** A function that calls its first argument in the context of now. */
  static snapshot() {
    return AsyncLocalStorage.bind((fn, ...args) => fn(...args));
  }

  /** For what runs now and all that shares its context, what was started before included. */
  disable() {
    const frame = getContextFrame();
    // Another frame, so that what is left next does not bring the value back.
    if (frame?.delete(this)) setContextFrame(new AsyncContextFrame(frame));
  }

  /** For the rest of what runs now, and all that follows from it. */
  enterWith(store) {
    setContextFrame(frameWith(this, store));
  }

  /** For `fn` and what follows from it. */
  run(store, fn, ...args) {
    const outer = getContextFrame();
    const entered = frameWith(this, store);
    setContextFrame(entered);
    try {
      return Reflect.apply(fn, null, args);
    } finally {
      leave(this, entered, outer);
    }
  }

  exit(fn, ...args) {
    return this.run(undefined, fn, ...args);
  }

  getStore() {
    const frame = getContextFrame();
    return frame?.has(this) ? frame.get(this) : this.#defaultValue;
  }

  /** Until the result is disposed of: `using scope = storage.withScope(store)`. */
  withScope(store) {
    const outer = getContextFrame();
    const entered = frameWith(this, store);
    setContextFrame(entered);
    return new RunScope(this, entered, outer);
  }
}

// ---- AsyncResource ----

class AsyncResource {
  /**
   * @param {string} type
   * @param {number | {triggerAsyncId?: number, requireManualDestroy?: boolean}} [options]
   */
  constructor(type, options = {}) {
    validateString(type, 'type');
    let triggerAsyncId = options;
    let requireManualDestroy = false;
    if (typeof options !== 'number') {
      triggerAsyncId = options.triggerAsyncId === undefined ? hooks.getDefaultTriggerAsyncId() : options.triggerAsyncId;
      requireManualDestroy = !!options.requireManualDestroy;
    }
    if (!Number.isSafeInteger(triggerAsyncId) || triggerAsyncId < -1) {
      throw new ERR_INVALID_ASYNC_ID('triggerAsyncId', triggerAsyncId);
    }
    this[kContextFrame] = getContextFrame();
    const asyncId = hooks.newAsyncId();
    this[kAsyncId] = asyncId;
    this[kTriggerAsyncId] = triggerAsyncId;
    if (hooks.initHooksExist()) {
      if (hooks.enabledHooksExist() && type.length === 0) throw new ERR_ASYNC_TYPE(type);
      hooks.emitInit(asyncId, type, triggerAsyncId, this);
    }
    if (!requireManualDestroy && hooks.destroyHooksExist()) hooks.watchCollected(this, asyncId);
  }

  runInAsyncScope(fn, thisArg, ...args) {
    const outer = getContextFrame();
    setContextFrame(this[kContextFrame]);
    try {
      return hooks.runInAsyncScope(this[kAsyncId], this[kTriggerAsyncId], this, fn, thisArg, args);
    } finally {
      setContextFrame(outer);
    }
  }

  emitDestroy() {
    if (!this[kDestroyed]) {
      Object.defineProperty(this, kDestroyed, { __proto__: null, value: true });
      hooks.emitDestroy(this[kAsyncId]);
    }
    return this;
  }

  asyncId() {
    return this[kAsyncId];
  }

  triggerAsyncId() {
    return this[kTriggerAsyncId];
  }

  /**
   * @param {Function} fn
   * @param {any} [thisArg] the caller's `this` where it is not given
   */
  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const resource = this;
    const bound = thisArg === undefined ?
      function bound(...args) {
        return resource.runInAsyncScope(fn, this, ...args);
      } :
      function bound(...args) {
        return resource.runInAsyncScope(fn, thisArg, ...args);
      };
    Object.defineProperties(bound, {
      length: { __proto__: null, configurable: true, enumerable: false, value: fn.length, writable: false },
      asyncResource: deprecatedResource(this),
    });
    return bound;
  }

  static bind(fn, type, thisArg) {
    type ||= fn.name;
    return new AsyncResource(type || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

// One for all: the warning comes once, and it costs more than the rest of bind().
let warnOfResource;

// In a function of its own: what it makes stays, and must not keep the first resource.
function makeWarning() {
  const { deprecate } = require('internal/util');
  return deprecate(() => {}, 'The asyncResource property on bound functions is deprecated', 'DEP0172');
}

function deprecatedResource(resource) {
  warnOfResource ??= makeWarning();
  return {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      warnOfResource();
      return resource;
    },
    set(value) {
      warnOfResource();
      resource = value;
    },
  };
}

// ---- Hooks ----

const kCallbacks = ['init', 'before', 'after', 'destroy', 'promiseResolve'];
const kHook = Symbol('hook');

class AsyncHook {
  constructor(callbacks, trackPromises) {
    for (const name of kCallbacks) this[name] = callbacks[name];
    Object.defineProperty(this, kHook, {
      __proto__: null,
      value: { ...callbacks, trackPromises, receiver: this },
    });
  }

  enable() {
    hooks.addHook(this[kHook]);
    return this;
  }

  disable() {
    hooks.removeHook(this[kHook]);
    return this;
  }
}

/**
 * @param {{init?: Function, before?: Function, after?: Function, destroy?: Function, promiseResolve?: Function,
 *   trackPromises?: boolean}} callbacks
 */
function createHook({ init, before, after, destroy, promiseResolve, trackPromises = true }) {
  const callbacks = { init, before, after, destroy, promiseResolve };
  for (const name of kCallbacks) {
    if (callbacks[name] !== undefined && typeof callbacks[name] !== 'function') {
      throw new ERR_ASYNC_CALLBACK(`hook.${name}`);
    }
  }
  validateBoolean(trackPromises, 'trackPromises');
  if (trackPromises === false && promiseResolve !== undefined) {
    throw new ERR_INVALID_ARG_VALUE(
      'trackPromises', trackPromises, 'must not be false when promiseResolve is enabled');
  }
  return new AsyncHook(callbacks, trackPromises);
}

function executionAsyncId() {
  return hooks.executionAsyncId();
}

function triggerAsyncId() {
  return hooks.triggerAsyncId();
}

function executionAsyncResource() {
  return hooks.executionAsyncResource();
}

// The types that resources can have, as numbers: programs only look up the names.
const kProviders = [
  'NONE', 'DIRHANDLE', 'DNSCHANNEL', 'ELDHISTOGRAM', 'FILEHANDLE', 'FILEHANDLECLOSEREQ', 'BLOBREADER', 'FSEVENTWRAP',
  'FSREQCALLBACK', 'FSREQPROMISE', 'GETADDRINFOREQWRAP', 'GETNAMEINFOREQWRAP', 'HEAPSNAPSHOT', 'HTTP2SESSION',
  'HTTP2STREAM', 'HTTP2PING', 'HTTP2SETTINGS', 'HTTPINCOMINGMESSAGE', 'HTTPCLIENTREQUEST', 'LOCKS', 'JSSTREAM',
  'JSUDPWRAP', 'MESSAGEPORT', 'PIPECONNECTWRAP', 'PIPESERVERWRAP', 'PIPEWRAP', 'PROCESSWRAP', 'PROMISE', 'QUERYWRAP',
  'QUIC_ENDPOINT', 'QUIC_LOGSTREAM', 'QUIC_SESSION', 'QUIC_STREAM', 'QUIC_UDP', 'SHUTDOWNWRAP', 'SIGNALWRAP',
  'STATWATCHER', 'STREAMPIPE', 'TCPCONNECTWRAP', 'TCPSERVERWRAP', 'TCPWRAP', 'TTYWRAP', 'UDPSENDWRAP', 'UDPWRAP',
  'SIGINTWATCHDOG', 'WORKER', 'WORKERCPUPROFILE', 'WORKERCPUUSAGE', 'WORKERHEAPPROFILE', 'WORKERHEAPSNAPSHOT',
  'WORKERHEAPSTATISTICS', 'WRITEWRAP', 'ZLIB', 'CHECKPRIMEREQUEST', 'PBKDF2REQUEST', 'KEYPAIRGENREQUEST',
  'KEYGENREQUEST', 'KEYEXPORTREQUEST', 'ARGON2REQUEST', 'CIPHERREQUEST', 'DERIVEBITSREQUEST', 'HASHREQUEST',
  'RANDOMBYTESREQUEST', 'RANDOMPRIMEREQUEST', 'SCRYPTREQUEST', 'SIGNREQUEST', 'TLSWRAP', 'VERIFYREQUEST',
];
const asyncWrapProviders = { __proto__: null };
kProviders.forEach((name, value) => {
  asyncWrapProviders[name] = value;
});
Object.freeze(asyncWrapProviders);

module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  asyncWrapProviders,
  AsyncResource,
};
