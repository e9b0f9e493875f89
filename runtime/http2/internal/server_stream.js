'use strict';
// ServerHttp2Stream: a request that came, or a push, to be answered.
// Run once per realm by internal/http2/server_session.

const {
  codes: {
    ERR_HTTP2_HEADERS_AFTER_RESPOND, ERR_HTTP2_HEADERS_SENT,
    ERR_HTTP2_INVALID_INFO_STATUS, ERR_HTTP2_INVALID_STREAM, ERR_HTTP2_NESTED_PUSH, ERR_HTTP2_OUT_OF_STREAMS,
    ERR_HTTP2_PUSH_DISABLED, ERR_HTTP2_STATUS_101, ERR_HTTP2_STATUS_INVALID,
  },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { utcDate } = require('internal/http/common');
const {
  NghttpError, assertIsObject, assertValidPseudoHeader, assertValidPseudoHeaderResponse, buildNgHeaderString,
  checkConnectHeaders, copyHeaders, kStrictSingleValueFields, listToObject,
} = require('internal/http2/util');
const { kHandle, kInit, kMaybeDestroy, kProceed, kSession, kState } = require('internal/http2/symbols');
const { Http2Stream } = require('internal/http2/stream');
const { now, publish } = require('internal/http2/observe');

const kEndStream = 1;
const kWaitForTrailers = 2;

const kErrorStreamIdNotAvailable = -509;  // of nghttp2
const kErrorStreamClosed = -510;

function isBodiless(status) {
  return status === 204 || status === 205 || status === 304;
}

function hasDate(headers, given) {
  if (headers.date !== undefined) return true;
  return Array.isArray(given) && Object.keys(headers).some((name) => name.toLowerCase() === 'date');
}

// The headers of an answer with their defaults, as an object.
function responseHeaders(given, options, stream) {
  const headers = Array.isArray(given) ? listToObject(given) : copyHeaders(given);
  if (headers[':status'] === undefined || headers[':status'] === null) headers[':status'] = 200;
  const status = Number(headers[':status']);
  if (!(status >= 200 && status <= 599)) throw new ERR_HTTP2_STATUS_INVALID(headers[':status']);
  if (options.sendDate !== false && !hasDate(headers, given)) headers.date = utcDate();
  if (isBodiless(status) || stream.headRequest) options.endStream = true;
  return headers;
}

// What is sent of headers that were given as an array: that, and what it lacks.
function responseBlock(given, headers, strict) {
  if (!Array.isArray(given)) return buildNgHeaderString(headers, assertValidPseudoHeaderResponse, strict);
  const names = new Set();
  for (let i = 0; i < given.length; i += 2) names.add(given[i].toLowerCase());
  const list = [];
  if (!names.has(':status')) list.push(':status', headers[':status']);
  list.push(...given);
  if (!names.has('date') && headers.date !== undefined) list.push('date', headers.date);
  return buildNgHeaderString(list, assertValidPseudoHeaderResponse, strict);
}

class ServerHttp2Stream extends Http2Stream {
  constructor(session, id, headers) {
    super(session);
    this[kInit](id, headers);
  }

  [kInit](id, headers) {
    this._protocol = headers[':scheme'];
    this._authority = headers[':authority'] ?? headers.host;
    this._opened(id, this[kSession][kHandle]);
    publish('server', 'created', () => ({ stream: this, headers }));
  }

  get headersSent() {
    return this[kState].headersAnswered === true;
  }

  get pushAllowed() {
    return !this.destroyed && !this.closed && this[kSession] !== undefined && !this[kSession].closed &&
      !this[kSession].destroyed && this[kSession].remoteSettings.enablePush;
  }

  // Data without respond().
  [kProceed]() {
    this.respond();
  }

  respond(given, options) {
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    if (this.headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    assertIsObject(options, 'options');
    if (!Array.isArray(given)) assertIsObject(given, 'headers', ['Object', 'Array']);
    options = { ...options };
    this._active();
    const headers = responseHeaders(given, options, this);
    const [block, count] = responseBlock(given, headers, this[kSession][kStrictSingleValueFields]);
    this._answer(headers, block, count, options);
    if (options.endStream && !this.writableEnded) this.end();
  }

  _answer(headers, block, count, options) {
    const { waitForTrailers } = options;
    let { endStream } = options;
    const state = this[kState];
    state.sentHeaders = headers;
    state.headersAnswered = true;
    if (state.firstHeader === 0) state.firstHeader = now();
    let flags = 0;
    // It was ended before it was answered.
    if (endStream || state.ended) {
      endStream = true;
      state.ended = true;
      flags |= kEndStream;
    }
    if (waitForTrailers) {
      state.hasTrailers = !endStream;
      flags |= kWaitForTrailers;
    }
    const result = this[kHandle].respond(block, count, flags);
    if (result < 0) {
      this.destroy(new NghttpError(result));
      return;
    }
    publish('server', 'finish', () => ({ stream: this, headers, flags: endStream ? 1 : 0 }));
    if (this.writableFinished) process.nextTick(() => this[kMaybeDestroy]());
  }

  additionalHeaders(given) {
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    if (this.headersSent) throw new ERR_HTTP2_HEADERS_AFTER_RESPOND();
    assertIsObject(given, 'headers');
    const headers = copyHeaders(given);
    const status = headers[':status'];
    if (status !== undefined && status !== null) {
      const number = Number(status);
      if (number === 101) throw new ERR_HTTP2_STATUS_101();
      if (!(number >= 100 && number < 200)) throw new ERR_HTTP2_INVALID_INFO_STATUS(status);
    }
    this._active();
    const [block, count] = buildNgHeaderString(headers, assertValidPseudoHeaderResponse,
                                               this[kSession][kStrictSingleValueFields]);
    const state = this[kState];
    state.sentInfoHeaders ??= [];
    state.sentInfoHeaders.push(headers);
    const result = this[kHandle].info(block, count);
    if (result < 0) this.destroy(new NghttpError(result));
  }

  pushStream(given, options, callback) {
    if (!this.pushAllowed) throw new ERR_HTTP2_PUSH_DISABLED();
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    // Even ids are those of pushes.
    if (this.id % 2 === 0) throw new ERR_HTTP2_NESTED_PUSH();
    const session = this[kSession];
    this._active();
    if (typeof options === 'function') {
      callback = options;
      options = undefined;
    }
    validateFunction(callback, 'callback');
    assertIsObject(options, 'options');
    options = { ...options };
    options.endStream = Boolean(options.endStream);
    assertIsObject(given, 'headers');
    const headers = copyHeaders(given);
    headers[':method'] ??= 'GET';
    headers[':authority'] ??= this._authority;
    headers[':scheme'] ??= this._protocol;
    headers[':path'] ??= '/';
    const headRequest = headers[':method'] === 'HEAD';
    if (headRequest) options.endStream = true;
    checkConnectHeaders(headers);
    const [block, count] = buildNgHeaderString(headers, assertValidPseudoHeader, session[kStrictSingleValueFields]);
    const id = this[kHandle].pushPromise(block, count);
    if (id < 0) {
      failPush(id, callback);
      return;
    }
    const stream = new ServerHttp2Stream(session, id, headers);
    stream[kState].sentHeaders = headers;
    stream[kState].headRequest = headRequest;
    stream.push(null);
    if (options.endStream) stream.end();
    publish('server', 'start', () => ({ stream, headers }));
    process.nextTick(callback, null, stream, headers, 0);
  }

  respondWithFD(fd, given, options) {
    require('internal/http2/file_body').respondWithFd(this, fd, given, options);
  }

  respondWithFile(path, given, options) {
    require('internal/http2/file_body').respondWithFile(this, path, given, options);
  }
}

function failPush(error, callback) {
  let failure;
  if (error === kErrorStreamIdNotAvailable) failure = new ERR_HTTP2_OUT_OF_STREAMS();
  else if (error === kErrorStreamClosed) failure = new ERR_HTTP2_INVALID_STREAM();
  else failure = new NghttpError(error);
  process.nextTick(callback, failure);
}

module.exports = { ServerHttp2Stream, isBodiless, responseHeaders };
