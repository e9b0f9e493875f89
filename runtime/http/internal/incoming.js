// http.IncomingMessage: a request to a server, or a response to a client. Most servers look at the method, the URL and
// a header or two: what it takes to be a stream, the socket and the header objects are made when first touched.
'use strict';

const { Readable, finished } = require('stream');
const { ConnResetException } = require('internal/errors');

const kOrigin = Symbol('kOrigin');
const kRawHeaders = Symbol('kRawHeaders');
const kHeaders = Symbol('kHeaders');
const kHeadersCount = Symbol('kHeadersCount'); // how many entries of rawHeaders count
const kHeadersDistinct = Symbol('kHeadersDistinct');
const kTrailers = Symbol('kTrailers');
const kTrailersDistinct = Symbol('kTrailersDistinct');
const kSocket = Symbol('kSocket');
const kState = Symbol('kState');               // the readable state once there is one
const kAbort = Symbol('kAbortController');

// What the connection says of a message.
class Origin {
  connection = undefined;   // a server's, asked for the socket
  headerBlock = '';         // "Name\nvalue\n..." as the parser gave it
  major = null;
  minor = null;
  ended = false;            // no (more) body: what the stream knows when it is made
}

// As in outgoing.js: an instance has of its own what differs from message to message, the prototype the rest. A server's
// request is made without a socket.
function IncomingMessage(socket) {
  this[kOrigin] = new Origin();
  this.url = '';
  this.method = null;
  if (socket === undefined) return;
  this[kSocket] = socket;
  this.upgrade = null;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

const kNoTrailers = [];

Object.assign(IncomingMessage.prototype, {
  [kOrigin]: Object.freeze(new Origin()),   // of objects that have this prototype and were not made by IncomingMessage
  complete: false,
  upgrade: false,
  _dumped: false,
  rawTrailers: kNoTrailers,
  joinDuplicateHeaders: false,
  aborted: false,
  statusCode: null,
  statusMessage: null,
  _consuming: false,
  [kSocket]: undefined,
  [kHeaders]: null,
  [kRawHeaders]: undefined,
  [kState]: undefined,
  [kHeadersCount]: 0,
  [kHeadersDistinct]: null,
  [kTrailers]: null,
  [kTrailersDistinct]: null,
  [kAbort]: undefined,
});

function defineAccessor(name, get, set, enumerable = true) {
  Object.defineProperty(IncomingMessage.prototype, name, {
    __proto__: null, configurable: true, enumerable, get, set,
  });
}

// Everything in Readable goes through _readableState: making it on first use makes the whole stream lazy.
defineAccessor('_readableState', function() {
  return this[kState] ?? makeStream(this);
}, function(state) {
  this[kState] = state;
}, false);

function makeStream(message) {
  const options = { autoDestroy: true };
  const hwm = message[kSocket]?.readableHighWaterMark;
  if (hwm !== undefined) options.highWaterMark = hwm;
  message[kState] = null;
  Readable.call(message, options);
  message[kState].readingMore = true;
  if (message[kOrigin].ended) message.push(null);
  return message[kState];
}

defineAccessor('socket', function() {
  if (this[kSocket] === undefined) this[kSocket] = this[kOrigin].connection?.socketFor(this);
  return this[kSocket];
}, function(socket) {
  this[kSocket] = socket;
});

defineAccessor('connection', function() {
  return this.socket;
}, function(socket) {
  this.socket = socket;
}, false);

defineAccessor('client', function() {
  return this.socket;
}, function(socket) {
  this.socket = socket;
});

function ownOrigin(message) {
  if (!Object.hasOwn(message, kOrigin)) message[kOrigin] = new Origin();
  return message[kOrigin];
}

defineAccessor('httpVersionMajor', function() {
  return this[kOrigin].major;
}, function(major) {
  ownOrigin(this).major = major;
});

defineAccessor('httpVersionMinor', function() {
  return this[kOrigin].minor;
}, function(minor) {
  ownOrigin(this).minor = minor;
});

defineAccessor('httpVersion', function() {
  return this.httpVersionMajor === null ? null : `${this.httpVersionMajor}.${this.httpVersionMinor}`;
}, function(version) {
  Object.defineProperty(this, 'httpVersion', {
    __proto__: null, value: version, writable: true, configurable: true, enumerable: true,
  });
});

// Clients repeat themselves: what the last block of headers became is kept, to be copied for the next one that is the
// same (which C++ tells by giving the same string).
let lastBlock = '';
let lastRaw = [];
let lastHeaders = null;   // once the block has come twice

defineAccessor('rawHeaders', function() {
  if (this[kRawHeaders] === undefined) {
    const block = this[kOrigin].headerBlock;
    if (block !== lastBlock) {
      lastBlock = block;
      lastRaw = block === '' ? [] : block.split('\n');
      lastHeaders = null;
    }
    this[kRawHeaders] = lastRaw.slice();
  }
  return this[kRawHeaders];
}, function(raw) {
  this[kRawHeaders] = raw;
});

// How many strings of rawHeaders become headers: maxHeadersCount drops the rest.
function countedHeaders(message) {
  const count = message.rawHeaders.length;
  return message[kHeadersCount] > 0 ? Math.min(count, message[kHeadersCount]) : count;
}

defineAccessor('headers', function() {
  if (this[kHeaders] === null) this[kHeaders] = makeHeaders(this);
  return this[kHeaders];
}, function(headers) {
  this[kHeaders] = headers;
}, false);

function makeHeaders(message) {
  // Only what depends on the block alone.
  const isPlain = message[kRawHeaders] === undefined && message[kHeadersCount] === 0 && !message.joinDuplicateHeaders &&
    message._addHeaderLine === addHeaderLine;
  const isRepeated = isPlain && message[kOrigin].headerBlock === lastBlock;
  if (isRepeated && lastHeaders !== null) return { ...lastHeaders };
  const headers = {};
  const raw = message.rawHeaders;
  const count = countedHeaders(message);
  for (let n = 0; n < count; n += 2) message._addHeaderLine(raw[n], raw[n + 1], headers);
  // A list must not be shared.
  if (isRepeated && !Array.isArray(headers['set-cookie'])) lastHeaders = { ...headers };
  return headers;
}

defineAccessor('headersDistinct', function() {
  if (this[kHeadersDistinct] === null) {
    this[kHeadersDistinct] = { __proto__: null };
    const raw = this.rawHeaders;
    const count = countedHeaders(this);
    for (let n = 0; n < count; n += 2) this._addHeaderLineDistinct(raw[n], raw[n + 1], this[kHeadersDistinct]);
  }
  return this[kHeadersDistinct];
}, function(headers) {
  this[kHeadersDistinct] = headers;
}, false);

defineAccessor('trailers', function() {
  if (this[kTrailers] === null) {
    this[kTrailers] = {};
    const raw = this.rawTrailers;
    for (let n = 0; n < raw.length; n += 2) this._addHeaderLine(raw[n], raw[n + 1], this[kTrailers]);
  }
  return this[kTrailers];
}, function(trailers) {
  this[kTrailers] = trailers;
}, false);

defineAccessor('trailersDistinct', function() {
  if (this[kTrailersDistinct] === null) {
    this[kTrailersDistinct] = { __proto__: null };
    const raw = this.rawTrailers;
    for (let n = 0; n < raw.length; n += 2) this._addHeaderLineDistinct(raw[n], raw[n + 1], this[kTrailersDistinct]);
  }
  return this[kTrailersDistinct];
}, function(trailers) {
  this[kTrailersDistinct] = trailers;
}, false);

defineAccessor('signal', function() {
  if (this[kAbort] === undefined) {
    const { AbortController } = require('internal/abort_controller');
    const controller = new AbortController();
    this[kAbort] = controller;
    if (this.aborted) controller.abort();
  }
  return this[kAbort].signal;
}, undefined, false);

IncomingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(msecs);
  return this;
};

IncomingMessage.prototype._read = function _read() {
  if (!this._consuming) {
    this._readableState.readingMore = false;
    this._consuming = true;
  }
  const { connection } = this[kOrigin];
  if (connection !== undefined) {
    connection.resumeBody();
    return;
  }
  const { socket } = this;
  // The parser of a client or of a foreign stream is fed by the socket, which rests while nobody takes the body.
  if (socket?.readable) socket.resume();
};

IncomingMessage.prototype._destroy = function _destroy(error, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    abortSignal(this);
    this.emit('aborted');
  }
  const { socket } = this;
  // A message that ended before its time takes the connection with it, so that the rest is not read as the next one.
  if (socket && !socket.destroyed && this.aborted) {
    socket.destroy(error);
    const cleanup = finished(socket, (e) => {
      if (e?.code === 'ERR_STREAM_PREMATURE_CLOSE') e = null;
      cleanup();
      process.nextTick(finishDestroy, this, error || e, callback);
    });
  } else {
    process.nextTick(finishDestroy, this, error, callback);
  }
};

function finishDestroy(message, error, callback) {
  // Nobody listens: an aborted request is no reason to end the process.
  if (error && message.listenerCount('error') === 0) error = null;
  callback(error);
}

IncomingMessage.prototype._addHeaderLines = function _addHeaderLines(headers, n) {
  if (!headers?.length) return;
  if (this.complete) {
    this.rawTrailers = headers;
    this[kTrailers] = null;
  } else {
    this[kRawHeaders] = headers;
    this[kHeadersCount] = n;
    // Headers that were looked at, or set, get more of them.
    const dest = this[kHeaders];
    for (let i = 0; dest !== null && i < n; i += 2) this._addHeaderLine(headers[i], headers[i + 1], dest);
  }
};

// What happens to the second value of a header: the first one wins, all are kept, or they are joined.
const kFirst = 0;
const kList = 1;
const kComma = 2;
const kSemicolon = 3;

const kCombination = { __proto__: null, 'set-cookie': kList, 'cookie': kSemicolon };
for (const name of [
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after',
  'server', 'user-agent',
]) kCombination[name] = kFirst;

// Field names as they come, and as programs read them.
const kMaxLowered = 512;
const lowered = new Map();

function lowerCase(field) {
  let lower = lowered.get(field);
  if (lower === undefined) {
    lower = field.toLowerCase();
    if (lowered.size < kMaxLowered) lowered.set(field, lower);
  }
  return lower;
}

IncomingMessage.prototype._addHeaderLine = addHeaderLine;

function addHeaderLine(field, value, dest) {
  const name = lowerCase(field);
  const before = dest[name];
  const combination = kCombination[name] ?? kComma;
  if (combination === kList) {
    if (before !== undefined) before.push(value);
    else dest[name] = [value];
  } else if (typeof before !== 'string') {
    // Not there, or something that the object inherits: a header may be called "constructor".
    dest[name] = value;
  } else if (combination === kComma || (combination === kFirst && this.joinDuplicateHeaders)) {
    dest[name] = `${before}, ${value}`;
  } else if (combination === kSemicolon) {
    dest[name] = `${before}; ${value}`;
  }
}
Object.defineProperty(addHeaderLine, 'name', { __proto__: null, value: '_addHeaderLine', configurable: true });

IncomingMessage.prototype._addHeaderLineDistinct = function _addHeaderLineDistinct(field, value, dest) {
  const name = lowerCase(field);
  if (dest[name]) dest[name].push(value);
  else dest[name] = [value];
};

IncomingMessage.prototype._dumpAndCloseReadable = function _dumpAndCloseReadable() {
  this._dumped = true;
  this._readableState.ended = true;
  this._readableState.endEmitted = true;
  this._readableState.destroyed = true;
  this._readableState.closed = true;
  this._readableState.closeEmitted = true;
};

// Throws away what is left of the body, so that the next message can be read.
IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  // Nothing to throw away, and nobody to hear its end.
  if (this[kState] === undefined && this[kOrigin].ended && this._events === undefined) return;
  this.removeAllListeners('data');
  this.resume();
};

/** The body is over. */
function endMessage(message, rawTrailers) {
  message.complete = true;
  if (rawTrailers !== undefined) message.rawTrailers = rawTrailers;
  if (message[kState] === undefined) message[kOrigin].ended = true;
  else message.push(null);
}

function abortSignal(message) {
  message[kAbort]?.abort();
}

/** The other side went away before the message was complete. */
function abortMessage(message) {
  if (message.destroyed) return;
  message.destroy(new ConnResetException('aborted'));
}

module.exports = {
  IncomingMessage,
  abortMessage,
  abortSignal,
  endMessage,
  kHeadersCount,
  kOrigin,
  kState,
};
