// http.Server: options, what a request means (continue, upgrade, limits), time-outs, and the closing of connections.
'use strict';

const dc = require('diagnostics_channel');
const net = require('net');
const { codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const {
  validateBoolean, validateFunction, validateInteger, validateObject,
} = require('internal/validators');
const { getMaxHeaderSize, leniencyOf, readHttpValidation, STATUS_CODES } = require('internal/http/common');
const { IncomingMessage } = require('internal/http/incoming');
const { kUniqueHeaders, parseUniqueHeadersOption } = require('internal/http/outgoing');
const { ServerResponse } = require('internal/http/server_response');
const { begin, wanted } = require('internal/perf_hooks/measure');
const tracing = require('internal/trace_events');
const { NativeConnection, kConnections, kHttpConnection } = require('internal/http/connection');

const { Pipe, TCP } = internalBinding('net');

const startChannel = dc.channel('http.server.request.start');
const createdChannel = dc.channel('http.server.response.created');

const kOptions = Symbol('kOptions');
const kResponseOptions = Symbol('kResponseOptions');
const kCheckTimer = Symbol('http.server.connectionsCheckingInterval');

const BAD_REQUEST = `HTTP/1.1 400 ${STATUS_CODES[400]}\r\nConnection: close\r\n\r\n`;
const HEADERS_TOO_LARGE = `HTTP/1.1 431 ${STATUS_CODES[431]}\r\nConnection: close\r\n\r\n`;
const PAYLOAD_TOO_LARGE = `HTTP/1.1 413 ${STATUS_CODES[413]}\r\nConnection: close\r\n\r\n`;
const REQUEST_TIMEOUT = `HTTP/1.1 408 ${STATUS_CODES[408]}\r\nConnection: close\r\n\r\n`;

/** (options, listener), each of which may be missing. */
function readServerArguments(options, requestListener) {
  if (typeof options === 'function') return [kEmptyObject, options];
  if (options === undefined || options === null) return [kEmptyObject, requestListener];
  validateObject(options, 'options');
  return [options, requestListener];
}

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  [options, requestListener] = readServerArguments(options, requestListener);
  storeOptions(this, options);
  net.Server.call(this, {
    allowHalfOpen: true,
    noDelay: options.noDelay ?? true,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    highWaterMark: options.highWaterMark,
  });
  this.on('connection', connectionListener);
  initialise(this, options, requestListener);
}

/** What a server has that speaks HTTP, over TCP or TLS. */
function initialise(server, options, requestListener) {
  if (requestListener) server.on('request', requestListener);
  server.httpAllowHalfOpen = false;
  server.on('listening', setUpChecks);
  server.timeout = 0;
  server.maxHeadersCount = null;
  server.maxRequestsPerSocket = 0;
  server[kConnections] = new Set();
  server[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);
  server._closing = false;
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

function readInteger(options, name, fallback, validate = validateInteger) {
  const value = options[name];
  if (value === undefined) return fallback;
  validate(value, name, 0);
  return value;
}

function readBoolean(options, name, fallback) {
  const value = options[name];
  if (value === undefined) return fallback;
  validateBoolean(value, `options.${name}`);
  return value;
}

function storeOptions(server, options) {
  server[kOptions] = options;
  server._Request = options.IncomingMessage || IncomingMessage;
  server._Response = options.ServerResponse || ServerResponse;
  server.maxHeaderSize = readInteger(options, 'maxHeaderSize', undefined);
  server.insecureHTTPParser = readBoolean(options, 'insecureHTTPParser', undefined);
  server.httpValidation = readHttpValidation(options);
  server.requestTimeout = readInteger(options, 'requestTimeout', 300_000);
  server.headersTimeout = options.headersTimeout === undefined ?
    Math.min(60_000, server.requestTimeout || 60_000) : readInteger(options, 'headersTimeout', 0);
  if (server.requestTimeout > 0 && server.headersTimeout > 0 && server.headersTimeout > server.requestTimeout) {
    throw new codes.ERR_OUT_OF_RANGE('headersTimeout', '<= requestTimeout', server.headersTimeout);
  }
  server.keepAliveTimeout = readInteger(options, 'keepAliveTimeout', 5000);
  server.keepAliveTimeoutBuffer = readInteger(options, 'keepAliveTimeoutBuffer', 1000);
  server.connectionsCheckingInterval = readInteger(options, 'connectionsCheckingInterval', 30_000);
  server.requireHostHeader = readBoolean(options, 'requireHostHeader', true);
  server.joinDuplicateHeaders = readBoolean(options, 'joinDuplicateHeaders', undefined);
  server.rejectNonStandardBodyWrites = readBoolean(options, 'rejectNonStandardBodyWrites', false);
  server.optimizeEmptyRequests = readBoolean(options, 'optimizeEmptyRequests', false);
  if (options.shouldUpgradeCallback !== undefined) {
    validateFunction(options.shouldUpgradeCallback, 'options.shouldUpgradeCallback');
    server.shouldUpgradeCallback = options.shouldUpgradeCallback;
  } else {
    server.shouldUpgradeCallback = function() {
      return this.listenerCount('upgrade') > 0;
    };
  }
}

const proto = Server.prototype;

// ---- What connections ask ----

proto._maxHeadSize = function() {
  return this.maxHeaderSize || getMaxHeaderSize();
};

proto._leniency = function() {
  return leniencyOf(this);
};

const kDefaultMaxHeaders = 1000;

/** How many headers a request may have; 0: any number. */
proto._maxHeaders = function() {
  return typeof this.maxHeadersCount === 'number' ? this.maxHeadersCount : kDefaultMaxHeaders;
};

proto._hasClientError = function() {
  return this.listenerCount('clientError') > 0;
};

// ---- Connections ----

// Without listeners of the program's own a connection needs no net.Socket until one is asked for.
proto._acceptHandle = function(handle) {
  const { connection } = this._events;
  if (connection !== connectionListener || this.blockList || typeof this.maxConnections === 'number' ||
      this.timeout || net.Server.prototype._wrapHandle !== this._wrapHandle) {
    net.Server.prototype._acceptHandle.call(this, handle);
    return;
  }
  if (this.noDelay && handle.setNoDelay) handle.setNoDelay(true);
  if (this.keepAlive && handle.setKeepAlive) handle.setKeepAlive(true, this.keepAliveInitialDelay);
  this._connections++;
  new NativeConnection(this, handle, null).start();
};

/** The listener of 'connection': a socket, or whatever Duplex somebody emitted. */
function connectionListener(socket) {
  const handle = socket._handle;
  // The one that serves it; it may have been accepted elsewhere.
  socket.server = this;
  if (socket instanceof net.Socket && (handle instanceof TCP || handle instanceof Pipe) &&
      Object.getPrototypeOf(socket) === net.Socket.prototype && socket.readableLength === 0 &&
      !socket.readableEnded && !socket.destroyed) {
    const connection = new NativeConnection(this, handle, null);
    connection.adoptSocket(socket);
    connection.start();
    return;
  }
  const { StreamConnection } = require('internal/http/stream_connection');
  new StreamConnection(this, socket).start();
}

// ---- Requests ----

// Bits of what the parser says about a head.
const kKeepAlive = 1;
const kComplete = 4;
const kHasHost = 8;
const kHasExpect = 16;

const kContinue = /^100-continue$/i;

/** A head has come in: makes the response and tells the program. As the parser wants it: 0, 1 no body, 2 upgrade. */
proto._handleRequest = function(connection, req, flags) {
  if (req.upgrade) {
    req.upgrade = req.method === 'CONNECT' ? this.listenerCount('connect') > 0 : Boolean(this.shouldUpgradeCallback(req));
    if (req.method === 'CONNECT' || req.upgrade) {
      req.upgrade = true;
      connection.upgrading = req;
      return 2;
    }
  }
  if (!(flags & kComplete)) connection.incoming = req;
  const Response = this._Response;
  const res = new Response(req, responseOptions(this));
  if (this.maxRequestsPerSocket) res._maxRequestsPerSocket = this.maxRequestsPerSocket;
  if ((flags & kKeepAlive) === 0 || this._closing) res.shouldKeepAlive = false;
  if (this[kUniqueHeaders] !== null) res[kUniqueHeaders] = this[kUniqueHeaders];
  if (this.optimizeEmptyRequests && isEmpty(req)) req._dumpAndCloseReadable();
  if (startChannel.hasSubscribers || createdChannel.hasSubscribers) publishRequest(this, connection, req, res);
  if (wanted.has('http')) measure(req, res);
  if (tracing.recorded.http) traceRequest(req, res);
  connection.enqueue(res);
  return dispatch(this, connection, req, res, flags);
};

// One object for all responses, as long as the program does not change what is in it.
function responseOptions(server) {
  const options = server[kResponseOptions];
  if (options !== undefined && options.highWaterMark === server.highWaterMark &&
      options.rejectNonStandardBodyWrites === server.rejectNonStandardBodyWrites) return options;
  const { highWaterMark, rejectNonStandardBodyWrites } = server;
  return server[kResponseOptions] = { highWaterMark, rejectNonStandardBodyWrites };
}

function publishRequest(server, connection, request, response) {
  if (startChannel.hasSubscribers) {
    startChannel.publish({ request, response, socket: connection.socketFor(), server });
  }
  if (createdChannel.hasSubscribers) createdChannel.publish({ request, response });
}

// Whether the head announces no body: such a request needs no stream that ends.
function isEmpty(req) {
  return req.headers['content-length'] === undefined && req.headers['transfer-encoding'] === undefined;
}

/** An entry for PerformanceObserver. */
function measure(req, res) {
  const done = begin('http', 'HttpRequest', { req: { method: req.method, url: req.url, headers: req.headers } });
  res.once('finish', () => {
    done({ res: { statusCode: res.statusCode, statusMessage: res.statusMessage, headers: res.getHeaders() } });
  });
}

function traceRequest(req, res) {
  const id = tracing.nextId();
  tracing.trace('b', 'http', 'http.server.request', id);
  res.once('finish', () => {
    tracing.trace('e', 'http', 'http.server.request', id, { url: req.url, statusCode: res.statusCode });
  });
}

function dispatch(server, connection, req, res, flags) {
  const oneOne = req.httpVersionMajor === 1 && req.httpVersionMinor === 1;
  if (oneOne && server.requireHostHeader && !(flags & kHasHost)) {
    res.writeHead(400, ['Connection', 'close']);
    res.end();
    return 0;
  }
  const { maxRequestsPerSocket } = server;
  if (maxRequestsPerSocket > 0) {
    connection.requests++;
    res.maxRequestsOnConnectionReached = maxRequestsPerSocket <= connection.requests;
    if (maxRequestsPerSocket < connection.requests) {
      server.emit('dropRequest', req, connection.socketFor());
      res.writeHead(503);
      res.end();
      return 0;
    }
  }
  const expect = oneOne && (flags & kHasExpect) ? req.headers.expect : undefined;
  if (expect === undefined) {
    server.emit('request', req, res);
  } else if (kContinue.test(expect)) {
    res._expect_continue = true;
    if (server.listenerCount('checkContinue') > 0) {
      server.emit('checkContinue', req, res);
    } else {
      res.writeContinue();
      server.emit('request', req, res);
    }
  } else if (server.listenerCount('checkExpectation') > 0) {
    server.emit('checkExpectation', req, res);
  } else {
    res.writeHead(417);
    res.end();
  }
  return 0;
}

/** The request asked for another protocol and the program knows one. */
proto._upgrade = function(req, socket, head) {
  // An answer before it ended the connection: nothing behind that is asked for.
  if (socket.writableEnded) {
    socket.resume();
    return;
  }
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (this.listenerCount(event) > 0) {
    this.emit(event, req, socket, head);
  } else {
    // CONNECT, which nobody serves.
    socket.destroy();
  }
};

// ---- Errors ----

function answerTo(error) {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return HEADERS_TOO_LARGE;
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return PAYLOAD_TOO_LARGE;
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return REQUEST_TIMEOUT;
    default:
      return BAD_REQUEST;
  }
}

proto._clientError = function(error, socket) {
  const connection = socket[kHttpConnection];
  if (connection) connection.reported = true;
  socket.removeListener('error', noopError);
  if (socket.listenerCount('error') <= 1) socket.on('error', noopError);
  if (this.emit('clientError', error, socket)) return;
  const response = connection?.latest();
  if (socket.writable && (!response || !response._headerSent)) socket.write(answerTo(error));
  socket.destroy(error);
};

function noopError() {}

// ---- Time-outs ----

function setUpChecks() {
  if (this[kCheckTimer]) clearInterval(this[kCheckTimer]);
  this._closing = false;
  if (this.connectionsCheckingInterval === 0) return;
  const { setInterval } = require('timers');
  this[kCheckTimer] = setInterval(checkConnections, this.connectionsCheckingInterval, this);
  this[kCheckTimer].unref();
}

function clearInterval(timer) {
  require('timers').clearInterval(timer);
}

// Requests that take too long to arrive are answered 408.
function checkConnections(server) {
  const { headersTimeout, requestTimeout } = server;
  if (headersTimeout === 0 && requestTimeout === 0) return;
  for (const connection of server[kConnections]) {
    const age = connection.messageAge();
    if (Number.isNaN(age) || connection.late) continue;
    const inHead = age < 0;
    const elapsed = inHead ? -age - 1 : age;
    if ((inHead && headersTimeout > 0 && elapsed >= headersTimeout) ||
        (requestTimeout > 0 && elapsed >= requestTimeout)) {
      connection.late = true;
      server._clientError(new codes.ERR_HTTP_REQUEST_TIMEOUT(), connection.socketFor());
    }
  }
}

proto.setTimeout = function setTimeout(msecs, callback) {
  this.timeout = msecs;
  if (callback) this.on('timeout', callback);
  return this;
};

// ---- Closing ----

proto.close = function close(...args) {
  if (this[kCheckTimer]) clearInterval(this[kCheckTimer]);
  this._closing = true;
  this.closeIdleConnections();
  closeIdle(this, true);
  return net.Server.prototype.close.apply(this, args);
};

proto[Symbol.asyncDispose] = async function() {
  await new Promise((resolve, reject) => {
    this.close((error) => (error ? reject(error) : resolve()));
  });
};

proto.closeAllConnections = function closeAllConnections() {
  for (const connection of [...this[kConnections]]) connection.destroy();
};

// Connections that wait for another request; fresh: those that have never sent one, too.
function closeIdle(server, fresh) {
  for (const connection of [...server[kConnections]]) {
    if (connection.idle() && (fresh || Number.isNaN(connection.messageAge()))) connection.destroy();
  }
}

proto.closeIdleConnections = function closeIdleConnections() {
  closeIdle(this, false);
};

proto[Symbol.for('nodejs.rejection')] = function(error, event, ...args) {
  if (event !== 'request') {
    net.Server.prototype[Symbol.for('nodejs.rejection')].call(this, error, event, ...args);
    return;
  }
  const res = args[1];
  if (!res.headersSent && !res.writableEnded) {
    for (const name of res.getHeaderNames()) res.removeHeader(name);
    res.statusCode = 500;
    res.end(STATUS_CODES[500]);
  } else {
    res.destroy();
  }
};

module.exports = {
  Server, _connectionListener: connectionListener, initialise, kConnectionsCheckingInterval: kCheckTimer,
  readServerArguments, storeOptions,
};
