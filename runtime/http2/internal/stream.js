'use strict';
// Http2Stream: what the streams of servers and clients have in common. A Duplex whose bytes the native session takes and
// brings; it closes when both sides have ended, by RST_STREAM, or with its session.
// Run once per realm by internal/http2/session.

const { Duplex } = require('stream');
const {
  AbortError,
  codes: {
    ERR_HTTP2_INVALID_STREAM, ERR_HTTP2_STREAM_ERROR, ERR_HTTP2_TRAILERS_ALREADY_SENT,
    ERR_HTTP2_TRAILERS_NOT_READY, ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE,
  },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { inspect } = require('internal/util/inspect');
const { Buffer } = require('buffer');
const { constants } = require('internal/http2/constants');
const {
  NghttpError, assertIsObject, assertValidPseudoHeaderTrailer, buildNgHeaderString, copyHeaders,
  kStrictSingleValueFields, nameForErrorCode,
} = require('internal/http2/util');
const { kHandle, kMaybeDestroy, kProceed, kSession, kState } = require('internal/http2/symbols');
const { clearIdleTimeout, kTimeout, refreshTimeout, setIdleTimeout } = require('internal/http2/timeout');
const { NativeStream } = require('internal/http2/native');
const { channels, now, publish, reportStream } = require('internal/http2/observe');

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR } = constants;
const kMaxUint32 = 2 ** 32 - 1;

// How close() tells the peer: not at all, after what was written, or at once.
const kSilently = 0;
const kAfterWrites = 1;
const kAtOnce = 2;

// As StreamHandle::Encoding has them.
const encodingNumbers = {
  __proto__: null, buffer: 0, latin1: 1, binary: 1, ascii: 1, utf8: 2, 'utf-8': 2, ucs2: 3, 'ucs-2': 3, utf16le: 3,
  'utf-16le': 3,
};

let priorityWarned = false;

class Http2Stream extends Duplex {
  constructor(session) {
    super({ allowHalfOpen: true, autoDestroy: false, decodeStrings: false });
    // Nothing is read ahead for a program that has not looked yet: the peer's window stays shut.
    this._readableState.readingMore = true;
    this[kSession] = session;
    this[kHandle] = undefined;
    this[kTimeout] = null;
    this[kState] = {
      id: undefined,
      rstCode: NGHTTP2_NO_ERROR,
      closed: false,
      aborted: false,
      didRead: false,
      paused: true,
      ending: false,
      ended: false,
      hasTrailers: false,
      trailersReady: false,
      trailersSent: false,
      endAfterHeaders: false,
      headRequest: false,
      body: undefined,  // a FileBody that is being sent
      writeCallback: null,
      writeLength: 0,
      finalCallback: null,
      sentHeaders: undefined,
      sentInfoHeaders: undefined,
      sentTrailers: undefined,
      startTime: now(),
      firstByte: 0,
      firstByteSent: 0,
      firstHeader: 0,
      statistics: undefined,
    };
    session[kState].pendingStreams.add(this);
    this.on('finish', onFinish);
  }

  /** The native session has a stream for this one. */
  _opened(id, nativeSession) {
    const state = this[kState];
    const sessionState = this[kSession][kState];
    state.id = id;
    this[kHandle] = new NativeStream(nativeSession, id);
    this[kHandle].bind(this);
    sessionState.pendingStreams.delete(this);
    sessionState.streams.set(id, this);
    sessionState.streamCount++;
    this.uncork();
    this.emit('ready');
  }

  // ---- What it is ----

  get id() {
    return this[kState].id;
  }

  get session() {
    return this[kSession];
  }

  get pending() {
    return this[kState].id === undefined;
  }

  get closed() {
    return this[kState].closed;
  }

  get aborted() {
    return this[kState].aborted;
  }

  get endAfterHeaders() {
    return this[kState].endAfterHeaders;
  }

  get rstCode() {
    return this[kState].rstCode;
  }

  get sentHeaders() {
    return this[kState].sentHeaders;
  }

  get sentInfoHeaders() {
    return this[kState].sentInfoHeaders;
  }

  get sentTrailers() {
    return this[kState].sentTrailers;
  }

  get headRequest() {
    return this[kState].headRequest;
  }

  get _handle() {
    return this[kHandle];
  }

  get bufferSize() {
    const waiting = this[kHandle]?.statistics()[2] ?? 0;
    return this.writableLength > waiting ? this.writableLength : waiting;
  }

  get state() {
    const values = this[kHandle]?.state() ?? [];
    if (values.length === 0) return {};
    const [state, localClose, remoteClose, localWindowSize] = values;
    return { state, weight: 16, sumDependencyWeight: 0, localClose, remoteClose, localWindowSize };
  }

  [inspect.custom](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = {
      id: this.id || '<pending>',
      closed: this.closed,
      destroyed: this.destroyed,
      state: this.state,
      readableState: this._readableState,
      writableState: this._writableState,
    };
    return `Http2Stream ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  // ---- Timeouts ----

  _onTimeout() {
    if (this.destroyed) return;
    // Bytes that leave are activity too.
    const { statistics } = this[kState];
    const current = this[kHandle]?.statistics();
    if (current !== undefined && (current[1] ?? 0) !== (statistics?.[1] ?? 0)) {
      this[kState].statistics = current;
      refreshTimeout(this);
      return;
    }
    this.emit('timeout');
  }

  _active() {
    const session = this[kSession];
    if (this.destroyed || session === undefined) return;
    refreshTimeout(session);
    // An answer that has been given is not waited for again; _onTimeout() looks whether it still leaves.
    if (!session._isServer || !this[kState].ending) refreshTimeout(this);
  }

  // ---- Writing ----

  _write(data, encoding, callback) {
    this._send(callback, data.length, (handle, last) => {
      this._publishChunk(false, data, encoding);
      const number = typeof data === 'string' ? encodingNumbers[encoding] : 0;
      if (number === undefined) return handle.write(Buffer.from(data, encoding), 0, last);
      return handle.write(data, number, last);
    });
  }

  _writev(chunks, callback) {
    let length = 0;
    for (const { chunk } of chunks) length += chunk.length;
    this._send(callback, length, (handle, last) => {
      this._publishChunk(true, chunks, '');
      const list = [];
      for (const { chunk, encoding } of chunks) {
        const number = typeof chunk === 'string' ? encodingNumbers[encoding] : 0;
        if (number === undefined) list.push(Buffer.from(chunk, encoding), 0);
        else list.push(chunk, number);
      }
      return handle.writev(list, last);
    });
  }

  _publishChunk(writev, data, encoding) {
    if (this[kSession] !== undefined && !this[kSession]._isServer && channels().client.bodyChunkSent.hasSubscribers) {
      if (writev && data.every(({ chunk }) => typeof chunk !== 'string')) data = data.map(({ chunk }) => chunk);
      channels().client.bodyChunkSent.publish({ stream: this, writev, data, encoding });
    }
  }

  _send(callback, length, write) {
    const state = this[kState];
    if (state.id === undefined && !this.destroyed) {
      this.once('ready', () => this._send(callback, length, write));
      return;
    }
    if (this[kHandle] === undefined) {
      callback(this.destroyed ? undefined : new ERR_HTTP2_INVALID_STREAM());
      return;
    }
    this._active();
    if (!this.headersSent) this[kProceed]();
    // Nothing comes after it: the last frame says so.
    const last = state.ending && this.writableLength === length;
    if (last) state.ended = true;
    state.writeCallback = callback;
    state.writeLength = length;
    if (state.firstByteSent === 0) state.firstByteSent = now();
    if (write(this[kHandle], last) < 0) this._written();
  }

  /** Of the native session: all that it was given has left. */
  _written() {
    const state = this[kState];
    this._active();
    const { finalCallback, writeCallback } = state;
    state.writeCallback = null;
    state.finalCallback = null;
    writeCallback?.();
    finalCallback?.();
  }

  end(chunk, encoding, callback) {
    const state = this[kState];
    state.ending = true;
    super.end(chunk, encoding, callback);
    // What is on its way is the last there is: it takes the end along.
    if (state.writeCallback !== null && !state.ended && this.writableLength === state.writeLength &&
        this[kHandle] !== undefined) {
      state.ended = true;
      this[kHandle].end();
    }
    return this;
  }

  _final(callback) {
    const state = this[kState];
    if (state.id === undefined && !this.destroyed) {
      this.once('ready', () => this._final(callback));
      return;
    }
    if (this[kSession] !== undefined && !this[kSession]._isServer) publish('client', 'bodySent', () => ({ stream: this }));
    const handle = this[kHandle];
    // What has not been answered yet will be answered without a body.
    const isOver = handle === undefined || state.ended || !this.headersSent;
    state.ended = true;
    // 1: somebody will say when it is done.
    if (isOver || handle.end() !== 1) {
      callback();
    } else {
      state.finalCallback = callback;
    }
  }

  // ---- Reading ----

  _read() {
    const state = this[kState];
    if (this.destroyed) {
      this.push(null);
      return;
    }
    if (!state.didRead) {
      state.didRead = true;
      this._readableState.readingMore = false;
    }
    if (state.id === undefined) {
      this.once('ready', this._read);
    } else if (state.paused) {
      state.paused = false;
      this[kHandle]?.resume();
    }
  }

  /** Of the native session; false holds the peer back. */
  _received(chunk) {
    const state = this[kState];
    if (this.destroyed) return true;
    this._active();
    if (state.firstByte === 0) state.firstByte = now();
    if (this.push(chunk)) return true;
    state.paused = true;
    return false;
  }

  // ---- Trailers ----

  _trailersDue() {
    this[kState].trailersReady = true;
    if (!this.emit('wantTrailers')) this.sendTrailers({});
  }

  sendTrailers(headers) {
    const state = this[kState];
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    if (state.trailersSent) throw new ERR_HTTP2_TRAILERS_ALREADY_SENT();
    if (!state.trailersReady) throw new ERR_HTTP2_TRAILERS_NOT_READY();
    assertIsObject(headers, 'headers');
    headers = copyHeaders(headers);
    this._active();
    const [block, count] = buildNgHeaderString(headers, assertValidPseudoHeaderTrailer,
                                               this[kSession][kStrictSingleValueFields]);
    state.trailersSent = true;
    state.hasTrailers = false;
    const result = this[kHandle].trailers(block, count);
    if (result < 0) this.destroy(new NghttpError(result));
    else state.sentTrailers = headers;
    process.nextTick(() => this[kMaybeDestroy]());
  }

  // ---- The end ----

  priority() {
    if (!priorityWarned) {
      priorityWarned = true;
      process.emitWarning('http2Stream.priority is longer supported after priority signalling was deprecated in RFC 9113',
                          'DeprecationWarning', 'DEP0194');
    }
    if (this.destroyed) throw new ERR_HTTP2_INVALID_STREAM();
  }

  close(code = NGHTTP2_NO_ERROR, callback) {
    if (typeof code !== 'number') throw new ERR_INVALID_ARG_TYPE('code', 'number', code);
    if (!Number.isInteger(code)) throw new ERR_OUT_OF_RANGE('code', 'an integer', code);
    if (code < 0 || code > kMaxUint32) throw new ERR_OUT_OF_RANGE('code', `>= 0 && <= ${kMaxUint32}`, code);
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (this.closed) return;
    if (callback !== undefined) this.once('close', callback);
    closeStream(this, code, kAfterWrites);
  }

  _destroy(error, callback) {
    const session = this[kSession];
    const handle = this[kHandle];
    const state = this[kState];
    const sessionState = session[kState];
    clearIdleTimeout(this);
    const sessionCode = sessionState.goawayCode || sessionState.destroyCode;
    // One that was closed before knows better than its session.
    let code = this.closed ? this.rstCode : sessionCode;
    if (error !== null && error !== undefined) {
      if (sessionCode) code = sessionCode;
      else code = error instanceof AbortError ? NGHTTP2_CANCEL : NGHTTP2_INTERNAL_ERROR;
    }
    if (!this.closed) closeStream(this, code ?? NGHTTP2_NO_ERROR, handle === undefined ? kSilently : kAtOnce);
    this.push(null);
    reportStream(this);
    sessionState.streams.delete(state.id);
    sessionState.pendingStreams.delete(this);
    // To cancel is no error.
    if (!error && code && code !== NGHTTP2_CANCEL) {
      error = new ERR_HTTP2_STREAM_ERROR(nameForErrorCode(code));
    }
    this[kSession] = undefined;
    this[kHandle] = undefined;
    const { finalCallback, writeCallback } = state;
    state.writeCallback = null;
    state.finalCallback = null;
    if (error) publish(session._isServer ? 'server' : 'client', 'error', () => ({ stream: this, error }));
    require('timers').setImmediate(() => session[kMaybeDestroy]());
    callback(error);
    writeCallback?.(error);
    finalCallback?.(error);
  }

  /** Destroys it when nothing is left to be done. */
  [kMaybeDestroy](code = NGHTTP2_NO_ERROR) {
    if (code !== NGHTTP2_NO_ERROR) {
      this.destroy();
      return;
    }
    if (!this.writableFinished || this.destroyed) return;
    const state = this[kState];
    if (!this.readable && this.closed) {
      this.destroy();
      return;
    }
    if (state.body !== undefined) return;
    // A server has answered and never looked at the request's body: it need not come. Not at once, because pushes may
    // still be wanted.
    if (this[kSession]?._isServer && this.headersSent && !state.hasTrailers && !state.didRead && this.readableFlowing === null) {
      require('timers').setImmediate(() => this.close());
    }
  }

  /** Of the native session: the stream is no more. */
  _closedByPeer(code) {
    if (this.destroyed) return;
    clearIdleTimeout(this);
    if (!this.closed) closeStream(this, code, kSilently);
    // Nobody takes what is left.
    this._written();
    if (this.destroyed) return;
    if (code !== NGHTTP2_NO_ERROR || this.readableEnded) {
      // An error on the client's side waits for what has come to be read.
      if (code !== NGHTTP2_NO_ERROR && !this.readableEnded && !this[kSession]._isServer && this.readableLength > 0 &&
          !this.readableAborted) {
        endThenDestroy(this);
        return;
      }
      this.destroy();
      return;
    }
    endThenDestroy(this);
  }
}

function onFinish() {
  this[kMaybeDestroy]();
}

function endThenDestroy(stream) {
  stream.on('end', onEndDestroy);
  stream.push(null);
  // Nobody looks at it: it must end all the same.
  if (stream[kSession]?._isServer && !stream[kState].didRead && stream.readableFlowing === null) stream.resume();
  else stream.read(0);
}

function onEndDestroy() {
  this[kMaybeDestroy]();
  // The writing side cannot finish any more.
  if (!this.destroyed && this.closed) this.destroy();
}

function closeStream(stream, code, manner) {
  const state = stream[kState];
  state.closed = true;
  state.rstCode = code;
  clearIdleTimeout(stream);
  // 'aborted' may destroy the stream, which leaves the session then.
  const { [kSession]: session } = stream;
  const ending = stream.writableEnded;
  if (!ending) {
    // In the middle of it: the program hears that it is over.
    if (!state.aborted || state.endAfterHeaders) {
      state.aborted = true;
      stream.emit('aborted');
    }
    stream.end();
  }
  publish(session._isServer ? 'server' : 'client', 'close', () => ({ stream }));
  if (manner === kSilently) return;
  if (!ending || stream.writableFinished || code !== NGHTTP2_NO_ERROR || manner === kAtOnce) {
    reset(stream, code);
  } else {
    stream.once('finish', () => reset(stream, code));
  }
}

function reset(stream, code) {
  if (stream.pending) {
    stream.push(null);
    stream.once('ready', () => stream[kHandle]?.rstStream(code));
  } else {
    stream[kHandle]?.rstStream(code);
  }
}

Http2Stream.prototype.setTimeout = setIdleTimeout;

module.exports = { Http2Stream };
