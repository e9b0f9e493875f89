// The life of a ClientRequest on its socket: the answer is parsed as the bytes come, and when both are done the socket
// goes back to the agent or is closed.
'use strict';

const dc = require('diagnostics_channel');
const { getContextFrame, onFollowed, setContextFrame } = require('internal/async_hooks');
const { FastBuffer } = require('internal/buffer');
const { ConnResetException } = require('internal/errors');
const {
  emitError, hangUp, kContextFrame, kError, kMeasured, kTraceId, parserOptions,
} = require('internal/http/client');
const {
  IncomingMessage, endMessage, kHeadersCount, kOrigin,
} = require('internal/http/incoming');
const { wanted } = require('internal/perf_hooks/measure');
const tracing = require('internal/trace_events');
const { debuglog } = require('internal/util/debuglog');

const { Parser } = internalBinding('http');

const debug = debuglog('http');

const finishChannel = dc.channel('http.client.response.finish');

const kFlagKeepAlive = 1;
const kFlagUpgrade = 2;
const kSkipBody = 1;
const kUpgrade = 2;

// Names and values of 2000 headers.
const kDefaultHeadersCount = 4000;

function noop() {}

// A socket serves one request after the other, and an agent hands it on when the one before is done: what happens to it
// happens in the asynchronous context of the request that it serves.
function inContextOf(req, fn, receiver, argument) {
  const outer = getContextFrame();
  const frame = req[kContextFrame];
  if (frame === outer) return Reflect.apply(fn, receiver, [argument]);
  setContextFrame(frame);
  try {
    return Reflect.apply(fn, receiver, [argument]);
  } finally {
    setContextFrame(outer);
  }
}

/** A listener of a socket. */
function forRequest(listener) {
  return function(argument) {
    const req = this._httpMessage;
    return req ? inContextOf(req, listener, this, argument) : Reflect.apply(listener, this, [argument]);
  };
}

function attach(req, socket) {
  inContextOf(req, attachInContext, req, socket);
}

// `this` is the request.
function attachInContext(socket) {
  const req = this;
  const parser = takeParser(req);
  req.socket = socket;
  req.parser = parser;
  socket.parser = parser;
  socket._httpMessage = req;
  parser.socket = socket;
  socket.on('error', onSocketError);
  socket.on('data', onSocketData);
  socket.on('end', onSocketEnd);
  socket.on('close', onSocketClose);
  socket.on('drain', onSocketDrain);
  if (req.timeout !== undefined || req.agent?.options?.timeout) listenSocketTimeout(req);
  req.emit('socket', socket);
  // 'drain' and the rest of what was written before there was a socket.
  if (!req.destroyed) req._flush();
}

function newParser(req) {
  const parser = new Parser(true, ...parserOptions(req));
  parser.outgoing = req;
  parser.incoming = null;
  parser.onhead = onHead;
  parser.onbody = onBody;
  parser.oncomplete = onComplete;
  return parser;
}

function silence(parser) {
  parser.onhead = parser.onbody = parser.oncomplete = noop;
  parser.socket = parser.outgoing = parser.incoming = null;
}

let takeParser = newParser;
let dropParser = silence;

// While async_hooks follow what is made, the request's parser is the resource that its answer comes by.
onFollowed((followed) => {
  if (!followed) {
    takeParser = newParser;
    dropParser = silence;
    return;
  }
  const { HTTPClientAsyncResource, follow, unfollow } = require('internal/http/async_resource');
  takeParser = (req) => {
    const parser = newParser(req);
    follow(parser, 'HTTPCLIENTREQUEST', new HTTPClientAsyncResource(req));
    return parser;
  };
  dropParser = (parser) => {
    unfollow(parser);
    silence(parser);
  };
});

function detach(socket) {
  const { parser } = socket;
  socket.removeListener('error', onSocketError);
  socket.removeListener('data', onSocketData);
  socket.removeListener('end', onSocketEnd);
  socket.removeListener('close', onSocketClose);
  socket.removeListener('drain', onSocketDrain);
  socket.removeListener('timeout', emitResponseTimeout);
  if (parser) dropParser(parser);
  socket.parser = null;
}

// ---- What the parser says; `this` is the parser ----

function onHead(status, reason, headerBlock, flags) {
  const { outgoing: req, socket } = this;
  const res = new IncomingMessage(socket);
  res[kOrigin].headerBlock = headerBlock;
  res.httpVersionMajor = flags >> 16;
  res.httpVersionMinor = (flags >> 8) & 0xff;
  res.statusCode = status;
  res.statusMessage = reason;
  res.upgrade = (flags & kFlagUpgrade) !== 0;
  res.joinDuplicateHeaders = req.joinDuplicateHeaders;
  res[kHeadersCount] = typeof req.maxHeadersCount === 'number' ? req.maxHeadersCount << 1 : kDefaultHeadersCount;
  if (req.res) {
    // An answer too many: the server is not to be trusted with another request.
    this.incoming = null;
    socket.destroy();
    return 0;
  }
  const skipBody = onResponse(req, res, socket, (flags & kFlagKeepAlive) !== 0);
  if (skipBody !== kUpgrade && this.incoming === null && req.res === res) this.incoming = res;
  return skipBody;
}

/** A head has come: an informational one, or the answer's. */
function onResponse(req, res, socket, keepAlive) {
  req.res = res;
  if (req.method === 'CONNECT') {
    res.upgrade = true;
    return kUpgrade;
  }
  if (res.statusCode === 101) {
    res.upgrade = true;
    return kUpgrade;
  }
  res.upgrade = false;
  const { statusCode } = res;
  if (statusCode >= 100 && statusCode < 200) {
    req.res = null;
    if (statusCode === 100) req.emit('continue');
    req.emit('information', {
      statusCode,
      statusMessage: res.statusMessage,
      httpVersion: res.httpVersion,
      httpVersionMajor: res.httpVersionMajor,
      httpVersionMinor: res.httpVersionMinor,
      headers: res.headers,
      rawHeaders: res.rawHeaders,
    });
    return kSkipBody;
  }
  // A server that closes after this answer must not be given another request.
  if (req.shouldKeepAlive && !keepAlive && !req.upgradeOrConnect) req.shouldKeepAlive = false;
  if (finishChannel.hasSubscribers) finishChannel.publish({ request: req, response: res });
  if (req[kTraceId] !== undefined) {
    tracing.trace('e', 'http', 'http.client.request', req[kTraceId], { path: req.path, statusCode });
  }
  if (wanted.has('http')) {
    req[kMeasured]?.({ res: { statusCode, statusMessage: res.statusMessage, headers: res.headers } });
  }
  res.req = req;
  req.parser.incoming = res;
  socket.on('timeout', emitResponseTimeout);
  res.on('end', onResponseEnd);
  req.on('finish', onRequestFinish);
  if (req.aborted || !req.emit('response', res)) res._dump();
  if (req.method === 'HEAD') return kSkipBody;
  return statusCode === 304 || statusCode === 204 ? kSkipBody : 0;
}

function onBody(arrayBuffer) {
  const res = this.incoming;
  if (res === null || res._dumped) return;
  const { socket } = this;
  if (!res.push(new FastBuffer(arrayBuffer))) socket.pause();
}

function onComplete(trailerBlock) {
  const res = this.incoming;
  if (res === null) return;
  endMessage(res, trailerBlock === undefined ? undefined : trailerBlock.split('\n'));
}

// ---- What the socket says; `this` is the socket ----

const onSocketData = forRequest(function(chunk) {
  const { parser } = this;
  const req = this._httpMessage;
  if (!parser) return;
  const taken = parser.execute(chunk);
  if (taken < 0) {
    failParse(this, req, parser, chunk);
  } else if (parser.upgraded) {
    upgrade(this, req, parser, chunk.subarray(taken));
  } else if (parser.incoming?.complete && parser.incoming.statusCode !== 100 && parser.outgoing === null) {
    detach(this);
  }
});

function parseError(parser, rawPacket) {
  const [code, reason, bytesParsed] = parser.error();
  const error = new Error(`Parse Error${reason ? `: ${reason}` : ''}`);
  error.code = code;
  error.reason = reason;
  error.bytesParsed = bytesParsed;
  error.rawPacket = rawPacket;
  return error;
}

function failParse(socket, req, parser, chunk) {
  const error = parseError(parser, chunk);
  detach(socket);
  socket.removeListener('error', onSocketError);
  socket.on('error', noop);
  socket.destroy();
  req._errorEmitted = true;
  emitError(req, error);
  closeRequest(req);
}

// 101, or the answer to CONNECT: from here on the socket is the program's.
function upgrade(socket, req, parser, head) {
  const { res } = req;
  detach(socket);
  socket.removeListener('timeout', emitRequestTimeout);
  socket._httpMessage = null;
  socket.readableFlowing = null;
  const event = req.method === 'CONNECT' ? 'connect' : 'upgrade';
  if (req.listenerCount(event) === 0) {
    // Nobody knows the protocol.
    socket.destroy();
    req.destroyed = true;
    closeRequest(req);
    return;
  }
  req.upgradeOrConnect = true;
  socket.emit('agentRemove');
  if (req.timeoutCb) socket.setTimeout(0, req.timeoutCb);
  res.complete = true;
  req.emit(event, res, socket, head);
  req.destroyed = true;
  closeRequest(req);
}

const onSocketEnd = forRequest(function() {
  const req = this._httpMessage;
  const { parser } = this;
  if (!req.res && req.socket && !req.socket._hadError) {
    failUnanswered(this, req, hangUp());
  }
  if (!parser) return;
  // A body without a length ends here.
  parser.finish();
  detach(this);
  this.on('close', onSocketClose);
});

function failUnanswered(socket, req, error) {
  socket._hadError = true;
  if (req._errorEmitted) return;
  req._errorEmitted = true;
  emitError(req, error);
}

const onSocketError = forRequest(function(error) {
  debug('client: error of the socket: %s', error?.message);
  const req = this._httpMessage;
  if (req && !req._errorEmitted) {
    this._hadError = true;
    req._errorEmitted = true;
    emitError(req, error);
  }
  const { parser } = this;
  if (parser) {
    parser.finish();
    detach(this);
    this.on('error', noop);
    this.on('close', onSocketClose);
  }
  // Whatever is left in its buffers is nobody's.
  this.removeListener('error', onSocketError);
  this.destroy();
});

const onSocketClose = forRequest(function() {
  debug('client: the socket is closed');
  const req = this._httpMessage;
  if (!req) return;
  // The rest of an answer may still be in the socket's buffer.
  this.read?.();
  const { parser } = this;
  const { res } = req;
  req.destroyed = true;
  if (res) {
    // Closed in the middle of the answer.
    if (!res.complete) res.destroy(new ConnResetException('aborted'));
    closeRequest(req);
    if (!res.aborted && res.readable) res.push(null);
  } else {
    if (!req._errorEmitted && !(req.aborted && req[kError] === undefined && req._closed)) {
      req._errorEmitted = true;
      this._hadError = true;
      emitError(req, req[kError] ?? hangUp());
    }
    closeRequest(req);
  }
  if (req.outputData.length > 0) req.outputData = [];
  if (parser) {
    parser.finish();
    detach(this);
  }
});

function closeRequest(req) {
  if (req._closed) return;
  req._closed = true;
  req.emit('close');
}

const onSocketDrain = forRequest(function() {
  const req = this._httpMessage;
  if (req && !req.finished && req.writableNeedDrain) {
    const { kNeedDrain } = require('internal/http/outgoing');
    req[kNeedDrain] = false;
    req.emit('drain');
  }
});

// ---- Both done ----

// `this` is the response.
function onResponseEnd() {
  const { req } = this;
  const { socket } = req;
  req._ended = true;
  if (!req.shouldKeepAlive) {
    if (socket.writable) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    }
    return;
  }
  // An answer before the request was out: the socket is free when that is, too.
  if (req.writableFinished && !this.aborted) responseOnTheWay(req);
}

function onRequestFinish() {
  if (this.shouldKeepAlive && this._ended && !this.destroyed) responseOnTheWay(this);
}

/** Gives the socket back. */
function responseOnTheWay(req) {
  const { socket } = req;
  if (req._freed) return;
  req._freed = true;
  req.destroyed = true;
  if (req.timeoutCb) {
    socket.setTimeout(0, req.timeoutCb);
    req.timeoutCb = null;
  }
  socket.removeListener('timeout', emitRequestTimeout);
  detach(socket);
  process.nextTick(emitFree, req, socket);
}

function emitFree(req, socket) {
  req._closed = true;
  req.destroyed = true;
  if (req.res) {
    // It had the socket as long as it lasted.
    req.emit('close');
  }
  socket.emit('free');
}

// ---- Time-outs ----

function emitRequestTimeout() {
  this._httpMessage?.emit('timeout');
}

function emitResponseTimeout() {
  this._httpMessage?.res?.emit('timeout');
}

function listenSocketTimeout(req) {
  if (req.timeoutCb) return;
  req.timeoutCb = emitRequestTimeout;
  if (req.socket) req.socket.once('timeout', emitRequestTimeout);
  else req.on('socket', (socket) => socket.once('timeout', emitRequestTimeout));
}

// The time to connect is the operating system's to limit.
function setSocketTimeout(socket, msecs) {
  if (socket.connecting) socket.once('connect', () => socket.setTimeout(msecs));
  else socket.setTimeout(msecs);
}

module.exports = { attach, listenSocketTimeout, setSocketTimeout };
