// http.OutgoingMessage: what ServerResponse and ClientRequest have in common: headers, framing, the order of writes.
// The head is kept until the first byte of the body, so that both leave together. Where the bytes go is decided by
// _writeRaw: a socket here, the connection's native queue in ServerResponse.
'use strict';

const { Buffer } = require('buffer');
const Stream = require('internal/stream/legacy').Stream;
const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { isUint8Array } = require('internal/util/types');
const {
  hasInvalidChar, headerName, isLenient, validateHeaderName, validateHeaderValue,
} = require('internal/http/common');
const { HeaderList } = require('internal/http/header_list');

const kOutHeaders = Symbol('kOutHeaders');          // a HeaderList, once there are headers
const kCorked = Symbol('corked');
const kChunkedBuffer = Symbol('kChunkedBuffer');
const kChunkedLength = Symbol('kChunkedLength');
const kSocket = Symbol('kSocket');
const kNeedDrain = Symbol('kNeedDrain');
const kErrored = Symbol('errored');
const kEndIsSent = Symbol('kEndIsSent');
const kHighWaterMark = Symbol('kHighWaterMark');
const kUniqueHeaders = Symbol('kUniqueHeaders');
const kBytesWritten = Symbol('kBytesWritten');
const kEndCallbacks = Symbol('kEndCallbacks');
const kFinished = Symbol('kFinished');             // all of it has left
const kRejectNonStandardBodyWrites = Symbol('kRejectNonStandardBodyWrites');

const kDefaultHighWaterMark = 64 * 1024;
const CRLF = '\r\n';

function noop() {}

// What a message is when it is made is in the prototype, and an instance has of its own what has changed since: express
// and others replace the prototype of every message before they do anything else, which costs V8 by the property.
function OutgoingMessage(options) {
  if (options === undefined || options === null) return;
  if (options.highWaterMark !== undefined && options.highWaterMark !== kDefaultHighWaterMark) {
    this[kHighWaterMark] = options.highWaterMark;
  }
  if (options.rejectNonStandardBodyWrites) this[kRejectNonStandardBodyWrites] = true;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

// Shared until the first write that has to wait: see queueOutput.
const kNoOutput = [];

const proto = OutgoingMessage.prototype;

Object.assign(proto, {
  destroyed: false,
  finished: false,
  _header: null,
  _headerSent: false,
  _contentLength: null,
  _closed: false,
  _keepAliveTimeout: 0,
  [kFinished]: false,
  [kOutHeaders]: null,
  outputData: kNoOutput,
  outputSize: 0,
  writable: true,
  _last: false,
  chunkedEncoding: false,
  shouldKeepAlive: true,
  _hasBody: true,
  maxRequestsOnConnectionReached: false,
  _defaultKeepAlive: true,
  useChunkedEncodingByDefault: true,
  sendDate: false,
  _removedConnection: false,
  _removedContLen: false,
  _removedTE: false,
  strictContentLength: false,
  _trailer: '',
  _onPendingData: noop,
  [kSocket]: null,
  [kNeedDrain]: false,
  [kBytesWritten]: 0,
  [kCorked]: 0,
  [kChunkedBuffer]: undefined,
  [kChunkedLength]: 0,
  [kErrored]: undefined,
  [kEndIsSent]: false,
  [kEndCallbacks]: undefined,
  [kHighWaterMark]: kDefaultHighWaterMark,
  [kRejectNonStandardBodyWrites]: false,
});

function defineAccessor(name, get, set, enumerable = false) {
  Object.defineProperty(proto, name, { __proto__: null, configurable: true, enumerable, get, set });
}

defineAccessor('errored', function() {
  return this[kErrored];
});
defineAccessor('closed', function() {
  return this._closed;
});
defineAccessor('writableFinished', function() {
  return this[kFinished];
});
defineAccessor('writableObjectMode', () => false);
defineAccessor('writableLength', function() {
  return this.outputSize + this[kChunkedLength] + (this.socket ? this.socket.writableLength : 0);
});
defineAccessor('writableHighWaterMark', function() {
  return this.socket ? this.socket.writableHighWaterMark : this[kHighWaterMark];
});
defineAccessor('writableCorked', function() {
  return this[kCorked];
});
defineAccessor('socket', function() {
  return this[kSocket];
}, function(value) {
  for (let n = 0; n < this[kCorked]; n++) {
    value?.cork();
    this[kSocket]?.uncork();
  }
  this[kSocket] = value;
});
defineAccessor('connection', function() {
  return this.socket;
}, function(value) {
  this.socket = value;
});
defineAccessor('headersSent', function() {
  return Boolean(this._header);
}, undefined, true);
defineAccessor('writableEnded', function() {
  return this.finished;
});
defineAccessor('writableNeedDrain', function() {
  return !this.destroyed && !this.finished && this[kNeedDrain];
});

proto._isLenientHeaderValidation = function() {
  return isLenient();
};

// ---- Where bytes go ----

proto.cork = function cork() {
  this[kCorked]++;
  this[kSocket]?.cork();
};

proto.uncork = function uncork() {
  this[kCorked]--;
  this[kSocket]?.uncork();
  if (this[kCorked] || this[kChunkedBuffer] === undefined) return;
  flushCorked(this);
};

// What was written while corked becomes one chunk.
function flushCorked(message) {
  const chunks = message[kChunkedBuffer];
  const callbacks = chunks.map((c) => c.callback).filter(Boolean);
  message._send(message[kChunkedLength].toString(16), 'latin1', null);
  message._send(CRLF, null, null);
  for (const { data, encoding } of chunks) message._send(data, encoding, null);
  message._send(CRLF, null, callbacks.length === 0 ? null : (error) => {
    for (const callback of callbacks) callback(error);
  });
  message[kChunkedBuffer] = undefined;
  message[kChunkedLength] = 0;
}

proto.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  if (!this.socket) {
    this.once('socket', (socket) => socket.setTimeout(msecs));
  } else {
    this.socket.setTimeout(msecs);
  }
  return this;
};

// It is the user's to call it; internally the socket is ended.
proto.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (this.socket) {
    this.socket.destroy(error);
  } else {
    this.once('socket', (socket) => socket.destroy(error));
    process.nextTick(emitCloseWithoutSocket, this);
  }
  return this;
};

function emitCloseWithoutSocket(message) {
  if (message.socket || message._closed) return;
  message._closed = true;
  message.emit('close');
}

/** Sends data behind the head, which goes first when it has not gone yet. */
proto._send = function _send(data, encoding, callback, byteLength) {
  if (!this._headerSent && this._header !== null) {
    const header = this._header;
    this._headerSent = true;
    if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding)) {
      data = header + data;
      if (byteLength !== undefined) byteLength += header.length;
    } else {
      this._writeOrQueue(header, 'latin1', null);
    }
  }
  return this._writeRaw(data, encoding, callback, byteLength);
};

proto._writeOrQueue = function(data, encoding, callback) {
  return this._writeRaw(data, encoding, callback);
};

proto._writeRaw = function _writeRaw(data, encoding, callback, size) {
  const { socket } = this;
  if (socket?.destroyed) {
    // Nobody is there to read it.
    return false;
  }
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this.outputData.length > 0) this._flushOutput(socket);
    return socket.write(data, encoding, callback);
  }
  return queueOutput(this, data, encoding, callback, size);
};

function queueOutput(message, data, encoding, callback, size) {
  if (message.outputData === kNoOutput) message.outputData = [];
  message.outputData.push({ data, encoding, callback });
  const length = size ?? (typeof data === 'string' ? Buffer.byteLength(data, encoding || undefined) : data.length);
  message.outputSize += length;
  message._onPendingData(length);
  return message.outputSize < message[kHighWaterMark];
}

// ---- Headers ----

function parseUniqueHeadersOption(headers) {
  if (!Array.isArray(headers)) return null;
  return new Set(headers.map((name) => name.toLowerCase()));
}

proto.setHeader = function setHeader(name, value) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  const known = headerName(name);
  checkValue(this, known, name, value);
  let headers = this[kOutHeaders];
  if (headers === null) this[kOutHeaders] = headers = new HeaderList();
  headers.set(known, name, value);
  return this;
};

// Values repeat as names do: the last one that was found right is known to be.
function checkValue(message, known, name, value) {
  if (typeof value === 'number' || (typeof value === 'string' && known.value === value)) return;
  if (Array.isArray(value)) {
    for (const one of value) isPlain(message, name, one);
  } else if (isPlain(message, name, value) && typeof value === 'string' && value.length < 256) {
    known.value = value;
  }
}

// Whether it may be a value for everybody; throws when it may not be one of this message.
function isPlain(message, name, value) {
  if (value !== undefined && !hasInvalidChar(value)) return true;
  validateHeaderValue(name, value, message._isLenientHeaderValidation());
  return false;
}

proto.setHeaders = function setHeaders(headers) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
  }
  // Headers joins what must not be joined: Set-Cookie is asked for by itself.
  const cookies = [];
  for (const [name, value] of headers) {
    if (name === 'set-cookie') {
      if (Array.isArray(value)) cookies.push(...value);
      else cookies.push(value);
      continue;
    }
    this.setHeader(name, value);
  }
  if (cookies.length > 0) this.setHeader('set-cookie', cookies);
  return this;
};

proto.appendHeader = function appendHeader(name, value) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('append');
  const known = headerName(name);
  checkValue(this, known, name, value);
  this[kOutHeaders] ??= new HeaderList();
  this[kOutHeaders].append(known, name, value);
  return this;
};

proto.getHeader = function getHeader(name) {
  validateString(name, 'name');
  const headers = this[kOutHeaders];
  return headers === null ? undefined : headers.get(name);
};

function entriesOf(message) {
  return message[kOutHeaders] === null ? [] : message[kOutHeaders].entries;
}

proto.getHeaderNames = function getHeaderNames() {
  return entriesOf(this).map((entry) => entry.known.lower);
};

proto.getRawHeaderNames = function getRawHeaderNames() {
  return entriesOf(this).map((entry) => entry.name);
};

proto.getHeaders = function getHeaders() {
  const result = { __proto__: null };
  for (const { known, value } of entriesOf(this)) result[known.lower] = value;
  return result;
};

proto.hasHeader = function hasHeader(name) {
  validateString(name, 'name');
  return this[kOutHeaders] !== null && this[kOutHeaders].has(name);
};

proto.removeHeader = function removeHeader(name) {
  validateString(name, 'name');
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('remove');
  const lower = name.toLowerCase();
  if (lower === 'connection') this._removedConnection = true;
  else if (lower === 'content-length') this._removedContLen = true;
  else if (lower === 'transfer-encoding') this._removedTE = true;
  else if (lower === 'date') this.sendDate = false;
  this[kOutHeaders]?.delete(name);
};

proto._renderHeaders = function _renderHeaders() {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  const rendered = {};
  for (const { name, value } of entriesOf(this)) rendered[name] = value;
  return rendered;
};

// What OutgoingMessage was when it kept its headers itself.
Object.defineProperty(proto, '_headers', {
  __proto__: null,
  configurable: true,
  get() {
    return this.getHeaders();
  },
  set(value) {
    this[kOutHeaders] = null;
    if (typeof value === 'object' && value !== null) {
      for (const name of Object.keys(value)) this.setHeader(name, value[name]);
    }
  },
});
Object.defineProperty(proto, '_headerNames', {
  __proto__: null,
  configurable: true,
  get() {
    if (this[kOutHeaders] === null) return null;
    const names = { __proto__: null };
    for (const { known, name } of entriesOf(this)) names[known.lower] = name;
    return names;
  },
  set(value) {
    for (const entry of entriesOf(this)) {
      const name = value?.[entry.known.lower];
      if (name !== undefined) entry.name = name;
    }
  },
});

proto._implicitHeader = function _implicitHeader() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
};

// ---- The body ----

proto.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const ok = writeBody(this, chunk, encoding, callback, false);
  if (!ok) this[kNeedDrain] = true;
  return ok;
};

function failWrite(message, error, callback) {
  process.nextTick(emitWriteError, message, error, callback);
}

function emitWriteError(message, error, callback) {
  if (typeof callback === 'function') callback(error);
  if (message._events?.error !== undefined || !message.destroyed) message.emit('error', error);
  message._closed = message.destroyed;
}

/** Checks a chunk: its length in bytes, or -1 when the write was refused. */
function bodyLength(message, chunk, encoding, callback) {
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  let length;
  if (typeof chunk === 'string') length = Buffer.byteLength(chunk, encoding || undefined);
  else if (isUint8Array(chunk)) length = chunk.length;
  else throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  let error;
  if (message.finished) error = new codes.ERR_STREAM_WRITE_AFTER_END();
  else if (message.destroyed) error = new codes.ERR_STREAM_DESTROYED('write');
  if (error === undefined) return length;
  if (message.destroyed) {
    process.nextTick(callback ?? noop, error);
  } else {
    failWrite(message, error, callback);
  }
  return -1;
}

// The length is known once the head is made: what is written before is measured at the end.
function countBody(message, length, fromEnd) {
  const total = message[kBytesWritten] + length;
  const { _contentLength: expected } = message;
  if (expected !== null && (total > expected || (fromEnd && total !== expected))) {
    throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(total, expected);
  }
  message[kBytesWritten] = total;
}

/** write() and the data of end(); the answer is whether more may be written at once. */
function writeBody(message, chunk, encoding, callback, fromEnd) {
  if (typeof callback !== 'function') callback = undefined;
  const length = bodyLength(message, chunk, encoding, callback);
  if (length < 0) return false;
  if (message.strictContentLength) countBody(message, length, fromEnd);
  if (!message._header) {
    if (fromEnd) message._contentLength ??= length;
    message._implicitHeader();
  }
  if (!message._hasBody) {
    if (message[kRejectNonStandardBodyWrites]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
    if (callback) process.nextTick(callback);
    return true;
  }
  if (fromEnd) checkLengthAtEnd(message);
  if (message.chunkedEncoding && length !== 0) return message._sendChunk(chunk, encoding, length, callback, fromEnd);
  if (!fromEnd) {
    corkForThisTick(message);
  } else if (message[kSocket] && message._header && !message.chunkedEncoding) {
    message[kEndIsSent] = true;
    callback = onFinish.bind(undefined, message);
  }
  return message._send(chunk, encoding, callback, length);
}

// Several writes of one turn leave together.
function corkForThisTick(message) {
  const socket = message[kSocket];
  if (!socket || socket.writableCorked) return;
  socket.cork();
  process.nextTick((s) => s.uncork(), socket);
}

proto._sendChunk = function _sendChunk(chunk, encoding, length, callback, fromEnd) {
  if (this[kCorked] && this._headerSent && !fromEnd) {
    this[kChunkedBuffer] ??= [];
    this[kChunkedBuffer].push({ data: chunk, encoding, callback });
    this[kChunkedLength] += length;
    return this[kChunkedLength] < this.writableHighWaterMark;
  }
  corkForThisTick(this);
  this._send(length.toString(16), 'latin1', null);
  this._send(CRLF, null, null);
  this._send(chunk, encoding, null, length);
  return this._send(CRLF, null, callback);
};

proto.addTrailers = function addTrailers(headers) {
  this._trailer = '';
  const isArray = Array.isArray(headers);
  for (const key of Object.keys(headers)) {
    const field = isArray ? headers[key][0] : key;
    let value = isArray ? headers[key][1] : headers[key];
    validateHeaderName(field, 'Trailer name');
    if (Array.isArray(value) && value.length > 1 && this[kUniqueHeaders]?.has(field.toLowerCase())) value = value.join('; ');
    for (const one of Array.isArray(value) && value.length > 1 ? value : [Array.isArray(value) ? value[0] : value]) {
      if (hasInvalidChar(one)) throw new codes.ERR_INVALID_CHAR('trailer content', field);
      this._trailer += `${field}: ${one}\r\n`;
    }
  }
};

proto.end = function end(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (chunk) {
    if (this.finished) {
      bodyLength(this, chunk, encoding, typeof callback === 'function' ? callback : noop);
      return this;
    }
    this[kSocket]?.cork();
    writeBody(this, chunk, encoding, null, true);
  } else if (this.finished) {
    if (typeof callback === 'function') {
      if (this[kErrored]) process.nextTick(callback, this[kErrored]);
      else if (this[kFinished]) process.nextTick(callback, new codes.ERR_STREAM_ALREADY_FINISHED('end'));
      else whenFinished(this, callback);
    }
    return this;
  } else if (!this._header) {
    this[kSocket]?.cork();
    this._contentLength = 0;
    this._implicitHeader();
  }
  if (typeof callback === 'function') whenFinished(this, callback);
  checkLengthAtEnd(this);
  this._sendEnd(chunk);
  this.finished = true;
  return this;
};

function checkLengthAtEnd(message) {
  if (message.strictContentLength && message._contentLength !== null &&
      message[kBytesWritten] !== message._contentLength && message._hasBody) {
    throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(message[kBytesWritten], message._contentLength);
  }
}

// The end of the message on the wire, then everything that was held back.
proto._sendEnd = function _sendEnd() {
  const finish = onFinish.bind(undefined, this);
  if (this._hasBody && this.chunkedEncoding) {
    if (this[kChunkedBuffer] !== undefined) flushCorked(this);
    this._send(`0\r\n${this._trailer}\r\n`, 'latin1', finish);
  } else if (this[kEndIsSent]) {
    // The message is out when the body that end() was given is.
  } else if (!this._headerSent || this.writableLength || this.outputData.length > 0) {
    this._send('', 'latin1', finish);
  } else {
    process.nextTick(finish);
  }
  if (this[kSocket]) {
    // Corked by end() for one write of head, body and end.
    while (this[kSocket].writableCorked > 1) this[kSocket].uncork();
    this[kSocket].uncork();
  }
  this[kCorked] = 0;
  this.finished = true;
  if (this.outputData.length === 0 && this.socket && this.socket._httpMessage === this) this._finish();
};

/** The callback of end(): it gets null when the message is out, or the error that kept it from that. */
function whenFinished(message, callback) {
  message[kEndCallbacks] ??= [];
  message[kEndCallbacks].push(callback);
}

function onFinish(message, error) {
  // Writes that nobody waited for may have failed.
  error ??= message.socket?.errored;
  if (error) message[kErrored] ??= error;
  else message[kFinished] = true;
  callEndCallbacks(message, error ?? null);
  if (!error) message.emit('finish');
}

function callEndCallbacks(message, error) {
  const callbacks = message[kEndCallbacks];
  if (callbacks === undefined) return;
  message[kEndCallbacks] = undefined;
  for (const callback of callbacks) callback(error);
}

proto._finish = function _finish() {
  this.emit('prefinish');
};

// When a response gets its turn on the connection, or a request its socket: what waited goes out.
proto._flush = function _flush() {
  const { socket } = this;
  if (!socket?.writable) return;
  const ok = this._flushOutput(socket);
  if (this.finished) {
    this._finish();
  } else if (ok && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

proto._flushOutput = function _flushOutput(socket) {
  const { outputData } = this;
  if (outputData.length === 0) return undefined;
  this.outputData = kNoOutput;
  const size = this.outputSize;
  this.outputSize = 0;
  this._onPendingData(-size);
  while (this[kCorked]) {
    this[kCorked]--;
    socket.cork();
  }
  socket.cork();
  let ok;
  for (const { data, encoding, callback } of outputData) {
    // A callback from a stream's own shape may be null.
    ok = socket.write(data, encoding, callback ?? undefined);
  }
  socket.uncork();
  return ok;
};

proto.flushHeaders = function flushHeaders() {
  if (!this._header) this._implicitHeader();
  this._send('');
};

proto.pipe = function pipe() {
  this.emit('error', new codes.ERR_STREAM_CANNOT_PIPE());
};

proto[Symbol.for('nodejs.rejection')] = function(error) {
  this.destroy(error);
};

module.exports = {
  CRLF,
  OutgoingMessage,
  callEndCallbacks,
  checkLengthAtEnd,
  checkValue,
  failWrite,
  kBytesWritten,
  kChunkedBuffer,
  kChunkedLength,
  kCorked,
  kEndCallbacks,
  kErrored,
  kFinished,
  kHighWaterMark,
  kNeedDrain,
  kNoOutput,
  kOutHeaders,
  kRejectNonStandardBodyWrites,
  kSocket,
  kUniqueHeaders,
  noop,
  parseUniqueHeadersOption,
  queueOutput,
};
