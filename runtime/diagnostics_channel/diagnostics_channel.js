'use strict';

// The `diagnostics_channel` module: named channels on which libraries publish what they do, at next to no cost while
// nobody listens. Part of the start-up snapshot: many built-ins hold channels.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { onStart } = require('internal/bootstrap/startup');

// Channels by name. Those of a running process that nobody holds and nobody listens to may be collected; those made
// while the snapshot was built are held, as weak references cannot be part of it.
const channels = new Map();
const listenedTo = new Set();
let collected;
let running = false;
onStart(() => {
  running = true;
});

function findChannel(name) {
  const entry = channels.get(name);
  return entry instanceof Channel ? entry : entry?.deref();
}

function remember(channel) {
  if (!running) {
    channels.set(channel.name, channel);
    return;
  }
  channels.set(channel.name, new WeakRef(channel));
  collected ??= new FinalizationRegistry((name) => {
    if (findChannel(name) === undefined) channels.delete(name);
  });
  collected.register(channel, channel.name);
}

// A subscriber that throws must not harm who publishes.
function throwLater(error) {
  process.nextTick(() => {
    throw error;
  });
}

class Channel {
  // Replaced, never changed, so that publish() needs no copy.
  _subscribers = undefined;
  _stores = undefined;

  /** @param {string | symbol} name */
  constructor(name) {
    this.name = name;
    this._index = undefined;  // For tracers that keep channels in a table.
    remember(this);
  }

  /** @param {(message: unknown, name: string | symbol) => void} subscription */
  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    this._subscribers = [...this._subscribers ?? [], subscription];
    listenedTo.add(this);
  }

  /** @returns {boolean} whether it was subscribed */
  unsubscribe(subscription) {
    const index = this._subscribers?.indexOf(subscription) ?? -1;
    if (index === -1) return false;
    this._subscribers = this._subscribers.toSpliced(index, 1);
    this.#forgetIfUnused();
    return true;
  }

  /**
   * While runStores() runs, `store` holds the message, or what `transform` makes of it.
   * @param {AsyncLocalStorage} store
   * @param {(message: unknown) => unknown} [transform]
   */
  bindStore(store, transform) {
    (this._stores ??= new Map()).set(store, transform);
    listenedTo.add(this);
  }

  /** @returns {boolean} whether it was bound */
  unbindStore(store) {
    if (!this._stores?.delete(store)) return false;
    this.#forgetIfUnused();
    return true;
  }

  #forgetIfUnused() {
    if (this._subscribers?.length === 0) this._subscribers = undefined;
    if (this._stores?.size === 0) this._stores = undefined;
    if (!this.hasSubscribers) listenedTo.delete(this);
  }

  get hasSubscribers() {
    return this._subscribers !== undefined || this._stores !== undefined;
  }

  publish(data) {
    const subscribers = this._subscribers;
    if (subscribers === undefined) return;
    for (let i = 0; i < subscribers.length; ++i) {
      try {
        const subscriber = subscribers[i];
        subscriber(data, this.name);
      } catch (error) {
        throwLater(error);
      }
    }
  }

  /** Publishes `data` and calls `fn` with the bound stores entered. */
  runStores(data, fn, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    let run = () => {
      this.publish(data);
      return Reflect.apply(fn, thisArg, args);
    };
    for (const [store, transform] of this._stores ?? []) run = runInStore(store, transform, data, run);
    return run();
  }
}

function runInStore(store, transform, data, next) {
  return () => {
    let value = data;
    if (transform) {
      try {
        value = transform(data);
      } catch (error) {
        throwLater(error);
        return next();
      }
    }
    return store.run(value, next);
  };
}

/** @param {string | symbol} name */
function channel(name) {
  const existing = findChannel(name);
  if (existing !== undefined) return existing;
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  }
  return new Channel(name);
}

function subscribe(name, subscription) {
  return channel(name).subscribe(subscription);
}

function unsubscribe(name, subscription) {
  return channel(name).unsubscribe(subscription);
}

function hasSubscribers(name) {
  return findChannel(name)?.hasSubscribers ?? false;
}

const kTraceEvents = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

function checkChannel(value, name) {
  Object.getPrototypeOf(value);  // Throws where there is none.
  if (!(value instanceof Channel)) throw new ERR_INVALID_ARG_TYPE(`nameOrChannels.${name}`, ['Channel'], value);
  return value;
}

function channelOf(nameOrChannels, event) {
  if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${event}`);
  if (typeof nameOrChannels === 'object' && nameOrChannels !== null) return checkChannel(nameOrChannels[event], event);
  throw new ERR_INVALID_ARG_TYPE('nameOrChannels', ['string', 'object', 'TracingChannel'], nameOrChannels);
}

// Five channels for the stages of one operation.
class TracingChannel {
  constructor(nameOrChannels) {
    for (const event of kTraceEvents) {
      Object.defineProperty(this, event, { __proto__: null, value: channelOf(nameOrChannels, event) });
    }
  }

  get hasSubscribers() {
    // Spelled out: asked at each require().
    return Boolean(this.start?.hasSubscribers || this.end?.hasSubscribers || this.asyncStart?.hasSubscribers ||
                   this.asyncEnd?.hasSubscribers || this.error?.hasSubscribers);
  }

  subscribe(handlers) {
    for (const event of kTraceEvents) {
      if (handlers[event]) this[event]?.subscribe(handlers[event]);
    }
  }

  unsubscribe(handlers) {
    let done = true;
    for (const event of kTraceEvents) {
      if (handlers[event] && !this[event]?.unsubscribe(handlers[event])) done = false;
    }
    return done;
  }

  /** Traces a function that does its work before it returns. */
  traceSync(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    return this.start.runStores(context, () => {
      try {
        const result = Reflect.apply(fn, thisArg, args);
        context.result = result;
        return result;
      } catch (err) {
        context.error = err;
        this.error.publish(context);
        throw err;
      } finally {
        this.end.publish(context);
      }
    });
  }

  /** Traces a function that returns a promise. */
  tracePromise(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const settle = () => {
      this.asyncStart.publish(context);
      // The code after an `await` of the caller cannot be bracketed.
      this.asyncEnd.publish(context);
    };
    const onResolve = (result) => {
      context.result = result;
      settle();
      return result;
    };
    const onReject = (err) => {
      context.error = err;
      this.error.publish(context);
      settle();
      return Promise.reject(err);
    };
    return this.start.runStores(context, () => {
      try {
        let promise = Reflect.apply(fn, thisArg, args);
        if (!(promise instanceof Promise)) promise = Promise.resolve(promise);
        return promise.then(onResolve, onReject);
      } catch (err) {
        context.error = err;
        this.error.publish(context);
        throw err;
      } finally {
        this.end.publish(context);
      }
    });
  }

  /** Traces a function that takes a callback: its argument at `position`. */
  traceCallback(fn, position = -1, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const trace = this;
    const callback = args.at(position);
    validateFunction(callback, 'callback');

    function wrapped(err, result) {
      if (err) {
        context.error = err;
        trace.error.publish(context);
      } else {
        context.result = result;
      }
      return trace.asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, arguments);
        } finally {
          trace.asyncEnd.publish(context);
        }
      });
    }
    args.splice(position, 1, wrapped);

    return this.start.runStores(context, () => {
      try {
        return Reflect.apply(fn, thisArg, args);
      } catch (err) {
        context.error = err;
        this.error.publish(context);
        throw err;
      } finally {
        this.end.publish(context);
      }
    });
  }
}

/** @param {string | Record<string, Channel>} nameOrChannels */
function tracingChannel(nameOrChannels) {
  return new TracingChannel(nameOrChannels);
}

module.exports = { channel, hasSubscribers, subscribe, tracingChannel, unsubscribe, Channel };
