'use strict';

// navigator.locks and worker_threads.locks, https://w3c.github.io/web-locks. The table is the main thread's; the other
// threads reach it over a channel of that name. Run when a thread first asks, on the main thread with its first worker.

const dc = require('diagnostics_channel');
const { createBroadcast } = internalBinding('messaging');
const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { self } = require('internal/worker/shared');

const kChannel = '\0locks';
const kName = Symbol('kName');
const kMode = Symbol('kMode');

// What becomes of a request, for whoever listens.
const startChannel = dc.channel('locks.request.start');
const grantChannel = dc.channel('locks.request.grant');
const missChannel = dc.channel('locks.request.miss');
const endChannel = dc.channel('locks.request.end');

const clientOf = (threadId) => `node-${process.pid}-${threadId}`;

function domException(message, name) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, name);
}

class Lock {
  constructor(token, name, mode) {
    if (token !== kName) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this[kName] = name;
    this[kMode] = mode;
  }

  get name() { return this[kName]; }
  get mode() { return this[kMode]; }
}

// --- The way to the table: calls of it, and what it says of this thread's requests. ---

const requests = new Map();  // by id: this thread's, that wait or hold
const queries = new Map();
let lastId = 0;
let table;
let channel;

function onEvent(id, event) {
  requests.get(id)?.(event);
}

/** On the main thread: from now on other threads are answered. */
function openTable() {
  if (table !== undefined) return;
  const { LockTable } = require('internal/worker/lock_table');
  const own = clientOf(0);
  table = new LockTable(({ client, id }, event) => {
    if (client === own) process.nextTick(onEvent, id, event);
    else channel.postMessage({ client, id, event }, [], undefined);
  });
  channel = createBroadcast(kChannel);
  channel.onmessage = ({ call, argument, client, id }) => {
    if (call === 'query') channel.postMessage({ client, id, state: table.query() }, [], undefined);
    else if (call !== undefined) table[call](argument);
  };
  channel.start();
}

function openChannel() {
  if (channel !== undefined) return;
  const own = clientOf(self.threadId);
  channel = createBroadcast(kChannel);
  channel.onmessage = ({ client, id, event, state }) => {
    if (client !== own) return;
    if (state === undefined) {
      onEvent(id, event);
    } else {
      queries.get(id)(state);
      queries.delete(id);
    }
    holdWhileWaiting();
  };
  channel.start();
}

// A thread that waits for an answer does not end.
function holdWhileWaiting() {
  if (self.isMainThread) return;
  if (requests.size + queries.size > 0) channel.ref();
  else channel.unref();
}

function callTable(call, argument) {
  if (self.isMainThread) {
    openTable();
    table[call](argument);
    return;
  }
  openChannel();
  channel.postMessage({ call, argument }, [], undefined);
  holdWhileWaiting();
}

function queryTable() {
  if (self.isMainThread) {
    openTable();
    return Promise.resolve(table.query());
  }
  openChannel();
  const id = ++lastId;
  return new Promise((resolve) => {
    queries.set(id, resolve);
    channel.postMessage({ call: 'query', client: clientOf(self.threadId), id }, [], undefined);
    holdWhileWaiting();
  });
}

/** Whoever started a worker says when it has ended: its locks are free. */
function forgetThread(threadId) {
  callTable('forget', clientOf(threadId));
}

// --- The interface. ---

function typeError(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}

function readOptions(options) {
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
    throw typeError('Value cannot be converted to a dictionary');
  }
  const { mode = 'exclusive', ifAvailable = false, steal = false, signal } = options ?? {};
  if (mode !== 'exclusive' && mode !== 'shared') {
    throw Object.assign(new TypeError(`mode '${mode}' is not a valid enum value of type LockMode.`),
                        { code: new ERR_INVALID_ARG_VALUE('mode', mode).code });
  }
  if (signal !== undefined && (signal === null || typeof signal !== 'object')) throw typeError('signal is not an object.');
  validateAbortSignal(signal, 'options.signal');
  signal?.throwIfAborted();
  if (ifAvailable && steal) throw domException('ifAvailable and steal are mutually exclusive', 'NotSupportedError');
  if (steal && mode === 'shared') throw domException('mode: "shared" and steal are mutually exclusive', 'NotSupportedError');
  if (signal !== undefined && (steal || ifAvailable)) {
    throw domException(`signal and ${steal ? 'steal' : 'ifAvailable'} are mutually exclusive`, 'NotSupportedError');
  }
  return { mode, ifAvailable: Boolean(ifAvailable), steal: Boolean(steal), signal };
}

function start(name, { mode, ifAvailable, steal, signal }, callback) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const request = { client: clientOf(self.threadId), id: ++lastId, name, mode, ifAvailable, steal };
  const end = () => {
    requests.delete(request.id);
    callTable('release', request);
  };
  const onAbort = () => {
    end();
    publishEnd(request, signal.reason);
    reject(signal.reason);
  };
  const { AsyncResource } = require('async_hooks');
  requests.set(request.id, AsyncResource.bind((event) => {
    signal?.removeEventListener('abort', onAbort);
    if (event === 'stolen') {
      requests.delete(request.id);
      const error = domException('The operation was aborted', 'AbortError');
      publishEnd(request, error);
      reject(error);
      return;
    }
    const lock = event === 'granted' ? new Lock(kName, name, mode) : null;
    publish(lock === null ? missChannel : grantChannel, request);
    const run = async () => callback(lock);
    const finish = (error) => {
      if (!requests.has(request.id)) return;  // Stolen meanwhile: that was its end.
      end();
      publishEnd(request, error);
    };
    run().then((result) => {
      finish();
      resolve(result);
    }, (error) => {
      finish(error);
      reject(error);
    });
  }));
  signal?.addEventListener('abort', onAbort, { once: true });
  publish(startChannel, request);
  callTable('request', request);
  return promise;
}

function publish(channel, { name, mode }) {
  if (channel.hasSubscribers) channel.publish({ name, mode });
}

function publishEnd({ name, mode, steal, ifAvailable }, error) {
  if (endChannel.hasSubscribers) endChannel.publish({ name, mode, steal, ifAvailable, error });
}

class LockManager {
  constructor(token) {
    if (token !== kName) throw new ERR_ILLEGAL_CONSTRUCTOR();
  }

  async request(name, options, callback = undefined) {
    if (callback === undefined) [options, callback] = [undefined, options];
    if (typeof name === 'symbol') throw typeError('Value is a Symbol and cannot be converted to a string.');
    name = `${name}`;
    validateFunction(callback, 'callback');
    const read = readOptions(options);
    if (name.startsWith('-')) throw domException('Lock name may not start with hyphen', 'NotSupportedError');
    return start(name, read, callback);
  }

  async query() {
    return queryTable();
  }
}

for (const Class of [Lock, LockManager]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, value: Class.name, configurable: true });
}

module.exports = { Lock, LockManager, forgetThread, locks: new LockManager(kName), openTable };
