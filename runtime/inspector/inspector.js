'use strict';

// The public module inspector: sessions with V8's inspector of this thread or the main one, and the server that
// debuggers connect to. https://nodejs.org/api/inspector.html

const EventEmitter = require('events');
const { queueMicrotask } = require('internal/process/tick');
const {
  codes: {
    ERR_INSPECTOR_ALREADY_ACTIVATED, ERR_INSPECTOR_ALREADY_CONNECTED, ERR_INSPECTOR_CLOSED, ERR_INSPECTOR_COMMAND,
    ERR_INSPECTOR_NOT_ACTIVE, ERR_INSPECTOR_NOT_CONNECTED, ERR_INSPECTOR_NOT_WORKER,
  },
} = require('internal/errors');
const { validateFunction, validateInteger, validateObject, validateString } = require('internal/validators');
const { self } = require('internal/worker/shared');
const server = require('internal/inspector/server');
const events = require('internal/inspector/events');

const binding = internalBinding('inspector');

const isUint32 = (value) => value === value >>> 0;

/** A session with the inspector of this thread. Answers come before dispatch() returns. */
class Connection {
  #id;
  constructor(onMessage) {
    require('internal/inspector/agent');
    this.#id = binding.connect(onMessage);
  }
  dispatch(message) { binding.dispatch(this.#id, message); }
  disconnect() { binding.disconnect(this.#id); }
}

/** ... of another thread. */
class ThreadConnection {
  #id;
  constructor(threadId, onMessage) {
    this.#id = binding.connectToThread(threadId, onMessage);
  }
  dispatch(message) { binding.dispatchToThread(this.#id, message); }
  disconnect() { binding.disconnectFromThread(this.#id); }
}

class Session extends EventEmitter {
  #connection = null;
  #nextId = 1;
  #callbacks = new Map();

  connect() {
    server.checkPermission();
    if (this.#connection) throw new ERR_INSPECTOR_ALREADY_CONNECTED('The inspector session');
    this.#connection = new Connection((message) => this.#onMessage(message));
  }

  connectToMainThread() {
    server.checkPermission();
    if (self.isMainThread) throw new ERR_INSPECTOR_NOT_WORKER();
    if (this.#connection) throw new ERR_INSPECTOR_ALREADY_CONNECTED('The inspector session');
    this.#connection = new ThreadConnection(0, (message) => queueMicrotask(() => this.#onMessage(message)));
  }

  // What a listener or callback throws must not come out of V8's inspector.
  #onMessage(message) {
    const parsed = JSON.parse(message);
    try {
      if (parsed.id) {
        const callback = this.#callbacks.get(parsed.id);
        this.#callbacks.delete(parsed.id);
        if (!callback) return;
        if (parsed.error) callback(new ERR_INSPECTOR_COMMAND(parsed.error.code, parsed.error.message));
        else callback(null, parsed.result);
      } else {
        this.emit(parsed.method, parsed);
        this.emit('inspectorNotification', parsed);
      }
    } catch (error) {
      process.emitWarning(error);
    }
  }

  post(method, params, callback) {
    validateString(method, 'method');
    if (!callback && typeof params === 'function') {
      callback = params;
      params = null;
    }
    if (params) validateObject(params, 'params');
    if (callback) validateFunction(callback, 'callback');
    if (!this.#connection) throw new ERR_INSPECTOR_NOT_CONNECTED();
    const id = this.#nextId++;
    const message = { id, method };
    if (params) message.params = params;
    if (callback) this.#callbacks.set(id, callback);
    this.#connection.dispatch(JSON.stringify(message));
  }

  disconnect() {
    if (!this.#connection) return;
    this.#connection.disconnect();
    this.#connection = null;
    for (const callback of this.#callbacks.values()) {
      process.nextTick(callback, new ERR_INSPECTOR_CLOSED());
    }
    this.#callbacks.clear();
    this.#nextId = 1;
  }
}

function isLoopback(host) {
  const name = host.toLowerCase();
  return name.startsWith('127.') || name === 'localhost' || name === '::1' || name === '[::1]' ||
    name === '0:0:0:0:0:0:0:1' || name === '[0:0:0:0:0:0:0:1]';
}

function open(port, host, wait) {
  if (server.isOpen()) throw new ERR_INSPECTOR_ALREADY_ACTIVATED();
  if (isUint32(port)) validateInteger(port, 'port', 0, 65535);
  if (host && !isLoopback(host)) {
    process.emitWarning(
      'Binding the inspector to a public IP with an open port is insecure, as it allows external hosts to connect to ' +
      'the inspector and perform a remote code execution attack. Documentation can be found at ' +
      'https://nodejs.org/api/cli.html#--inspecthostport', 'SecurityWarning');
  }
  server.open(isUint32(port) ? port : undefined, host);
  if (wait) waitForDebugger();
  return { __proto__: null, [Symbol.dispose]() { close(); } };
}

function close() {
  binding.close();
}

function waitForDebugger() {
  if (!server.isOpen()) throw new ERR_INSPECTOR_NOT_ACTIVE();
  binding.waitForDebugger();
}

module.exports = {
  open,
  close,
  url: binding.url,
  waitForDebugger,
  console: binding.v8Console(),
  Session,
  Network: events.Network,
  NetworkResources: events.NetworkResources,
  DOMStorage: events.DOMStorage,
};
