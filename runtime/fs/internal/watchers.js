'use strict';
// fs.watch, fs.watchFile and fs.promises.watch.

const EventEmitter = require('events');
const path = require('path');
const {
  AbortError,
  UVException,
  codes: {
    ERR_FS_WATCH_QUEUE_OVERFLOW, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const { isRegExp } = require('internal/util/types');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateInteger, validateObject,
  validateOneOf, validateUint32,
} = require('internal/validators');
const { encodeName, getOptions, getValidatedPath } = require('internal/fs/utils');
const { kFieldCount, makeStats } = require('internal/fs/stats');
const { toPathIfFileURL } = require('internal/url');
const binding = internalBinding('fs');

const kDefaultInterval = 5007;
const kMaxPollTime = 2 ** 31 - 1;

function watchError(status, filename) {
  const error = new UVException({
    errno: status, syscall: 'watch', path: filename, message: undefined,
  });
  error.filename = filename;
  return error;
}

// --- fs.watch --------------------------------------------------------------------------------------------------

class FSWatcher extends EventEmitter {
  #handle = null;
  #filename;

  /** Begins to watch, or throws what the system says. */
  start(filename, { encoding, isIgnored, persistent, throwIfNoEntry }) {
    const handle = new binding.FSEvent();
    const status = handle.start(getValidatedPath(filename), persistent);
    if (status !== 0) {
      handle.close();
      const error = watchError(status, filename);
      // A watcher of nothing: it can be closed, and that is all it does.
      if (error.code === 'ENOENT' && throwIfNoEntry === false) return;
      throw error;
    }
    this.#handle = handle;
    this.#filename = filename;
    handle.onchange = (changeStatus, event, name) => {
      if (changeStatus < 0) {
        this.#fail(changeStatus);
      } else if (name === null || !isIgnored?.(encodeName(name, 'utf8'))) {
        this.emit('change', event, name === null ? null : encodeName(name, encoding));
      }
    };
  }

  #fail(status) {
    const error = watchError(status, this.#filename);
    this.#release();
    this.emit('error', error);
  }

  #release() {
    const handle = this.#handle;
    this.#handle = null;
    handle?.close();
  }

  close() {
    if (this.#handle === null) return;
    this.#release();
    process.nextTick(emitClose, this);
  }

  ref() {
    this.#handle?.ref();
    return this;
  }

  unref() {
    this.#handle?.unref();
    return this;
  }
}

function emitClose(watcher) {
  watcher.emit('close');
}

function watchOptions(options) {
  options = { ...getOptions(options) };
  options.persistent ??= true;
  options.recursive ??= false;
  options.encoding ??= 'utf8';
  options.isIgnored = ignoreTest(options.ignore);
  validateBoolean(options.recursive, 'options.recursive');
  return options;
}

function makeWatcher(filename, options) {
  if (options.recursive) {
    const { RecursiveWatcher } = require('internal/fs/recursive_watch');
    const watcher = new RecursiveWatcher(options);
    watcher.start(filename);
    return watcher;
  }
  const watcher = new FSWatcher();
  watcher.start(filename, options);
  return watcher;
}

function toIgnoreTest(ignore, name) {
  if (typeof ignore === 'function') return ignore;
  if (isRegExp(ignore)) return (filename) => RegExp.prototype.exec.call(ignore, filename) !== null;
  if (typeof ignore !== 'string') {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', 'RegExp', 'Function', 'Array'], ignore);
  }
  if (ignore === '') throw new ERR_INVALID_ARG_VALUE(name, ignore, 'must be a non-empty string');
  const { matchesGlob } = require('internal/path/glob');
  // A pattern without a directory is about names, wherever they are.
  const base = !ignore.includes('/');
  return (filename) => matchesGlob(base ? path.basename(filename) : filename, ignore, false);
}

/** options.ignore as one test of a name that an event is about; undefined when there is nothing to ignore. */
function ignoreTest(ignore) {
  if (ignore == null) return undefined;
  if (!Array.isArray(ignore)) return toIgnoreTest(ignore, 'options.ignore');
  const tests = ignore.map((each, i) => toIgnoreTest(each, `options.ignore[${i}]`));
  return (filename) => tests.some((test) => test(filename));
}

function watch(filename, options, listener) {
  if (typeof options === 'function') listener = options;
  options = watchOptions(options);
  filename = getValidatedPath(filename);
  const watcher = makeWatcher(filename, options);
  if (listener) watcher.addListener('change', listener);
  const { signal } = options;
  if (signal) {
    if (signal.aborted) {
      process.nextTick(() => watcher.close());
    } else {
      const onAbort = () => watcher.close();
      signal.addEventListener('abort', onAbort, { once: true });
      watcher.once('close', () => signal.removeEventListener('abort', onAbort));
    }
  }
  return watcher;
}

// --- fs.promises.watch -----------------------------------------------------------------------------------------

function promiseWatchOptions(options) {
  const {
    persistent = true, recursive = false, encoding = 'utf8', maxQueue = 2048,
    overflow = 'ignore', signal, ignore,
  } = options;
  validateBoolean(persistent, 'options.persistent');
  validateBoolean(recursive, 'options.recursive');
  validateInteger(maxQueue, 'options.maxQueue');
  validateOneOf(overflow, 'options.overflow', ['ignore', 'error']);
  validateAbortSignal(signal, 'options.signal');
  if (encoding && !require('buffer').Buffer.isEncoding(encoding) && encoding !== 'buffer') {
    throw new ERR_INVALID_ARG_VALUE('options.encoding', encoding);
  }
  return {
    persistent, recursive, encoding, maxQueue, overflow, signal, isIgnored: ignoreTest(ignore),
  };
}

async function* watchPromise(filename, options = kEmptyObject) {
  filename = getValidatedPath(toPathIfFileURL(filename));
  validateObject(options, 'options');
  const settings = promiseWatchOptions(options);
  const { signal, maxQueue, overflow } = settings;
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });

  const queue = [];
  let failure = null;
  let wake = () => {};
  const fail = (error) => {
    failure ??= error;
    wake();
  };
  const watcher = makeWatcher(filename, settings);
  watcher.on('error', fail);
  watcher.on('change', (eventType, name) => {
    if (queue.length < maxQueue) {
      queue.push({ __proto__: null, eventType, filename: name });
      wake();
    } else if (overflow === 'error') {
      queue.length = 0;
      fail(new ERR_FS_WATCH_QUEUE_OVERFLOW(maxQueue));
    } else {
      process.emitWarning('fs.watch maxQueue exceeded');
    }
  });
  const onAbort = () => fail(new AbortError(undefined, { cause: signal.reason }));
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    while (true) {
      while (queue.length > 0) yield queue.shift();
      if (failure !== null) throw failure;
      await new Promise((resolve) => { wake = resolve; });
    }
  } finally {
    watcher.close();
    signal?.removeEventListener('abort', onAbort);
  }
}

// --- fs.watchFile ----------------------------------------------------------------------------------------------

class StatWatcher extends EventEmitter {
  #handle = null;
  #bigint;

  constructor(bigint) {
    super();
    this.#bigint = bigint;
  }

  start(filename, persistent, interval) {
    const handle = new binding.StatWatcher();
    this.#handle = handle;
    if (!persistent) handle.unref();
    handle.onchange = () => {
      this.emit('change', makeStats(this.#bigint), makeStats(this.#bigint, kFieldCount));
    };
    const status = handle.start(filename, interval);
    if (status !== 0) {
      const error = watchError(status, filename);
      this.stop();
      throw error;
    }
  }

  stop() {
    if (this.#handle === null) return;
    this.#handle.close();
    this.#handle = null;
    process.nextTick(() => this.emit('stop'));
  }

  ref() {
    this.#handle?.ref();
    return this;
  }

  unref() {
    this.#handle?.unref();
    return this;
  }
}

let statWatchers;

function watchedPath(filename) {
  return path.resolve(getValidatedPath(filename).toString());
}

function watchFile(filename, options, listener) {
  filename = watchedPath(filename);
  if (options === null || typeof options !== 'object') {
    listener = options;
    options = kEmptyObject;
  }
  validateFunction(listener, 'listener');
  const { persistent = true, interval = kDefaultInterval, bigint = false } = options;
  validateUint32(interval, 'interval');
  statWatchers ??= new Map();
  let watcher = statWatchers.get(filename);
  if (watcher === undefined) {
    watcher = new StatWatcher(bigint);
    watcher.start(filename, persistent, Math.min(interval, kMaxPollTime));
    statWatchers.set(filename, watcher);
  }
  watcher.addListener('change', listener);
  return watcher;
}

function unwatchFile(filename, listener) {
  filename = watchedPath(filename);
  const watcher = statWatchers?.get(filename);
  if (watcher === undefined) return;
  if (typeof listener === 'function') watcher.removeListener('change', listener);
  else watcher.removeAllListeners('change');
  if (watcher.listenerCount('change') === 0) {
    watcher.stop();
    statWatchers.delete(filename);
  }
}

module.exports = { FSWatcher, StatWatcher, unwatchFile, watch, watchFile, watchPromise };
