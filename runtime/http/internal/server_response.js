// http.ServerResponse. On a native connection (internal/http/connection) head and body go to C++ in one call; on any
// other stream they are written to it as OutgoingMessage does.
'use strict';

const { codes } = require('internal/errors');
const { validateFunction, validateInteger, validateLinkHeaderValue, validateObject } = require('internal/validators');
const { isUint8Array } = require('internal/util/types');
const { STATUS_CODES, hasInvalidChar, isLenient, validateHeaderName, validateHeaderValue } = require('internal/http/common');
const {
  OutgoingMessage, kChunkedBuffer, kCorked, kEndCallbacks, kErrored, kNeedDrain, kNoOutput, kOutHeaders,
  kRejectNonStandardBodyWrites, kSocket,
  queueOutput,
} = require('internal/http/outgoing');
require('internal/http/store_header');
const { kOrigin } = require('internal/http/incoming');
const { kTakeFile } = require('internal/stream/utils');

const kConnection = Symbol('kConnection');
const kFinishing = Symbol('kFinishing');   // its last bytes are on their way

function ServerResponse(req, options) {
  OutgoingMessage.call(this, options);
  this.req = req;
  if (req.method === 'HEAD') this._hasBody = false;
  if (req.httpVersionMajor < 1 || req.httpVersionMinor < 1) {
    this.useChunkedEncodingByDefault = /chunked/i.test(req.headers.te);
    this.shouldKeepAlive = false;
  }
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

const proto = ServerResponse.prototype;

Object.assign(proto, {
  statusCode: 200,
  statusMessage: undefined,
  [kConnection]: null,
  [kFinishing]: false,
  _sent100: false,
  _expect_continue: false,
  sendDate: true,
  _maxRequestsPerSocket: 0,
});

// As the server says; until somebody says otherwise.
Object.defineProperty(proto, '_keepAliveTimeout', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return this.req[kOrigin]?.connection?.server.keepAliveTimeout ?? 0;
  },
  set(value) {
    Object.defineProperty(this, '_keepAliveTimeout', {
      __proto__: null, value, writable: true, configurable: true, enumerable: true,
    });
  },
});

proto._isLenientHeaderValidation = function() {
  return isLenient(this[kConnection]?.server ?? this.socket?.server);
};

// ---- The native way ----

// The socket is made when somebody asks for it.
Object.defineProperty(proto, 'socket', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    return this[kConnection] !== null ? this[kConnection].socketFor() : this[kSocket];
  },
  set(value) {
    this[kSocket] = value;
  },
});

/** The response's turn on its native connection. */
proto._assignConnection = function(connection) {
  this[kConnection] = connection;
  connection.current = this;
  if (this._events?.socket !== undefined) this.emit('socket', connection.socketFor());
  if (this.outputData.length > 0 || this.finished) this._flush();
};

proto._flush = function() {
  if (this[kConnection] === null) {
    OutgoingMessage.prototype._flush.call(this);
    return;
  }
  flushQueue(this);
  if (this.finished) this._finish();
  else if (this[kNeedDrain] && this[kConnection].writable()) this._drained();
};

function flushQueue(response) {
  const { outputData } = response;
  response.outputData = kNoOutput;
  const size = response.outputSize;
  response.outputSize = 0;
  if (size > 0) response._onPendingData(-size);
  for (const { data, encoding, callback } of outputData) {
    response[kConnection].write(undefined, data, encoding, 0, callback);
  }
}

proto._writeRaw = function(data, encoding, callback, size) {
  const connection = this[kConnection];
  if (connection === null) return OutgoingMessage.prototype._writeRaw.call(this, data, encoding, callback, size);
  if (connection.closed) return false;
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (connection.current !== this) return queueOutput(this, data, encoding, callback, size);
  if (this.outputData.length > 0) flushQueue(this);
  return connection.write(undefined, data, encoding, 0, callback);
};

proto._sendChunk = function(chunk, encoding, length, callback, fromEnd) {
  const connection = this[kConnection];
  if (connection === null || connection.current !== this || (this[kCorked] && !fromEnd) || this.outputData.length > 0) {
    return OutgoingMessage.prototype._sendChunk.call(this, chunk, encoding, length, callback, fromEnd);
  }
  let head;
  if (!this._headerSent) {
    head = this._header;
    this._headerSent = true;
  }
  return connection.write(head, chunk, encoding, 1, callback);
};

// What most answers are: one end() with all of the body, or none. Everything else goes the general way.
proto.end = function end(chunk, encoding, callback) {
  const connection = this[kConnection];
  if (connection === null || connection.current !== this || connection.closed || this.finished || this._headerSent ||
      this[kCorked] !== 0 || this._trailer !== '' || this.strictContentLength || this.outputData.length > 0 ||
      typeof encoding === 'function' || typeof chunk === 'function' || this.destroyed) {
    return OutgoingMessage.prototype.end.call(this, chunk, encoding, callback);
  }
  let length = 0;
  if (typeof chunk === 'string') {
    length = connection.byteLength(chunk, encoding);
  } else if (isUint8Array(chunk)) {
    length = chunk.length;
  } else if (chunk) {
    throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
  if (this._header === null) {
    if (length === 0 || this._contentLength === null) this._contentLength = length;
    this._implicitHeader();
    if (this._headerSent) return OutgoingMessage.prototype.end.call(this, chunk, encoding, callback);
  }
  if (length > 0 && !this._hasBody && this[kRejectNonStandardBodyWrites]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
  if (typeof callback === 'function') {
    this[kEndCallbacks] ??= [];
    this[kEndCallbacks].push(callback);
  }
  this._headerSent = true;
  this.finished = true;
  const body = this._hasBody && length > 0 ? chunk : undefined;
  connection.finish(this, this._header, body, encoding, this._hasBody && this.chunkedEncoding ? 2 : 0);
  return this;
};

proto._sendEnd = function(chunk) {
  const connection = this[kConnection];
  if (connection === null || connection.current !== this) {
    OutgoingMessage.prototype._sendEnd.call(this, chunk);
    return;
  }
  if (this[kChunkedBuffer] !== undefined) {
    this[kCorked] = 1;
    this.uncork();
  }
  if (this.outputData.length > 0) flushQueue(this);
  this.finished = true;
  let head;
  if (!this._headerSent) {
    head = this._header;
    this._headerSent = true;
  }
  const tail = this._hasBody && this.chunkedEncoding ? `0\r\n${this._trailer}\r\n` : undefined;
  connection.finish(this, head, tail, 'latin1', 0);
};

// A file that is piped here goes to the socket without its bytes being seen.
proto[kTakeFile] = function(fd, position, size, done) {
  if (!mayTakeFile(this)) return false;
  if (this._header === null) {
    try {
      this._implicitHeader();
    } catch (error) {
      // As for a chunk that a pipe has written.
      this.destroy(error);
      return false;
    }
    if (!mayTakeFile(this)) return false;
  }
  return this[kConnection].sendFile(this, fd, position, size, done);
};

// A time-out of the socket is kept off by writes, and there are none while a file goes out.
function mayTakeFile(response) {
  const connection = response[kConnection];
  return connection !== null && connection.current === response && !connection.closed && !response.finished &&
    !response.destroyed && response._hasBody && response[kCorked] === 0 && !response.strictContentLength &&
    response.outputData.length === 0 && response.write === OutgoingMessage.prototype.write &&
    response.listenerCount('drain') === 0 &&
    (connection.socket === null || (connection.socket.writable && !connection.socket.timeout));
}

proto.uncork = function uncork() {
  OutgoingMessage.prototype.uncork.call(this);
  const connection = this[kConnection];
  if (connection !== null && connection.current === this && this[kNeedDrain] && !this[kCorked]) connection.checkDrain();
};

/** Everything that was written has left: called by the connection. */
proto._drained = function() {
  if (!this[kNeedDrain]) return;
  this[kNeedDrain] = false;
  this.emit('drain');
};

Object.defineProperty(proto, 'writableLength', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    const connection = this[kConnection];
    if (connection === null) return Reflect.get(OutgoingMessage.prototype, 'writableLength', this);
    return this.outputSize + (connection.current === this ? connection.pending : 0);
  },
});

Object.defineProperty(proto, 'writableHighWaterMark', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    const connection = this[kConnection];
    if (connection === null) return Reflect.get(OutgoingMessage.prototype, 'writableHighWaterMark', this);
    return connection.socket !== null ? connection.socket.writableHighWaterMark : connection.server.highWaterMark;
  },
});

proto.destroy = function destroy(error) {
  const connection = this[kConnection];
  if (connection === null || this.destroyed) return OutgoingMessage.prototype.destroy.call(this, error);
  this.destroyed = true;
  this[kErrored] = error;
  // By the socket: its end is told when the handler is through, and its error to the server.
  const socket = connection.socketFor?.();
  if (socket) socket.destroy(error); else connection.destroy(error);
  return this;
};

proto.setTimeout = function setTimeout(msecs, callback) {
  return OutgoingMessage.prototype.setTimeout.call(this, msecs, callback);
};

// ---- The general way ----

proto._finish = function _finish() {
  if (this[kConnection] !== null && !this[kFinishing]) {
    // Ended while it waited for its turn: now that it has it, it can leave.
    this[kConnection].finish(this, undefined, undefined, 'latin1', 0);
    return;
  }
  this.emit('prefinish');
};

function onServerResponseClose() {
  // `this` is the socket.
  if (this._httpMessage) emitCloseNow(this._httpMessage);
}

function emitCloseNow(response) {
  if (response._closed) return;
  response.destroyed = true;
  response._closed = true;
  response.emit('close');
}

proto.assignSocket = function assignSocket(socket) {
  if (socket._httpMessage) throw new codes.ERR_HTTP_SOCKET_ASSIGNED();
  socket._httpMessage = this;
  socket.on('close', onServerResponseClose);
  this[kSocket] = socket;
  this.emit('socket', socket);
  this._flush();
};

proto.detachSocket = function detachSocket(socket) {
  if (socket._httpMessage !== this) return;
  socket.removeListener('close', onServerResponseClose);
  socket._httpMessage = null;
  this[kSocket] = null;
};

// ---- Informational answers ----

function checkHeadNotSent(response) {
  if (response._header) throw new codes.ERR_HTTP_HEADERS_SENT('write');
}

proto.writeContinue = function writeContinue(callback) {
  checkHeadNotSent(this);
  this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'latin1', callback);
  this._sent100 = true;
};

proto.writeProcessing = function writeProcessing(callback) {
  checkHeadNotSent(this);
  this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'latin1', callback);
};

proto.writeInformation = function writeInformation(statusCode, headers, callback) {
  if (typeof headers === 'function') {
    callback = headers;
    headers = undefined;
  }
  validateInteger(statusCode, 'statusCode', 100, 199);
  checkHeadNotSent(this);
  if (statusCode === 101) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(statusCode);
  let text = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] || 'unknown'}\r\n`;
  const entries = Array.isArray(headers) ? headers : Object.entries(headers ?? {});
  for (const [name, given] of entries) {
    validateHeaderName(name);
    for (const value of Array.isArray(given) ? given : [given]) {
      validateHeaderValue(name, value);
      text += `${name}: ${value}\r\n`;
    }
  }
  this._writeRaw(`${text}\r\n`, 'latin1', callback);
};

proto.writeEarlyHints = function writeEarlyHints(hints, callback) {
  checkHeadNotSent(this);
  validateObject(hints, 'hints');
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (hints.link === null || hints.link === undefined) return;
  const link = validateLinkHeaderValue(hints.link);
  if (link.length === 0) return;
  if (hasInvalidChar(link)) throw new codes.ERR_INVALID_ARG_VALUE('hints.link', link);
  let text = `HTTP/1.1 103 Early Hints\r\nLink: ${link}\r\n`;
  for (const key of Object.keys(hints)) {
    if (key.toLowerCase() === 'link') continue;
    validateHeaderName(key);
    validateHeaderValue(key, hints[key]);
    text += `${key}: ${hints[key]}\r\n`;
  }
  this._writeRaw(`${text}\r\n`, 'latin1', callback);
};

// ---- The head ----

proto._implicitHeader = function _implicitHeader() {
  this.writeHead(this.statusCode);
};

// Status lines by code, with the standard reasons.
const statusLines = new Map();

function statusLine(code, reason) {
  if (reason !== STATUS_CODES[code]) return `HTTP/1.1 ${code} ${reason}\r\n`;
  let line = statusLines.get(code);
  if (line === undefined) statusLines.set(code, line = `HTTP/1.1 ${code} ${reason}\r\n`);
  return line;
}

proto.writeHead = function writeHead(statusCode, reason, obj) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('write');
  const given = statusCode;
  statusCode |= 0;
  if (statusCode < 100 || statusCode > 999) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(given);
  if (typeof reason === 'string') {
    this.statusMessage = reason;
  } else {
    this.statusMessage ||= STATUS_CODES[statusCode] || 'unknown';
    obj ??= reason;
  }
  if (this.statusCode !== statusCode) this.statusCode = statusCode;
  let headers;
  if (this[kOutHeaders] !== null) {
    if (obj) mergeHeaders(this, obj);
    headers = this[kOutHeaders];
  } else {
    headers = obj;
  }
  if (hasInvalidChar(this.statusMessage)) throw new codes.ERR_INVALID_CHAR('statusMessage');
  const line = statusLine(statusCode, this.statusMessage);
  if (statusCode === 204 || statusCode === 304 || (statusCode >= 100 && statusCode <= 199)) this._hasBody = false;
  // The client waits for leave to send a body that nobody asked it for: it may never come.
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  if (this[kConnection]?.server._closing) this.shouldKeepAlive = false;
  this._storeHeader(line, headers);
  return this;
};

proto.writeHeader = proto.writeHead;

function mergeHeaders(response, obj) {
  if (!Array.isArray(obj)) {
    for (const name of Object.keys(obj)) {
      if (name) response.setHeader(name, obj[name]);
    }
    return;
  }
  if (obj.length > 0 && Array.isArray(obj[0])) {
    for (const [name] of obj) response.removeHeader(name);
    for (const [name, value] of obj) response.appendHeader(name, value);
    return;
  }
  if (obj.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', obj);
  for (let n = 0; n < obj.length; n += 2) response.removeHeader(obj[n]);
  for (let n = 0; n < obj.length; n += 2) response.appendHeader(obj[n], obj[n + 1]);
}

module.exports = { ServerResponse, emitCloseNow, kConnection, kFinishing };
