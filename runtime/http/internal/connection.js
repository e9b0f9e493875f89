// The server's side of an HTTP connection, in JavaScript. NativeConnection is over a TCP or Unix socket whose bytes C++
// parses and writes (runtime/http/http_connection.h); StreamConnection, in stream_connection.js, is over any Duplex.
// Requests come in by onRequest, once each; answers leave in the order of their requests.
'use strict';

const dc = require('diagnostics_channel');
const { Buffer } = require('buffer');
const { onFollowed, triggeredBy } = require('internal/async_hooks');
const { FastBuffer } = require('internal/buffer');
const { codes, ConnResetException, ErrnoException } = require('internal/errors');
const { kOwner } = require('internal/net');
const { Socket } = require('internal/net/socket');
const { encodingOf, kReading } = require('internal/net/stream_handle');
const { methodNames } = require('internal/http/common');
const {
  IncomingMessage, abortMessage, abortSignal, endMessage, kOrigin, kState,
} = require('internal/http/incoming');
const { callEndCallbacks, kEndCallbacks, kFinished } = require('internal/http/outgoing');
const { emitCloseNow, kConnection, kFinishing } = require('internal/http/server_response');
const { atEnd } = require('internal/process/object');
const { debuglog } = require('internal/util/debuglog');

const binding = internalBinding('http');
const { UV_EIO, UV_ENOTSUP, UV_EOF } = internalBinding('net');

// Bits of onRequest's flags.
const kUpgrade = 2;
const kComplete = 4;

const kConnections = Symbol('kConnections');
const kHttpConnection = Symbol('kHttpConnection');

// So many answers wait for the one before them at most; then reading stops.
const kMaxWaiting = 1000;

const debug = debuglog('http');

const finishChannel = dc.channel('http.server.response.finish');

let ready = false;

/** Tells C++ whom to call; once per process or worker, before its first connection. */
function setUp() {
  if (ready) return;
  ready = true;
  binding.setCallbacks([onRequest, onBody, onComplete, onUpgrade, onError, onEnd, onDrain, onIdleTimeout]);
  // A handler that ends the process has given the answers before it.
  atEnd(binding.flushActive);
}

let { attach } = binding;

// While async_hooks follow what is made, they are shown whose requests these are.
onFollowed((followed) => {
  attach = binding.attach;
  if (!followed) return;
  const { HTTPServerAsyncResource } = require('internal/http/async_resource');
  attach = (handle, connection, ...limits) => {
    const resource = new HTTPServerAsyncResource(connection);
    triggeredBy(handle, binding.attach, handle, connection, ...limits, resource);
  };
});

function forgetProcess() {
  ready = false;
}

class NativeConnection {
  constructor(server, handle, socket) {
    this.server = server;
    this.handle = handle;
    this.socket = socket;     // the net.Socket, once somebody has asked for it
    this.current = null;      // the response whose turn it is
    this.waiting = null;      // responses behind it
    this.incoming = null;     // the request whose body is being received
    this.requests = 0;
    this.pending = 0;         // bytes that wait to be sent
    this.waitingBytes = 0;    // bytes in responses that wait for their turn
    this.drainCallbacks = null;
    this.paused = false;
    this.flooded = false;     // paused until the answers are out
    this.closed = false;
    this.endAfterDrain = false;
    this.detached = false;
    this.failed = false;      // a parse error was reported
    this.late = false;        // a time-out was reported
    this.reported = false;    // the program knows that something is wrong: what the socket says then is no news
    this.upgrading = undefined;
    this.listeners = undefined;   // ours on the socket
  }

  start() {
    debug('server: a new connection');
    setUp();
    attach(this.handle, this, this.server._maxHeadSize(), this.server._maxHeaders(), this.server._leniency());
    this.server[kConnections].add(this);
    if (this.handle[kReading] !== true) {
      this.handle[kReading] = true;
      this.handle.readStart();
    }
  }

  // ---- Writing ----

  byteLength(string, encoding) {
    return Buffer.byteLength(string, encoding || undefined);
  }

  writable() {
    return this.pending < this.server.highWaterMark;
  }

  /** framing: 0 as it is, 1 a chunk, 2 the last chunk. True when more may be written. */
  write(head, data, encoding, framing, callback) {
    return this.send(head, data, encoding, framing, 0, false, callback);
  }

  send(head, data, encoding, framing, idleTimeout, isLast, callback) {
    // The program has ended the socket itself: what comes behind is for nobody.
    if (this.socket !== null && !this.socket.writable) return false;
    let kind = 2;
    if (typeof data === 'string' && encoding) {
      kind = encodingOf(encoding);
      if (kind === undefined) data = Buffer.from(data, encoding);
    }
    const pending = binding.write(this.handle, head, data, kind ?? 0, framing, idleTimeout, isLast);
    if (pending < 0) {
      this.writeFailed(pending, callback);
      return false;
    }
    this.pending = pending;
    if (callback) this.whenSent(callback);
    if (this.socket !== null) this.socket._unrefTimer();
    const { highWaterMark } = this.server;
    // A chunk larger than that fills the stream, however fast it left.
    if (pending < highWaterMark && (data === undefined || data.length < highWaterMark)) return true;
    // Too much for the batch. The kernel may take all of it, and then nobody but us says so.
    this.pending = binding.flush(this.handle);
    if (this.pending === 0) {
      process.nextTick(drainedNT, this);
    } else if (this.pending >= this.server.highWaterMark) {
      // A client that does not read its answers is not read, either.
      this.flooded = true;
      this.pause();
    }
    return false;
  }

  /** Sends a part of a file, behind the response's head; see kTakeFile of internal/stream/utils. */
  sendFile(response, fd, position, size, done) {
    const finish = (bytes, status) => {
      if (this.socket !== null) this.socket._unrefTimer();
      if (status < 0 && status !== UV_EIO && !this.closed) this.writeFailed(status);
      else if (this.pending > 0) this.checkDrain();
      done(bytes, false, status === UV_EIO);
    };
    const head = response._headerSent ? undefined : response._header;
    const sent = binding.sendFile(this.handle, head, fd, position, size, response.chunkedEncoding, finish);
    if (sent === UV_ENOTSUP) return false;
    if (sent === UV_EOF) {
      process.nextTick(done, 0, true);
      return true;
    }
    response._headerSent = true;
    if (sent >= 0) process.nextTick(finish, sent, 0);
    else if (sent < 0) process.nextTick(finish, 0, sent);
    return true;
  }

  // Nobody listens for a callback when it left with the batch: so it leaves now.
  whenSent(callback) {
    this.pending = this.closed ? 0 : binding.flush(this.handle);
    if (this.pending < 0) {
      this.writeFailed(this.pending, callback);
    } else if (this.pending === 0) {
      process.nextTick(callback, null);
    } else {
      this.drainCallbacks ??= [];
      this.drainCallbacks.push(callback);
    }
  }

  writeFailed(status, callback) {
    this.pending = 0;
    const error = new ErrnoException(status, 'write');
    if (callback) process.nextTick(callback, error);
    process.nextTick(() => this.destroy(error));
  }

  /** How long the connection may wait for another request; 0: for ever. */
  idleTimeout() {
    const { keepAliveTimeout, keepAliveTimeoutBuffer } = this.server;
    return keepAliveTimeout > 0 ? keepAliveTimeout + (keepAliveTimeoutBuffer || 0) : 0;
  }

  /** The last bytes of a response. */
  finish(response, head, data, encoding, framing) {
    response[kFinishing] = true;
    const last = response._last || this.endAfterDrain;
    const wait = last || this.waiting !== null || this.incoming !== null ? 0 : this.idleTimeout();
    if (head !== undefined || data !== undefined || framing !== 0 || wait !== 0) {
      // An answer that is complete leaves at once, whatever its handler does next: works on, or ends the process.
      this.send(head, data, encoding, framing, wait, this.waiting === null);
    }
    if (this.closed || this.socket?.destroyed) return;
    const events = response._events;
    if (events !== undefined && (events.finish !== undefined || events.prefinish !== undefined)) {
      response.emit('prefinish');
      this.whenSent((error) => this.finished(response, error));
    } else if (events !== undefined || response[kEndCallbacks] !== undefined || response.req[kState] !== undefined) {
      process.nextTick(finishedNT, this, response);
    } else {
      // Nobody listens yet: the next answer can have its turn at once. Who comes to listen in this tick is told then.
      this.passOn(response);
      tellLater(this, response);
    }
  }

  finished(response, error) {
    if (this.current !== response) return;
    this.passOn(response);
    tellFinished(response, error);
  }

  /** The response is out as far as the connection is concerned: the next one's turn, or the end. */
  passOn(response) {
    const { req, _last: last } = response;
    this.current = null;
    if (this.socket !== null) this.socket._httpMessage = null;
    if (finishChannel.hasSubscribers) {
      finishChannel.publish({ request: req, response, socket: this.socketFor(), server: this.server });
    }
    if (last || this.endAfterDrain) this.end();
    else if (this.waiting !== null) this.nextInLine();
    else if (this.server._closing && this.incoming === null) this.end();
  }

  nextInLine() {
    const { waiting } = this;
    const next = waiting.shift();
    if (waiting.length === 0) this.waiting = null;
    if (waiting.length < kMaxWaiting) this.resumeBody();
    this.takeTurn(next);
  }

  /** A new response: its turn comes when those before it are out. */
  enqueue(response) {
    if (this.current === null) {
      this.takeTurn(response);
      return;
    }
    this.waiting ??= [];
    this.waiting.push(response);
    response._onPendingData = (amount) => this.countWaiting(amount);
    // What answers that wait hold back counts: a client that sends requests and reads no answers is not read any more.
    if (this.waiting.length >= kMaxWaiting || this.waitingBytes >= this.server.highWaterMark) this.pause();
  }

  countWaiting(amount) {
    this.waitingBytes += amount;
    if (amount < 0 && this.waitingBytes < this.server.highWaterMark) this.resume();
  }

  takeTurn(response) {
    if (this.detached) {
      this.answerBySocket(response);
      return;
    }
    if (this.socket !== null) {
      this.socket._httpMessage = response;
    }
    response._assignConnection(this);
  }

  // An upgrade has taken the connection away from HTTP, and a request before that one has no answer yet.
  answerBySocket(response) {
    const { socket } = this;
    response[kConnection] = null;
    this.current = response;
    response.on('finish', () => {
      response.detachSocket(socket);
      process.nextTick(emitCloseNow, response);
      this.current = null;
      if (response._last) socket.destroySoon();
      else if (this.waiting !== null) this.nextInLine();
    });
    response.assignSocket(socket);
  }

  // ---- Reading ----

  pause() {
    if (this.paused || this.closed) return;
    this.paused = true;
    this.handle.readStop();
    this.socket?.emit('pause');
  }

  resume() {
    if (!this.paused || this.closed) return;
    this.paused = false;
    this.handle.readStart();
    this.socket?.emit('resume');
  }

  resumeBody() {
    if (this.waitingBytes < this.server.highWaterMark && !this.flooded) this.resume();
  }

  // ---- The socket ----

  /** The net.Socket of the connection, made when first asked for. */
  socketFor() {
    if (this.socket === null && !this.detached) this.makeSocket();
    return this.socket;
  }

  makeSocket() {
    const { server, handle } = this;
    const socket = server._wrapHandle(handle, true);
    this.socket = socket;
    handle[kReading] = true;
    socket.server = server;
    // A connection that is closed is not counted any more.
    socket._server = this.closed ? null : server;
    this.adoptSocket(socket);
    if (this.closed) socket.destroy();
    return socket;
  }

  adoptSocket(socket) {
    this.socket = socket;
    socket[kHttpConnection] = this;
    socket._httpMessage = this.current;
    socket.parser = this;
    this.listeners = [
      ['close', () => this.gone()],
      ['close', () => this.abandon()],
      ['drain', () => this.drained(0)],
      ['error', onSocketError],
      ['timeout', onSocketTimeout],
    ];
    for (const [event, listener] of this.listeners) socket.on(event, listener);
    socket.on = socket.addListener = onOfSocket;
    socket.prependListener = prependListenerOfSocket;
    socket.setEncoding = refuseEncoding;
    if (this.server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(this.server.timeout);
  }

  // ---- The end ----

  /** Ends our side when everything is sent, and closes. */
  end() {
    if (this.closed) return;
    if (this.socket !== null) {
      binding.flush(this.handle);
      this.socket.destroySoon();
      return;
    }
    if (this.endAfterDrain === 'closing') return;
    this.endAfterDrain = 'closing';
    this.whenSent(() => this.destroy());
  }

  destroy(error) {
    if (this.closed) return;
    if (this.socket !== null) {
      this.socket.destroy(error);
      return;
    }
    this.handle.close();
    this.gone();
  }

  /** The connection is closed, whoever did it. */
  gone() {
    if (this.closed) return;
    this.closed = true;
    // Who is told that the request is over may ask for the socket.
    const { server, socket } = this;
    this.free();
    if (socket === null) {
      server._connections--;
      server._emitCloseIfDrained();
    } else if (!socket.destroyed) {
      // Somebody else has emitted 'close': without HTTP nobody reads from the socket any more.
      socket.destroy();
    }
    this.abortIncoming();
    if (socket === null) this.abandon();
    const callbacks = this.drainCallbacks;
    this.drainCallbacks = null;
    if (callbacks !== null) {
      for (const callback of callbacks) process.nextTick(callback, new ConnResetException('aborted'));
    }
  }

  /** Tells the responses that are under way. */
  abandon() {
    abandonResponses(this);
  }

  // As the socket's `parser`, programs know these two of it.

  /** No message comes by this connection any more: called at its end. */
  free() {
    this.server[kConnections].delete(this);
  }

  close() {
    this.server[kConnections].delete(this);
  }

  abortIncoming() {
    abortIncoming(this);
  }

  /** The response that has its turn, or had it in this tick; null when there is none. */
  latest() {
    if (this.current !== null) return this.current;
    const at = finishedLater.lastIndexOf(this);
    return at < 0 ? null : finishedLater[at + 1];
  }

  drained(status) {
    this.pending = 0;
    if (this.flooded) {
      this.flooded = false;
      this.resume();
    }
    const callbacks = this.drainCallbacks;
    this.drainCallbacks = null;
    if (callbacks !== null) {
      const error = status < 0 ? new ErrnoException(status, 'write') : null;
      for (const callback of callbacks) callback(error);
    }
    if (status < 0) this.destroy(new ErrnoException(status, 'write'));
    else this.current?._drained();
  }

  messageAge() {
    return binding.messageAge(this.handle);
  }

  /** Tells the response when nothing waits any more, although nothing had to. */
  checkDrain() {
    this.pending = binding.flush(this.handle);
    if (this.pending === 0) process.nextTick(drainedNT, this);
  }

  idle() {
    return !this.closed && this.current === null && this.waiting === null && this.incoming === null &&
      !binding.inMessage(this.handle);
  }
}

function tellFinished(response, error) {
  const { req } = response;
  // What is left of the body is in the way of the next request.
  if (!req._consuming) req._dump();
  if (!error) response[kFinished] = true;
  if (response._events === undefined && response[kEndCallbacks] === undefined) {
    response.destroyed = true;
    response._closed = true;
    return;
  }
  process.nextTick(emitCloseNow, response);
  callEndCallbacks(response, error);
  if (!error) response.emit('finish');
}

// Connections and responses, in turn, whose end is told in the next tick: one tick serves all answers of a read.
let finishedLater = [];

function tellLater(connection, response) {
  finishedLater.push(connection, response);
  if (finishedLater.length === 2) process.nextTick(tellAll);
}

function tellAll() {
  const list = finishedLater;
  finishedLater = [];
  for (let i = 0; i < list.length; i += 2) {
    const connection = list[i];
    const response = list[i + 1];
    if (response._events === undefined && response[kEndCallbacks] === undefined) tellFinished(response, null);
    else connection.whenSent((error) => tellFinished(response, error));
    // Told to close by the handler, after its answer.
    if (connection.server._closing && connection.current === null && connection.incoming === null) connection.end();
  }
}

function drainedNT(connection) {
  if (!connection.closed && connection.pending === 0) connection.drained(0);
}

function finishedNT(connection, response) {
  // A malformed request behind this one has ended the connection: it tells the response.
  if (connection.socket?.destroyed) return;
  if (connection.pending > 0) connection.whenSent((error) => connection.finished(response, error));
  else connection.finished(response, null);
}

/** The connection went away: its responses, and their requests, hear of it. */
function abandonResponses({ current, waiting }) {
  const responses = current === null ? [] : [current, ...(waiting ?? [])];
  for (const response of responses) {
    response.destroyed = true;
    abandonRequest(response.req);
  }
  for (const response of responses) emitCloseNow(response);
}

// The connection went away before the request was answered.
function abandonRequest(req) {
  // A request that nobody has looked at needs no stream to be told.
  if (req[kState] === undefined && req._events === undefined) req.aborted = true;
  else abortMessage(req);
  abortSignal(req);
}

/**
 * The request whose body was being received hears that there will be no more; as in Node it does not when it has been
 * answered already.
 */
function abortIncoming(connection) {
  const { current, incoming, waiting } = connection;
  connection.incoming = null;
  if (incoming === null || incoming.complete) return;
  const response = waiting?.at(-1) ?? current;
  if (response?.req === incoming) abortMessage(incoming);
}

// Who listens to the bytes of an HTTP socket gets them, beside the parser.
function teeSocket(socket) {
  if (!socket._handle) return;
  binding.tee(socket._handle);
  if (socket.readableFlowing === null) socket.resume();
}

function onOfSocket(event, listener) {
  if (event === 'data' || event === 'readable') teeSocket(this);
  return Socket.prototype.on.call(this, event, listener);
}

function prependListenerOfSocket(event, listener) {
  if (event === 'data' || event === 'readable') teeSocket(this);
  return Socket.prototype.prependListener.call(this, event, listener);
}

function refuseEncoding() {
  throw new codes.ERR_HTTP_SOCKET_ENCODING();
}

function onSocketError(error) {
  // `this` is the socket.
  const connection = this[kHttpConnection];
  if (!connection.reported) connection.server._clientError(error, this);
}

function onSocketTimeout() {
  const connection = this[kHttpConnection];
  const { server } = connection;
  const request = connection.incoming;
  const response = connection.current;
  const requestHandled = Boolean(request && !request.complete && request.emit('timeout', this));
  const responseHandled = Boolean(response?.emit('timeout', this));
  const serverHandled = server.emit('timeout', this);
  if (!requestHandled && !responseHandled && !serverHandled) this.destroy();
}

// ---- What C++ calls; `this` is the connection ----

function onRequest(method, url, headerBlock, flags) {
  const { server } = this;
  if (this.socket !== null) this.socket._unrefTimer();
  const Request = server._Request;
  const req = Request === IncomingMessage ? new IncomingMessage(undefined) : new Request(this.socketFor());
  const origin = req[kOrigin];
  origin.connection = this;
  origin.headerBlock = headerBlock;
  origin.major = flags >> 16;
  origin.minor = (flags >> 8) & 0xff;
  req.method = methodNames[method];
  req.url = url;
  if (server.joinDuplicateHeaders) req.joinDuplicateHeaders = true;
  const upgrade = (flags & kUpgrade) !== 0;
  if (req.upgrade !== upgrade) req.upgrade = upgrade;
  const bodyless = (flags & kComplete) !== 0;
  origin.ended = bodyless;
  const verdict = server._handleRequest(this, req, flags);
  if (bodyless) req.complete = true;
  return verdict;
}

function onBody(arrayBuffer) {
  const req = this.incoming;
  if (this.socket !== null) this.socket._unrefTimer();
  if (req === null || req._dumped) return;
  if (!req.push(new FastBuffer(arrayBuffer))) this.pause();
}

function onComplete(trailerBlock) {
  const req = this.incoming;
  if (req === null) return;
  this.incoming = null;
  endMessage(req, trailerBlock === undefined ? undefined : trailerBlock.split('\n'));
  // Answered before it was received whole.
  if (this.current !== null || this.waiting !== null || this.closed) return;
  if (this.server._closing) this.end();
  else binding.write(this.handle, undefined, undefined, 0, 0, this.idleTimeout(), true);
}

function onUpgrade(arrayBuffer) {
  const req = this.upgrading;
  this.upgrading = undefined;
  const socket = this.socketFor();
  release(this);
  this.server._upgrade(req, socket, new FastBuffer(arrayBuffer));
}

/** Takes the connection away from HTTP: the socket is its own again. */
function release(connection) {
  const { handle, server, socket } = connection;
  binding.detach(handle);
  connection.closed = true;
  connection.detached = true;
  server[kConnections].delete(connection);
  for (const [event, listener] of connection.listeners) socket.removeListener(event, listener);
  delete socket.on;
  delete socket.addListener;
  delete socket.prependListener;
  delete socket.setEncoding;
  socket.parser = null;
  socket._httpMessage = null;
  // What comes waits in the socket until somebody reads, as far as its buffer goes.
  if (connection.paused) handle.readStart();
  handle[kReading] = true;
  socket.readableFlowing = null;
  handle[kOwner] = socket;
  const { current } = connection;
  if (current !== null && !current[kFinishing]) connection.answerBySocket(current);
}

function onError(code, reason, parsed, rawPacket) {
  const error = new Error(`Parse Error${reason ? `: ${reason}` : ''}`);
  error.code = code;
  error.reason = reason;
  error.bytesParsed = parsed;
  error.rawPacket = new FastBuffer(rawPacket);
  this.failed = true;
  this.server._clientError(error, this.socketFor());
}

// The other side's end, or a read that failed.
function onEnd(status) {
  if (status !== UV_EOF) {
    const error = new ErrnoException(status, 'read');
    if (this.socket === null && !this.server._hasClientError()) this.destroy(error);
    else this.socketFor().destroy(error);
    return;
  }
  this.handle[kReading] = false;
  if (this.failed) {
    this.end();
    return;
  }
  const { server } = this;
  if (binding.inMessage(this.handle)) {
    const socket = this.socketFor();
    const error = new Error('Parse Error');
    error.code = 'HPE_INVALID_EOF_STATE';
    error.reason = 'Invalid EOF state';
    error.bytesParsed = 0;
    error.rawPacket = undefined;
    server._clientError(error, socket);
    // As far as the program keeps it, it is a socket at its end.
    if (!socket.destroyed) {
      socket.push(null);
      socket.read(0);
    }
    return;
  }
  if (!server.httpAllowHalfOpen) {
    this.abortIncoming();
    this.end();
  } else if (this.waiting !== null) {
    this.waiting[this.waiting.length - 1]._last = true;
  } else if (this.current !== null) {
    this.current._last = true;
  } else {
    this.end();
  }
}

function onDrain(status) {
  this.drained(status);
}

function onIdleTimeout() {
  // Some tests and programs watch for it: 'timeout' of the server with the socket.
  if (this.server.listenerCount('timeout') > 0) {
    if (this.server.emit('timeout', this.socketFor())) return;
  }
  this.destroy();
}

module.exports = {
  NativeConnection, abandonResponses, abortIncoming, forgetProcess, kConnections, kHttpConnection, release,
};
