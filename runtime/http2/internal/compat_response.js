'use strict';
// Http2ServerResponse: an answer of HTTP/2 as http.ServerResponse would have it.
// Run once per realm by `http2`.

const Stream = require('stream').Stream;
const {
  codes: {
    ERR_HTTP2_HEADERS_SENT, ERR_HTTP2_INFO_STATUS_NOT_ALLOWED, ERR_HTTP2_INVALID_HEADER_VALUE,
    ERR_HTTP2_INVALID_STREAM, ERR_HTTP2_PSEUDOHEADER_NOT_ALLOWED, ERR_HTTP2_STATUS_INVALID, ERR_INVALID_ARG_VALUE,
    ERR_INVALID_CHAR, ERR_INVALID_HTTP_TOKEN, ERR_STREAM_WRITE_AFTER_END,
  },
  hideStackFrames,
} = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const { kTokenPattern } = require('internal/http2/util');

const kHeaders = Symbol('headers');
const kProxySocket = Symbol('proxySocket');
const kRawHeaders = Symbol('rawHeaders');
const kResponseOf = Symbol('response');
const kState = Symbol('state');
const kStream = Symbol('stream');
const kTrailers = Symbol('trailers');

const kConnectionHeaders = new Set(['connection', 'http2-settings', 'keep-alive', 'proxy-connection', 'te',
                                    'transfer-encoding', 'upgrade']);
const kInvalidChar = /[^\t\x20-\x7e\x80-\xff]/;

let statusMessageWarned = false;

function warnStatusMessage() {
  if (statusMessageWarned) return;
  statusMessageWarned = true;
  process.emitWarning('Status message is not supported by HTTP/2 (RFC7540 8.1.2.4)', 'UnsupportedWarning');
}

const checkHeader = hideStackFrames((name, value) => {
  if (name === '' || !kTokenPattern.test(name)) {
    if (name[0] === ':') throw new ERR_HTTP2_PSEUDOHEADER_NOT_ALLOWED();
    throw new ERR_INVALID_HTTP_TOKEN('Header name', name);
  }
  if (value === undefined || value === null) throw new ERR_HTTP2_INVALID_HEADER_VALUE(value, name);
  for (const one of Array.isArray(value) ? value : [value]) {
    if (kInvalidChar.test(`${one}`)) throw new ERR_INVALID_CHAR('header content', name);
  }
});

function isConnectionHeader(name, value) {
  return kConnectionHeaders.has(name) && !(name === 'te' && value === 'trailers');
}

// HTTP/1's headers of the connection are dropped, not refused: frameworks set them.
function warnConnectionHeader() {
  process.emitWarning(
    'The provided connection header is not valid, the value will be dropped from the header and will never be in use.',
    'UnsupportedWarning');
}

// `this` is the stream in these.

function onClose() {
  const response = this[kResponseOf];
  if (response === undefined) return;
  const state = response[kState];
  state.closed = true;
  this[kProxySocket] = null;
  this.removeListener('wantTrailers', onWantTrailers);
  this[kResponseOf] = undefined;
  response.emit('finish');
  response.emit('close');
}

function onWantTrailers() {
  const response = this[kResponseOf];
  if (response !== undefined) this.sendTrailers(response[kTrailers]);
}

function onDrain() {
  this[kResponseOf]?.emit('drain');
}

function onTimeout() {
  this[kResponseOf]?.emit('timeout');
}

function onAborted() {
  const response = this[kResponseOf];
  if (response !== undefined) response[kState].aborted = true;
}

class Http2ServerResponse extends Stream {
  constructor(stream, options) {
    super(options);
    this[kState] = { closed: false, ending: false, sendDate: true, statusCode: 200, headRequest: false };
    this[kHeaders] = { __proto__: null };
    this[kRawHeaders] = { __proto__: null };
    this[kTrailers] = { __proto__: null };
    this[kStream] = stream;
    this.writable = true;
    this.req = options?.request;
    stream[kProxySocket] ??= null;
    stream[kResponseOf] = this;
    stream.on('drain', onDrain);
    stream.on('close', onClose);
    stream.on('wantTrailers', onWantTrailers);
    stream.on('timeout', onTimeout);
    stream.on('aborted', onAborted);
  }

  // ---- What it is ----

  get _header() {
    return this.headersSent;
  }

  get writableEnded() {
    return this[kState].ending;
  }

  get finished() {
    return this[kState].ending;
  }

  get socket() {
    // Of no use any more once it is out.
    if (this[kState].closed) return undefined;
    const { socket } = this.req ?? {};
    return socket ?? (this[kStream][kProxySocket] ??= require('internal/http2/compat').compatSocket(this[kStream]));
  }

  get connection() {
    return this.socket;
  }

  get stream() {
    return this[kStream];
  }

  get headersSent() {
    return this[kStream].headersSent;
  }

  get sendDate() {
    return this[kState].sendDate;
  }

  set sendDate(value) {
    this[kState].sendDate = Boolean(value);
  }

  get statusCode() {
    return this[kState].statusCode;
  }

  set statusCode(code) {
    code |= 0;
    if (code >= 100 && code < 200) throw new ERR_HTTP2_INFO_STATUS_NOT_ALLOWED();
    if (code < 100 || code > 599) throw new ERR_HTTP2_STATUS_INVALID(code);
    this[kState].statusCode = code;
  }

  get statusMessage() {
    warnStatusMessage();
    return '';
  }

  set statusMessage(message) {
    warnStatusMessage();
  }

  get writableCorked() {
    return this[kStream].writableCorked;
  }

  get writableHighWaterMark() {
    return this[kStream].writableHighWaterMark;
  }

  get writableObjectMode() {
    return this[kStream].writableObjectMode;
  }

  get writableNeedDrain() {
    return this[kStream].writableNeedDrain;
  }

  get writableFinished() {
    return this[kStream].writableFinished;
  }

  get writableLength() {
    return this[kStream].writableLength;
  }

  get errored() {
    return this[kStream].errored;
  }

  get destroyed() {
    return this[kStream].destroyed;
  }

  // ---- Headers ----

  setTrailer(name, value) {
    validateString(name, 'name');
    name = name.trim().toLowerCase();
    checkHeader(name, value);
    this[kTrailers][name] = value;
  }

  addTrailers(headers) {
    for (const name of Object.keys(headers)) this.setTrailer(name, headers[name]);
  }

  getHeader(name) {
    validateString(name, 'name');
    return this[kHeaders][name.trim().toLowerCase()];
  }

  getHeaderNames() {
    return Object.keys(this[kHeaders]);
  }

  getHeaders() {
    return { __proto__: null, ...this[kHeaders] };
  }

  hasHeader(name) {
    validateString(name, 'name');
    return Object.hasOwn(this[kHeaders], name.trim().toLowerCase());
  }

  removeHeader(name) {
    validateString(name, 'name');
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    name = name.trim().toLowerCase();
    if (name === 'date') {
      this[kState].sendDate = false;
      return;
    }
    delete this[kHeaders][name];
  }

  setHeader(name, value) {
    validateString(name, 'name');
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    this._setHeader(name, value);
  }

  _setHeader(name, value) {
    name = name.trim().toLowerCase();
    checkHeader(name, value);
    if (isConnectionHeader(name, value)) {
      warnConnectionHeader();
      return;
    }
    this[kHeaders][name] = value;
  }

  appendHeader(name, value) {
    validateString(name, 'name');
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    name = name.trim().toLowerCase();
    checkHeader(name, value);
    if (isConnectionHeader(name, value)) return;
    const before = this[kHeaders][name];
    this[kHeaders][name] = before === undefined || before === '' ? value : [].concat(before, value);
  }

  flushHeaders() {
    if (!this[kState].closed && !this[kStream].headersSent) this.writeHead(this[kState].statusCode);
  }

  writeHead(statusCode, statusMessage, headers) {
    const state = this[kState];
    if (state.closed || this[kStream].destroyed || this[kStream].closed) return this;
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    if (typeof statusMessage === 'string') warnStatusMessage();
    if (headers === undefined && typeof statusMessage === 'object') headers = statusMessage;
    this._takeHeaders(headers);
    this.statusCode = statusCode;
    this._begin();
    return this;
  }

  _takeHeaders(headers) {
    if (Array.isArray(headers)) {
      if (headers.length % 2 === 1 && !Array.isArray(headers[0])) throw new ERR_INVALID_ARG_VALUE('headers', headers);
      this._takeHeaderList(Array.isArray(headers[0]) ? headers.flatMap(([name, value]) => [name, value]) : headers);
    } else if (headers !== null && typeof headers === 'object') {
      for (const name of Object.keys(headers)) this._setHeader(name, headers[name]);
    }
  }

  // In a list a name may come more than once.
  _takeHeaderList(list) {
    const seen = new Set();
    for (let i = 0; i < list.length; i += 2) {
      const name = `${list[i]}`.trim().toLowerCase();
      if (seen.has(name)) {
        this.appendHeader(name, list[i + 1]);
      } else {
        seen.add(name);
        this._setHeader(name, list[i + 1]);
      }
    }
  }

  _begin(endStream) {
    const state = this[kState];
    const headers = { __proto__: null, ':status': state.statusCode, ...this[kHeaders] };
    this[kStream].respond(headers, {
      endStream: state.ending && endStream === true,
      waitForTrailers: true,
      sendDate: state.sendDate,
    });
  }

  // ---- The body ----

  cork() {
    this[kStream].cork();
  }

  uncork() {
    this[kStream].uncork();
  }

  write(chunk, encoding, callback) {
    const state = this[kState];
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = 'utf8';
    }
    let error;
    if (state.ending) error = new ERR_STREAM_WRITE_AFTER_END();
    else if (state.closed) error = new ERR_HTTP2_INVALID_STREAM();
    else if (this[kStream].destroyed) return false;
    if (error !== undefined) {
      if (typeof callback === 'function') process.nextTick(callback, error);
      this.destroy(error);
      return false;
    }
    if (!this[kStream].headersSent) this.writeHead(state.statusCode);
    return this[kStream].write(chunk, encoding, callback);
  }

  end(chunk, encoding, callback) {
    const stream = this[kStream];
    const state = this[kState];
    if (typeof chunk === 'function') {
      callback = chunk;
      chunk = null;
    } else if (typeof encoding === 'function') {
      callback = encoding;
      encoding = 'utf8';
    }
    if (state.closed || (state.ending && state.headRequest === stream.headRequest)) {
      if (typeof callback === 'function') process.nextTick(callback);
      return this;
    }
    if (chunk !== null && chunk !== undefined) this.write(chunk, encoding);
    state.headRequest = stream.headRequest;
    state.ending = true;
    if (typeof callback === 'function') {
      if (stream.writableEnded) this.once('finish', callback);
      else stream.once('finish', callback);
    }
    if (!stream.headersSent && !stream.destroyed && !stream.closed) {
      // Without trailers the headers are the end.
      if (Object.keys(this[kTrailers]).length === 0) {
        state.ending = true;
        this._begin(true);
      } else {
        this._begin();
      }
    }
    if (state.closed || stream.destroyed) onClose.call(stream);
    else stream.end();
    return this;
  }

  destroy(error) {
    if (this[kState].destroyed) return;
    this[kState].destroyed = true;
    this[kStream].destroy(error);
  }

  setTimeout(msecs, callback) {
    if (!this[kState].closed) this[kStream].setTimeout(msecs, callback);
    return this;
  }

  createPushResponse(headers, callback) {
    validateFunction(callback, 'callback');
    if (this[kState].closed) {
      const error = new ERR_HTTP2_INVALID_STREAM();
      process.nextTick(callback, error);
      return;
    }
    this[kStream].pushStream(headers, {}, (error, stream, pushHeaders, options) => {
      if (error) {
        callback(error);
        return;
      }
      callback(null, new Http2ServerResponse(stream, options || undefined));
    });
  }

  // ---- Information ahead of the answer ----

  _inform(headers) {
    const stream = this[kStream];
    if (stream.headersSent || this[kState].closed) return false;
    stream.additionalHeaders(headers);
    return true;
  }

  writeContinue() {
    return this._inform({ ':status': 100 });
  }

  writeProcessing() {
    return this._inform({ ':status': 102 });
  }

  writeInformation(statusCode, headers) {
    if (typeof statusCode !== 'number' || !(statusCode >= 100 && statusCode < 200) || statusCode === 101) throw new ERR_HTTP2_STATUS_INVALID(statusCode);
    return this._inform({ ...headers, ':status': statusCode });
  }

  writeEarlyHints(hints) {
    const { validateLinkHeaderValue, validateObject } = require('internal/validators');
    validateObject(hints, 'hints');
    if (hints.link === null || hints.link === undefined) return false;
    const link = validateLinkHeaderValue(hints.link);
    if (link.length === 0) return false;
    const headers = { ':status': 103, link };
    for (const name of Object.keys(hints)) {
      if (name === 'link') continue;
      checkHeader(name.trim().toLowerCase(), hints[name]);
      headers[name] = hints[name];
    }
    return this._inform(headers);
  }
}

module.exports = { Http2ServerResponse };
