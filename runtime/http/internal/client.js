// http.ClientRequest: a request on its way to a server. Its socket comes from an agent (agent.js) or is made for it;
// the answer is read in client_socket.js.
'use strict';

const dc = require('diagnostics_channel');
const net = require('net');
const { getContextFrame } = require('internal/async_hooks');
const { codes, ConnResetException } = require('internal/errors');
const { begin, wanted } = require('internal/perf_hooks/measure');
const tracing = require('internal/trace_events');
const { getTimerDuration } = require('internal/timers');
const { validateBoolean, validateInteger } = require('internal/validators');
const { getMaxHeaderSize, isLenient, isToken, leniencyOf, readHttpValidation } = require('internal/http/common');
const { getGlobalAgent, kProxy } = require('internal/http/agent');
const {
  OutgoingMessage, kErrored, kOutHeaders, kUniqueHeaders, parseUniqueHeadersOption,
} = require('internal/http/outgoing');
require('internal/http/store_header');

const createdChannel = dc.channel('http.client.request.created');
const startChannel = dc.channel('http.client.request.start');
const errorChannel = dc.channel('http.client.request.error');

const kError = Symbol('kError');
const kPath = Symbol('kPath');
const kOptions = Symbol('kClientOptions');
const kMeasured = Symbol('kMeasured');
const kTraceId = Symbol('kTraceId');
const kContextFrame = Symbol('kContextFrame');  // of AsyncLocalStorage, where the request was made

const kInvalidPath = /[^\u0021-\u00ff]/;

function hostOption(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

// (url[, options][, callback]) or (options[, callback]).
function readArguments(input, options, callback) {
  const { URL, isURL, urlToHttpOptions } = require('internal/url');
  if (typeof input === 'string') {
    input = urlToHttpOptions(new URL(input));
  } else if (isURL(input)) {
    input = urlToHttpOptions(input);
  } else {
    callback = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = input || {};
  } else {
    options = Object.assign(input || { __proto__: null }, options);
  }
  return [options, callback];
}

function ClientRequest(input, options, callback) {
  if (!(this instanceof ClientRequest)) return new ClientRequest(input, options, callback);
  [options, callback] = readArguments(input, options, callback);
  OutgoingMessage.call(this, { highWaterMark: options.highWaterMark });
  this[kOptions] = options;
  this[kContextFrame] = getContextFrame();
  this.agent = readAgent(options);
  const protocol = options.protocol || this.agent?.protocol || 'http:';
  const expectedProtocol = this.agent?.protocol ?? 'http:';
  if (options.path !== undefined && options.path !== null) {
    const path = String(options.path);
    if (kInvalidPath.test(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
  }
  if (protocol !== expectedProtocol) throw new codes.ERR_INVALID_PROTOCOL(protocol, expectedProtocol);
  const defaultPort = options.defaultPort || this.agent?.defaultPort;
  const port = options.port = options.port || defaultPort || 80;
  const host = options.host = hostOption(options.hostname, 'hostname') || hostOption(options.host, 'host') || 'localhost';
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : options.setDefaultHeaders !== false;

  this._removedConnection = options.setDefaultHeaders === false;
  this._removedContLen = options.setDefaultHeaders === false;
  this._removedTE = options.setDefaultHeaders === false;
  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) this.timeout = getTimerDuration(options.timeout, 'timeout');
  readMethod(this, options);
  readParserOptions(this, options);
  this.path = options.path || '/';
  if (callback) this.once('response', callback);
  this.usesDefaultHost = false;
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  readKeepAlive(this);
  const proxy = this.agent?.[kProxy];
  if (proxy !== undefined && protocol === 'http:' && proxy.isUsedFor(options)) {
    // Nothing is left out of the Host header but the port that every proxy knows.
    const rewritten = proxy.rewrite(this, options, host, port);
    setInitialHeaders(this, rewritten, { host, port, defaultPort: 80, setHost });
  } else {
    setInitialHeaders(this, options, { host, port, defaultPort, setHost });
  }
  if (options.signal) require('stream').addAbortSignal(options.signal, this);
  start(this, options);
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

function readAgent(options) {
  let { agent } = options;
  const defaultAgent = options._defaultAgent || getGlobalAgent();
  if (agent === false) {
    agent = new defaultAgent.constructor();
  } else if (agent === null || agent === undefined) {
    agent = typeof options.createConnection === 'function' ? undefined : defaultAgent;
  } else if (typeof agent.addRequest !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  return agent;
}

const kBodiless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

function readMethod(req, options) {
  const { method } = options;
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (method) {
    if (!isToken(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
    req.method = method.toUpperCase();
  } else {
    req.method = 'GET';
  }
  req.useChunkedEncodingByDefault = !kBodiless.has(req.method);
}

function readParserOptions(req, options) {
  const { insecureHTTPParser, joinDuplicateHeaders, maxHeaderSize } = options;
  if (maxHeaderSize !== undefined) validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  req.maxHeaderSize = maxHeaderSize;
  if (insecureHTTPParser !== undefined) validateBoolean(insecureHTTPParser, 'options.insecureHTTPParser');
  req.insecureHTTPParser = insecureHTTPParser;
  req.httpValidation = readHttpValidation(options);
  if (joinDuplicateHeaders !== undefined) validateBoolean(joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  req.joinDuplicateHeaders = joinDuplicateHeaders;
  req[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);
}

function readKeepAlive(req) {
  const { agent } = req;
  if (!agent) {
    req._last = true;
    req.shouldKeepAlive = false;
    return;
  }
  // Many requests in a row over few sockets: the connection is worth keeping even where the agent says nothing.
  const keep = agent.keepAlive || Number.isFinite(agent.maxSockets);
  req._last = !keep;
  req.shouldKeepAlive = Boolean(keep);
}

function hostHeader(host, port, defaultPort) {
  let text = host;
  // An IPv6 address needs brackets, or its colons would be the port's.
  if (host.includes(':') && host.indexOf(':', host.indexOf(':') + 1) >= 0 && host[0] !== '[') text = `[${host}]`;
  return port && +port !== defaultPort ? `${text}:${port}` : text;
}

function setInitialHeaders(req, options, where) {
  const { headers } = options;
  if (!Array.isArray(headers)) {
    for (const name of Object.keys(headers ?? {})) req.setHeader(name, headers[name]);
    if (where.host && !req.getHeader('host') && where.setHost) {
      req.setHeader('Host', hostHeader(where.host, where.port, where.defaultPort));
    }
    if (options.auth && !req.getHeader('Authorization')) {
      const { Buffer } = require('buffer');
      req.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    }
    if (req.getHeader('expect')) {
      if (req._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
      req._storeHeader(`${req.method} ${req.path} HTTP/1.1\r\n`, req[kOutHeaders]);
    }
    return;
  }
  // A list is sent as it is: even Host is for the program to put into it.
  req._storeHeader(`${req.method} ${req.path} HTTP/1.1\r\n`, headers);
}

// An entry for PerformanceObserver: from the end of the request to the head of the answer (client_socket.js).
function measure(req) {
  const { defaultPort = req.agent?.defaultPort, port } = req[kOptions];
  const host = +port === (defaultPort || 80) ? req.host : `${req.host}:${port}`;
  const url = `${req.protocol}//${host}${req.path}`;
  return begin('http', 'HttpClient', { req: { method: req.method, url, headers: { ...req.getHeaders() } } });
}

function start(req, options) {
  if (createdChannel.hasSubscribers) createdChannel.publish({ request: req });
  if (req.agent) {
    // What the request was made with, for the agent to make a socket with.
    req.agent.addRequest(req, optionsForAgent(req, options));
    return;
  }
  const opts = { ...options, path: options.socketPath, signal: undefined };
  if (typeof options.createConnection !== 'function') {
    req.onSocket(net.createConnection(opts));
    return;
  }
  let called = false;
  const onCreate = (error, socket) => {
    if (called) return;
    called = true;
    if (error) process.nextTick(() => emitError(req, error));
    else req.onSocket(socket);
  };
  try {
    const socket = options.createConnection(opts, onCreate);
    if (socket) onCreate(null, socket);
  } catch (error) {
    onCreate(error);
  }
}

function optionsForAgent(req, options) {
  // The signal is the request's, not its socket's.
  const opts = { ...options, signal: undefined };
  if (req.timeout !== undefined) opts.timeout = req.timeout;
  if (!options.socketPath) opts.path = undefined;
  return opts;
}

function emitError(req, error) {
  if (errorChannel.hasSubscribers) errorChannel.publish({ request: req, error });
  req.emit('error', error);
}

const proto = ClientRequest.prototype;

Object.defineProperty(proto, 'path', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return this[kPath];
  },
  set(value) {
    const path = String(value);
    if (kInvalidPath.test(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
    this[kPath] = path;
  },
});

proto._isLenientHeaderValidation = function() {
  return isLenient(this);
};

proto._finish = function _finish() {
  OutgoingMessage.prototype._finish.call(this);
  if (startChannel.hasSubscribers) startChannel.publish({ request: this });
  if (wanted.has('http')) this[kMeasured] = measure(this);
  if (tracing.recorded.http) {
    this[kTraceId] = tracing.nextId();
    tracing.trace('b', 'http', 'http.client.request', this[kTraceId]);
  }
};

proto._implicitHeader = function _implicitHeader() {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this[kOutHeaders]);
};

proto.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  process.nextTick((req) => req.emit('abort'), this);
  this.destroy();
};

proto.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  // The answer that is being read ends with the request.
  this.res?._dump();
  this[kError] = error;
  this.socket?.destroy(error);
  return this;
};

// What an error before any answer is called.
function hangUp() {
  return new ConnResetException('socket hang up');
}

// Destroyed, or failed, before it had a socket to do it with.
function closeBeforeSocket(req, socket, error) {
  error ??= req[kError];
  if (socket && (error || !req.agent || socket.destroyed)) {
    // What the socket says of its end is the request's error.
    require('stream').finished(socket.destroy(error), (socketError) => {
      if (socketError?.code === 'ERR_STREAM_PREMATURE_CLOSE') socketError = undefined;
      conclude(req, socketError ?? error);
    });
    return;
  }
  if (socket) {
    socket._httpMessage = req;
    socket.emit('free');
  }
  conclude(req, error);
}

function conclude(req, error) {
  req.destroyed = true;
  if (!error && !req.aborted) error = hangUp();
  if (error) {
    req[kErrored] ??= error;
    req._errorEmitted = true;
    emitError(req, error);
  }
  req._closed = true;
  req.emit('close');
}

proto.onSocket = function onSocket(socket, error) {
  process.nextTick((req) => {
    if (req.destroyed || error) {
      closeBeforeSocket(req, socket, error);
      return;
    }
    require('internal/http/client_socket').attach(req, socket);
  }, this);
};

/** Calls socket[method](...args) once there is a socket that is connected. */
proto._deferToConnect = function _deferToConnect(method, args, callback) {
  const act = () => {
    if (method) Reflect.apply(this.socket[method], this.socket, args);
    if (typeof callback === 'function') callback();
  };
  const onSocket = () => {
    if (this.socket.writable) act();
    else this.socket.once('connect', act);
  };
  if (this.socket) onSocket();
  else this.once('socket', onSocket);
};

proto.setTimeout = function setTimeout(msecs, callback) {
  if (this._ended) return this;
  const { listenSocketTimeout, setSocketTimeout } = require('internal/http/client_socket');
  listenSocketTimeout(this);
  msecs = getTimerDuration(msecs, 'timeout');
  if (callback) this.once('timeout', callback);
  if (this.socket) {
    setSocketTimeout(this.socket, msecs);
  } else {
    this.once('socket', (socket) => setSocketTimeout(socket, msecs));
  }
  return this;
};

proto.setNoDelay = function setNoDelay(noDelay) {
  this._deferToConnect('setNoDelay', [noDelay]);
};

proto.setSocketKeepAlive = function setSocketKeepAlive(enable, initialDelay) {
  this._deferToConnect('setKeepAlive', [enable, initialDelay]);
};

proto.clearTimeout = function clearTimeout(callback) {
  this.setTimeout(0, callback);
};

/** How its answers are parsed: [maxHeadSize, maxHeaders, leniency]. */
function parserOptions(req) {
  // Too many headers are left out (client_socket.js), not refused.
  return [req.maxHeaderSize || getMaxHeaderSize(), 0, leniencyOf(req)];
}

module.exports = { ClientRequest, emitError, hangUp, kContextFrame, kError, kMeasured, kTraceId, parserOptions };
