'use strict';
// Http2Session: what the sessions of servers and clients have in common. It binds a native session to a socket and tells
// its streams and its program what the peer says.
// Run once per realm by internal/http2/core.

const EventEmitter = require('events');
const {
  codes: {
    ERR_HTTP2_INVALID_SESSION, ERR_HTTP2_MAX_PENDING_SETTINGS_ACK, ERR_HTTP2_PING_CANCEL, ERR_HTTP2_PING_LENGTH,
    ERR_HTTP2_SESSION_ERROR, ERR_HTTP2_SOCKET_BOUND, ERR_HTTP2_STREAM_CANCEL,
    ERR_INVALID_ARG_TYPE,
  },
} = require('internal/errors');
const { validateFunction, validateInt32, validateNumber } = require('internal/validators');
const { inspect } = require('internal/util/inspect');
const { isArrayBufferView } = require('internal/util/types');
const { Buffer } = require('buffer');
const { constants } = require('internal/http2/constants');
const {
  NghttpError, assertIsObject, kProxySocket, kSocket, kStrictSingleValueFields, parseBlock,
} = require('internal/http2/util');
const { kHandle, kMaybeDestroy, kState } = require('internal/http2/symbols');
const { clearIdleTimeout, kTimeout, refreshTimeout, setIdleTimeout } = require('internal/http2/timeout');
const { applySettings, getDefaultSettings, settingsEntries, validateSettings } = require('internal/http2/settings');
const { sessionOptions } = require('internal/http2/options');
const { now, reportSession } = require('internal/http2/observe');

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR, NGHTTP2_SESSION_SERVER } = constants;

const kBoundSession = Symbol('bound-session');  // of a socket
const kErrorFlowControl = -524;  // of nghttp2
const kErrorProtocol = -505;
const kMaxUint32 = 2 ** 32 - 1;

function initialState(options) {
  return {
    options,
    isConnecting: false,
    isClosed: false,
    isDestroyed: false,
    isCleaned: false,
    streams: new Map(),
    pendingStreams: new Set(),
    goawayCode: undefined,
    goawaySent: false,
    goawayLastStreamId: undefined,
    destroyCode: NGHTTP2_NO_ERROR,
    localSettings: undefined,
    remoteSettings: undefined,
    waitingSettings: [],
    pings: [],
    maxOutstandingSettings: Math.max(options.maxOutstandingSettings ?? 10, 1),
    maxOutstandingPings: options.maxOutstandingPings ?? 10,
    startTime: now(),
    pingRtt: 0,
    streamCount: 0,
    streamTimes: { count: 0, total: 0 },
    sentBytes: 0,
    encrypted: undefined,
    alpnProtocol: undefined,
  };
}

class Http2Session extends EventEmitter {
  constructor(options, type, socket) {
    super();
    if (!socket._handle?.readStart && typeof socket.on !== 'function') throw new ERR_INVALID_ARG_TYPE('socket', 'Duplex', socket);
    if (socket[kBoundSession] !== undefined) throw new ERR_HTTP2_SOCKET_BOUND();
    socket[kBoundSession] = this;
    this[kState] = initialState(options);
    this[kSocket] = socket;
    this[kHandle] = undefined;
    this[kTimeout] = null;
    this[kProxySocket] = null;
    this[kStrictSingleValueFields] = options.strictSingleValueFields !== false;
    Object.defineProperty(this, 'type', { __proto__: null, enumerable: false, value: type });
    socket.on('error', onSocketError);
    socket.on('close', onSocketClose);
    const ready = socket.connecting ? 'connect' : socket.secureConnecting ? 'secureConnect' : undefined;
    if (ready === undefined) {
      this._setUp();
      return;
    }
    this[kState].isConnecting = true;
    const event = socket.encrypted || socket.secureConnecting ? 'secureConnect' : 'connect';
    socket.once(event, () => {
      this[kState].isConnecting = false;
      this._setUp();
    });
  }

  get _isServer() {
    return this.type === NGHTTP2_SESSION_SERVER;
  }

  _setUp() {
    const state = this[kState];
    const socket = this[kSocket];
    if (state.isDestroyed) return;
    if (socket === undefined || socket.destroyed) {
      onSocketClose.call(socket ?? { [kBoundSession]: this });
      return;
    }
    state.encrypted = Boolean(socket.encrypted);
    state.alpnProtocol = socket.encrypted ? socket.alpnProtocol : 'h2c';
    const { createNativeSession } = require('internal/http2/native');
    const handle = createNativeSession(this, sessionOptions(state.options, this._isServer));
    this[kHandle] = handle;
    if (typeof socket.disableRenegotiation === 'function') socket.disableRenegotiation();
    // Frames are small and the other side waits for many of them.
    if (typeof socket.setNoDelay === 'function') socket.setNoDelay();
    const given = state.options.settings;
    this._submitSettings(typeof given === 'object' && given !== null ? given : {});
    if (this._isServer && Array.isArray(state.options.origins)) this.origin(...state.options.origins);
    require('internal/http2/transport').attach(handle, socket);
    process.nextTick(() => {
      if (!state.isDestroyed) this.emit('connect', this, socket);
    });
  }

  // ---- What it is ----

  get connecting() {
    return this[kState].isConnecting;
  }

  get closed() {
    return this[kState].isClosed;
  }

  get destroyed() {
    return this[kState].isDestroyed;
  }

  get encrypted() {
    return this[kState].encrypted;
  }

  get alpnProtocol() {
    return this[kState].alpnProtocol;
  }

  get originSet() {
    if (!this.encrypted || this.destroyed) return undefined;
    const { originSet } = this[kState];
    if (originSet === undefined) this[kState].originSet = this._initialOrigins();
    return [...this[kState].originSet];
  }

  _initialOrigins() {
    const { remotePort, servername } = this[kSocket];
    const host = this._isServer ? servername : servername || this[kState].options.servername || this[kState].host;
    return new Set([`https://${host}${remotePort === 443 || remotePort === undefined ? '' : `:${remotePort}`}`]);
  }

  get socket() {
    if (this[kSocket] === undefined) return undefined;
    if (this[kProxySocket] === null) this[kProxySocket] = require('internal/http2/socket_proxy').proxySocket(this);
    return this[kProxySocket];
  }

  get pendingSettingsAck() {
    return this[kState].waitingSettings.length > 0;
  }

  get localSettings() {
    if (this.destroyed || this.connecting) return {};
    const state = this[kState];
    state.localSettings ??= getDefaultSettings();
    return state.localSettings;
  }

  get remoteSettings() {
    if (this.destroyed || this.connecting) return {};
    const state = this[kState];
    state.remoteSettings ??= getDefaultSettings();
    return state.remoteSettings;
  }

  get state() {
    const [
      effectiveLocalWindowSize, effectiveRecvDataLength, nextStreamID, localWindowSize, lastProcStreamID,
      remoteWindowSize, outboundQueueSize, deflateDynamicTableSize, inflateDynamicTableSize,
    ] = this[kHandle]?.state() ?? [];
    if (effectiveLocalWindowSize === undefined) return {};
    return {
      effectiveLocalWindowSize, effectiveRecvDataLength, nextStreamID, localWindowSize, lastProcStreamID,
      remoteWindowSize, outboundQueueSize, deflateDynamicTableSize, inflateDynamicTableSize,
    };
  }

  [inspect.custom](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const shown = {
      type: this.type,
      closed: this.closed,
      destroyed: this.destroyed,
      state: this.state,
      localSettings: this.localSettings,
      remoteSettings: this.remoteSettings,
    };
    return `Http2Session ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  [EventEmitter.captureRejectionSymbol](error, event, ...args) {
    if (event === 'stream') args[0].destroy(error);
    else this.destroy(error);
  }

  ref() {
    const handle = this[kSocket]?._handle;
    if (typeof handle?.ref === 'function') handle.ref();
  }

  unref() {
    const handle = this[kSocket]?._handle;
    if (typeof handle?.unref === 'function') handle.unref();
  }

  // ---- Settings ----

  settings(settings, callback) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    assertIsObject(settings, 'settings');
    validateSettings(settings);
    if (callback !== undefined) validateFunction(callback, 'callback');
    const state = this[kState];
    if (state.waitingSettings.length >= state.maxOutstandingSettings) {
      this.destroy(new ERR_HTTP2_MAX_PENDING_SETTINGS_ACK());
      return;
    }
    settings = { ...settings };
    if (this.connecting) {
      const entry = { settings, callback, started: now() };
      state.waitingSettings.push(entry);
      this.once('connect', () => this._sendSettings(entry));
    } else {
      this._submitSettings(settings, callback);
    }
  }

  _submitSettings(settings, callback) {
    validateSettings(settings);
    const entry = { settings, callback, started: now() };
    this[kState].waitingSettings.push(entry);
    this._sendSettings(entry);
  }

  _sendSettings(entry) {
    if (this[kHandle] === undefined) return;
    entry.entries = settingsEntries(entry.settings);
    // Nobody has to agree to them.
    const { customSettings } = entry.settings;
    if (customSettings !== undefined) this.localSettings.customSettings = { ...customSettings };
    const result = this[kHandle].settings(entry.entries);
    if (result < 0) this.destroy(new NghttpError(result));
  }

  _onSettingsAck() {
    const state = this[kState];
    refreshTimeout(this);
    const entry = state.waitingSettings.shift();
    if (entry === undefined || this.destroyed) return;
    const settings = { __proto__: null, ...this.localSettings };
    applySettings(settings, entry.entries ?? [], Object.keys(entry.settings.customSettings ?? {}).map(Number));
    state.localSettings = settings;
    entry.callback?.(null, settings, now() - entry.started);
    this.emit('localSettings', settings);
  }

  _onSettings(entries) {
    if (this.destroyed) return;
    refreshTimeout(this);
    const settings = { __proto__: null, ...this.remoteSettings };
    applySettings(settings, entries, this[kState].options.remoteCustomSettings);
    this[kState].remoteSettings = settings;
    this.emit('remoteSettings', settings);
  }

  // ---- Ping, goaway, windows ----

  ping(payload, callback) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    if (typeof payload === 'function') {
      callback = payload;
      payload = undefined;
    }
    if (payload !== undefined) {
      if (!isArrayBufferView(payload)) throw new ERR_INVALID_ARG_TYPE('payload', ['Buffer', 'TypedArray', 'DataView'], payload);
      if (payload.byteLength !== 8) throw new ERR_HTTP2_PING_LENGTH();
    }
    validateFunction(callback, 'callback');
    const state = this[kState];
    const { AsyncResource } = require('async_hooks');
    const resource = new AsyncResource('HTTP2PING', { requireManualDestroy: true });
    const entry = {
      callback(...args) {
        resource.runInAsyncScope(callback, undefined, ...args);
        resource.emitDestroy();
      },
      payload,
      started: now(),
    };
    if (this.connecting) {
      this.once('connect', () => this._sendPing(entry));
      return undefined;
    }
    if (state.pings.length >= state.maxOutstandingPings) {
      process.nextTick(entry.callback, new ERR_HTTP2_PING_CANCEL());
      return false;
    }
    this._sendPing(entry);
    return true;
  }

  _sendPing(entry) {
    if (this[kHandle] === undefined) {
      entry.callback(new ERR_HTTP2_PING_CANCEL());
      return;
    }
    const state = this[kState];
    if (state.pings.length >= state.maxOutstandingPings) {
      entry.callback(new ERR_HTTP2_PING_CANCEL());
      return;
    }
    entry.started = now();
    let { payload } = entry;
    if (payload === undefined) {
      payload = Buffer.alloc(8);
      payload.writeBigUInt64LE(BigInt(Math.round(entry.started * 1e6)));
    }
    state.pings.push(entry);
    this[kHandle].ping(payload);
  }

  _onPing(payload, ack) {
    if (this.destroyed) return;
    refreshTimeout(this);
    if (!ack) {
      this.emit('ping', payload);
      return;
    }
    const state = this[kState];
    const entry = state.pings.shift();
    if (entry === undefined) {
      // Nobody asked.
      this.destroy(new NghttpError(kErrorProtocol));
      return;
    }
    state.pingRtt = now() - entry.started;
    entry.callback(null, state.pingRtt, payload);
  }

  goaway(code = NGHTTP2_NO_ERROR, lastStreamID = 0, opaqueData) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    if (opaqueData !== undefined && !isArrayBufferView(opaqueData)) {
      throw new ERR_INVALID_ARG_TYPE('opaqueData', ['Buffer', 'TypedArray', 'DataView'], opaqueData);
    }
    validateNumber(code, 'code');
    validateNumber(lastStreamID, 'lastStreamID');
    const send = () => {
      this[kState].goawaySent = true;
      this[kHandle]?.goaway(code, lastStreamID, opaqueData);
    };
    if (this.connecting) this.once('connect', send);
    else send();
  }

  _onGoaway(code, lastId, data) {
    const state = this[kState];
    if (this.destroyed) return;
    state.goawayCode = code;
    state.goawayLastStreamId = lastId;
    this.emit('goaway', code, lastId, data);
    // Without an error what is under way may end; with one nothing is of use any more.
    if (code === NGHTTP2_NO_ERROR) this.close();
    else this.destroy(new ERR_HTTP2_SESSION_ERROR(code), NGHTTP2_NO_ERROR);
  }

  setNextStreamID(id) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    validateNumber(id, 'id');
    if (id <= 0 || id > kMaxUint32) {
      const { codes: { ERR_OUT_OF_RANGE } } = require('internal/errors');
      throw new ERR_OUT_OF_RANGE('id', `> 0 and <= ${kMaxUint32}`, id);
    }
    this[kHandle]?.setNextStreamId(id);
  }

  setLocalWindowSize(windowSize) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    validateInt32(windowSize, 'windowSize', 0);
    const result = this[kHandle]?.setLocalWindowSize(windowSize) ?? 0;
    if (result < 0) this.destroy(new NghttpError(result));
  }

  // ---- What streams are told ----

  _onHeaders(stream, category, block, flags, sensitive) {
    if (this.destroyed || stream.destroyed) return;
    stream._active();
    const [headers, rawHeaders] = parseBlock(block, sensitive, this[kStrictSingleValueFields]);
    const ends = (flags & 1) !== 0;
    if (stream[kState].firstHeader === 0) stream[kState].firstHeader = now();
    this._emitHeaders(stream, category, headers, flags, rawHeaders, ends);
    if (ends && !stream.destroyed) stream.push(null);
  }

  _onFrameError(id, type, error) {
    if (this.destroyed) return;
    refreshTimeout(this);
    const stream = this[kState].streams.get(id);
    const code = frameErrorCode(error);
    const emitter = stream !== undefined && !stream.destroyed ? stream : this;
    emitter.emit('frameError', type, code, id);
    if (emitter === this) {
      this.destroy();
      return;
    }
    const close = () => {
      if (!stream.destroyed) stream.close(code);
      this.close();
    };
    // A request that could not be sent is closed by nghttp2 itself, with a code of its own.
    if (this._isServer) close();
    else require('timers').setImmediate(close);
  }

  _onError(error) {
    if (this.destroyed) return;
    this.destroy(new NghttpError(error));
  }

  // The transport has ended, or cannot read or write.
  _onEof(status, reading) {
    const { UV_EOF } = internalBinding('uv');
    const socket = this[kSocket];
    if (socket === undefined || socket.destroyed || status === UV_EOF) return;
    const { ErrnoException } = require('internal/errors');
    socket.destroy(new ErrnoException(status, reading ? 'read' : 'write'));
  }

  _onSend(bytes) {
    return require('internal/http2/transport').send(this, bytes);
  }

  // Neither side has anything left to say.
  _onIdle() {
    if (this.destroyed) return;
    if (this.closed) this[kMaybeDestroy]();
    // nghttp2 has ended the session for something the peer did.
    else if (!this[kState].goawaySent) this.destroy(new NghttpError(kErrorProtocol));
  }

  // destroy() was called in the middle of something that is over now.
  _onDone() {
    this[kState].onDone?.();
  }

  // ---- The end ----

  _onTimeout() {
    if (this.destroyed) return;
    const sent = this[kHandle]?.statistics()[3] ?? 0;
    if (sent !== this[kState].sentBytes) {
      this[kState].sentBytes = sent;
      refreshTimeout(this);
      return;
    }
    this.emit('timeout');
  }

  close(callback) {
    if (this.closed || this.destroyed) return;
    this[kState].isClosed = true;
    if (typeof callback === 'function') this.once('close', callback);
    this.goaway();
    this[kMaybeDestroy]();
  }

  [kMaybeDestroy](error) {
    const state = this[kState];
    if (error === undefined || error === null) {
      if (!this.closed || state.streams.size > 0 || state.pendingStreams.size > 0) return;
      // What is to be sent goes first; then the native session says that it is idle.
      if (this[kHandle]?.hasPending()) return;
    }
    this.destroy(error ?? undefined);
  }

  destroy(error = NGHTTP2_NO_ERROR, code) {
    if (this.destroyed) return;
    if (typeof error === 'number') {
      code = error;
      error = code !== NGHTTP2_NO_ERROR ? new ERR_HTTP2_SESSION_ERROR(code) : undefined;
    }
    if (code === undefined && error !== undefined && error !== null) code = NGHTTP2_INTERNAL_ERROR;
    destroySession(this, +(code ?? NGHTTP2_NO_ERROR) >>> 0, error);
  }
}

function frameErrorCode(error) {
  switch (error) {
    case -522: return constants.NGHTTP2_FRAME_SIZE_ERROR;
    case kErrorFlowControl: return constants.NGHTTP2_FLOW_CONTROL_ERROR;
    case -533: return constants.NGHTTP2_REFUSED_STREAM;
    case kErrorProtocol: return constants.NGHTTP2_PROTOCOL_ERROR;
    default: return constants.NGHTTP2_INTERNAL_ERROR;
  }
}

function destroySession(session, code, error) {
  const state = session[kState];
  state.isDestroyed = true;
  state.destroyCode = code;
  clearIdleTimeout(session);
  if (state.pendingStreams.size > 0) {
    const cancel = new ERR_HTTP2_STREAM_CANCEL(error);
    for (const stream of [...state.pendingStreams]) stream.destroy(cancel);
  }
  for (const stream of [...state.streams.values()]) {
    if (error || !isBeingRead(stream)) stream.destroy(error);
  }
  for (const { callback } of state.pings.splice(0)) process.nextTick(callback, new ERR_HTTP2_PING_CANCEL());
  const handle = session[kHandle];
  const socket = session[kSocket];
  reportSession(session, handle);
  const done = () => finish(session, socket, error);
  if (handle === undefined || handle.destroy(code, Boolean(socket === undefined || socket.destroyed))) done();
  else state.onDone = done;
}

// Both sides ended it in peace and the program is about to read the rest: it closes by itself.
function isBeingRead(stream) {
  return stream.closed && stream.rstCode === NGHTTP2_NO_ERROR && stream.writableFinished &&
    stream.readableFlowing !== null && stream.readableLength > 0;
}

function finish(session, socket, error) {
  session[kHandle] = undefined;
  session[kSocket] = undefined;
  if (socket !== undefined) {
    socket[kBoundSession] = undefined;
    socket.removeListener('error', onSocketError);
    socket.removeListener('close', onSocketClose);
    socket.on('error', () => {});
    session[kProxySocket] = null;
  }
  if (socket === undefined || socket.destroyed) {
    process.nextTick(emitClose, session, error);
    return;
  }
  socket.on('close', () => emitClose(session, error));
  if (session.closed && !socket.connecting) {
    // What is on its way still leaves; then the peer's end is waited for.
    socket.resume();
    socket.end();
  } else {
    // GOAWAY is in the socket's buffers; it leaves before the end.
    socket.destroy(error ?? undefined);
  }
}

function emitClose(session, error) {
  if (error) session.emit('error', error);
  session.emit('close');
}

function onSocketError(error) {
  const session = this[kBoundSession];
  if (session === undefined) return;
  // After GOAWAY the peer may go away as it likes.
  if (error.code === 'ECONNRESET' && session[kState].goawayCode === NGHTTP2_NO_ERROR) session.destroy();
  else session.destroy(error);
}

function onSocketClose() {
  const session = this[kBoundSession];
  if (session === undefined) return;
  const state = session[kState];
  for (const stream of [...state.streams.values(), ...state.pendingStreams]) stream.close(NGHTTP2_CANCEL);
  state.isClosed = true;
  if (!session.destroyed) destroySession(session, NGHTTP2_NO_ERROR, undefined);
}

Http2Session.prototype.setTimeout = setIdleTimeout;

module.exports = { Http2Session };
