'use strict';
// ClientHttp2Session: makes requests, takes pushes.
// Run once per realm by internal/http2/core.

const {
  AbortError,
  codes: {
    ERR_HTTP2_GOAWAY_SESSION, ERR_HTTP2_INVALID_SESSION, ERR_HTTP2_OUT_OF_STREAMS, ERR_HTTP2_STREAM_SELF_DEPENDENCY,
    ERR_HTTP2_TOO_MANY_ORIGINS, ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateNumber } = require('internal/validators');
const { constants } = require('internal/http2/constants');
const {
  NghttpError, assertIsObject, assertValidPseudoHeader, buildNgHeaderString, checkConnectHeaders, copyHeaders,
  isPayloadMeaningless, kSensitiveHeaders, kStrictSingleValueFields, listToObject, parseBlock, warnPriority,
} = require('internal/http2/util');
const { kHandle, kState } = require('internal/http2/symbols');
const { Http2Session } = require('internal/http2/session');
const { ClientHttp2Stream } = require('internal/http2/client_stream');
const { publish } = require('internal/http2/observe');

const kEndStream = 1;
const kWaitForTrailers = 2;
const kErrorInvalidArgument = -501;  // of nghttp2
const kErrorStreamIdNotAvailable = -509;
const kPushResponse = 2;  // Http2Protocol::Category

class ClientHttp2Session extends Http2Session {
  constructor(options, socket) {
    super(options, constants.NGHTTP2_SESSION_CLIENT, socket);
    this[kState].authority = undefined;
    this[kState].protocol = undefined;
  }

  // ---- Requests ----

  request(given, options) {
    assertIsObject(options, 'options');
    options = { ...options };
    if (!Array.isArray(given)) assertIsObject(given, 'headers', ['Object', 'Array']);
    for (const name of ['endStream', 'exclusive', 'silent', 'waitForTrailers']) {
      if (options[name] !== undefined) validateBoolean(options[name], `options.${name}`);
    }
    if (options.parent !== undefined) validateNumber(options.parent, 'options.parent');
    if (options.weight !== undefined) warnPriority();
    const { list, headers } = this._requestHeaders(given);
    if (!this.destroyed) this._active();
    checkConnectHeaders(headers);
    const [block, count] = buildNgHeaderString(list ?? headers, assertValidPseudoHeader, this[kStrictSingleValueFields]);
    const { signal } = options;
    if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
    options.endStream ??= isPayloadMeaningless(headers[':method']);
    const stream = new ClientHttp2Stream(this);
    const state = stream[kState];
    state.sentHeaders = headers;
    state.sentRawHeaders = list;
    if (options.endStream) stream.end();
    publish('client', 'created', () => ({ stream, headers }));
    if (options.waitForTrailers) state.hasTrailers = true;
    if (signal) watchSignal(stream, signal);
    const open = () => this._open(stream, block, count, options);
    if (this.destroyed || this.closed) process.nextTick(open);
    else if (this.connecting) this._whenConnected(open);
    else open();
    return stream;
  }

  // The headers as an object, with what they lack; and as a list, when that is what was given.
  _requestHeaders(given) {
    const { authority, protocol } = this[kState];
    if (Array.isArray(given) && given.length % 2 !== 0) throw new ERR_INVALID_ARG_VALUE('headers', given);
    const headers = Array.isArray(given) ? listToObject(given) : copyHeaders(given);
    const defaults = [];
    const fill = (name, value) => {
      if (headers[name] !== undefined) return;
      defaults.push(name, value);
    };
    fill(':method', 'GET');
    const method = headers[':method'] ?? 'GET';
    const isConnect = method === 'CONNECT' && headers[':protocol'] === undefined;
    if (!isConnect) {
      if (headers.host === undefined) fill(':authority', authority);
      fill(':scheme', protocol?.slice(0, -1));
      fill(':path', '/');
    }
    for (let i = 0; i < defaults.length; i += 2) headers[defaults[i]] = defaults[i + 1];
    const list = Array.isArray(given) ? [...defaults, ...given] : undefined;
    if (list !== undefined && given[kSensitiveHeaders] !== undefined) list[kSensitiveHeaders] = given[kSensitiveHeaders];
    return { list, headers };
  }

  _open(stream, block, count, options) {
    if (stream.destroyed) return;
    if (this.destroyed) {
      stream.destroy(new ERR_HTTP2_INVALID_SESSION());
      return;
    }
    if (this.closed || this[kState].goawayCode !== undefined) {
      stream.destroy(new ERR_HTTP2_GOAWAY_SESSION());
      return;
    }
    let flags = 0;
    if (options.endStream) {
      flags |= kEndStream;
      stream[kState].ended = true;
    }
    if (options.waitForTrailers) flags |= kWaitForTrailers;
    const handle = this[kHandle];
    const id = handle.request(block, count, flags);
    if (id < 0) {
      if (id === kErrorStreamIdNotAvailable) {
        stream.destroy(new ERR_HTTP2_OUT_OF_STREAMS());
      } else if (id === kErrorInvalidArgument) {
        stream.destroy(new ERR_HTTP2_STREAM_SELF_DEPENDENCY());
      } else {
        this.destroy(new NghttpError(id));
      }
      return;
    }
    stream._opened(id, handle);
    publish('client', 'start', () => ({ stream, headers: stream.sentHeaders }));
  }

  // One listener for any number of requests.
  _whenConnected(open) {
    const { AsyncResource } = require('async_hooks');
    const resource = new AsyncResource('PendingRequest');
    const state = this[kState];
    if (state.waitingRequests === undefined) {
      state.waitingRequests = [];
      this.once('connect', () => {
        for (const next of state.waitingRequests.splice(0)) next();
      });
    }
    state.waitingRequests.push(() => resource.runInAsyncScope(open));
  }

  _active() {
    const { refreshTimeout } = require('internal/http2/timeout');
    refreshTimeout(this);
  }

  // ---- What comes ----

  _onStream() {
    return undefined;
  }

  _onPush(parent, id, block, flags, sensitive) {
    if (this.destroyed) return undefined;
    if (this.closed) {
      this[kHandle].reset(id, constants.NGHTTP2_REFUSED_STREAM);
      return undefined;
    }
    const [headers, rawHeaders] = parseBlock(block, sensitive, this[kStrictSingleValueFields]);
    const stream = new ClientHttp2Stream(this);
    stream[kState].ended = true;
    stream._opened(id, this[kHandle]);
    if ((flags & 1) !== 0) stream.push(null);
    stream.end();
    publish('client', 'created', () => ({ stream, headers }));
    publish('client', 'start', () => ({ stream, headers }));
    process.nextTick(() => this.emit('stream', stream, headers, flags, rawHeaders));
    return stream;
  }

  _emitHeaders(stream, category, headers, flags, rawHeaders, ends) {
    const status = headers[':status'];
    if (ends && category !== kPushResponse) stream[kState].endAfterHeaders = status !== undefined;
    let event = 'trailers';
    if (status >= 100 && status < 200) {
      if (status === 100) stream.emit('continue');
      event = 'headers';
    } else if (category === kPushResponse) {
      event = 'push';
    } else if (status !== undefined) {
      event = 'response';
    }
    // A misdirected request: the server is no authority for its origin.
    if (status === 421 && event === 'response') this[kState].originSet?.delete(`https://${stream.sentHeaders?.[':authority']}`);
    if (event === 'push' || event === 'response') publish('client', 'finish', () => ({ stream, headers, flags }));
    process.nextTick(() => stream.emit(event, headers, flags, rawHeaders));
  }

  _onAltsvc(id, origin, value) {
    if (!this.destroyed) this.emit('altsvc', value, origin, id);
  }

  _onOrigin(origins) {
    if (!this.encrypted || this.destroyed) return;
    const state = this[kState];
    state.originSet ??= this._initialOrigins();
    const max = state.options.maxOriginSetSize ?? 128;
    for (const origin of origins) {
      if (!state.originSet.has(origin) && state.originSet.size >= max) {
        this.destroy(new ERR_HTTP2_TOO_MANY_ORIGINS(max));
        return;
      }
      state.originSet.add(origin);
    }
    this.emit('origin', origins);
  }
}

function watchSignal(stream, signal) {
  const abort = () => stream.destroy(new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) {
    abort();
    return;
  }
  const { addAbortListener } = require('internal/events/abort_listener');
  const disposable = addAbortListener(signal, abort);
  stream.once('close', () => disposable[Symbol.dispose]());
}

module.exports = { ClientHttp2Session };
