'use strict';
// Http2ServerRequest: a request of HTTP/2 as http.IncomingMessage would have it.
// Run once per realm by `http2`.

const { Readable } = require('stream');
const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateString } = require('internal/validators');

const kAborted = Symbol('aborted');
const kHeaders = Symbol('headers');
const kProxySocket = Symbol('proxySocket');
const kRawHeaders = Symbol('rawHeaders');
const kRawTrailers = Symbol('rawTrailers');
const kState = Symbol('state');
const kStream = Symbol('stream');
const kTrailers = Symbol('trailers');
const kRequestOf = Symbol('request');

// `this` is the stream in all of these.

function onTrailers(trailers, flags, rawTrailers) {
  const request = this[kRequestOf];
  if (request === undefined) return;
  Object.assign(request[kTrailers], trailers);
  request[kRawTrailers].push(...rawTrailers);
}

function onData(chunk) {
  const request = this[kRequestOf];
  if (request !== undefined && !request.push(chunk)) this.pause();
}

function onEnd() {
  const request = this[kRequestOf];
  if (request !== undefined) request.push(null);
}

function onAborted() {
  const request = this[kRequestOf];
  if (request === undefined || request[kState].closed) return;
  request[kAborted] = true;
  request.emit('aborted');
}

// The compatibility API does not tell of errors of the stream.
function onError() {}

function onTimeout() {
  this[kRequestOf]?.emit('timeout');
}

function onClose() {
  const request = this[kRequestOf];
  if (request === undefined) return;
  const state = request[kState];
  state.closed = true;
  request.push(null);
  // What was not read will not be.
  if (!state.didRead) request.resume?.();
  this[kProxySocket] = null;
  this[kRequestOf] = undefined;
  request.emit('close');
}

class Http2ServerRequest extends Readable {
  constructor(stream, headers, options, rawHeaders) {
    super({ autoDestroy: false, ...options });
    this[kState] = { closed: false, didRead: false };
    this[kHeaders] = headers;
    this[kRawHeaders] = rawHeaders;
    this[kTrailers] = {};
    this[kRawTrailers] = [];
    this[kStream] = stream;
    this[kAborted] = false;
    stream[kProxySocket] = null;
    stream[kRequestOf] = this;
    stream.on('trailers', onTrailers);
    stream.on('end', onEnd);
    stream.on('close', onClose);
    stream.on('aborted', onAborted);
    stream.on('timeout', onTimeout);
    stream.on('error', onError);
    this.on('pause', onPause);
    this.on('resume', onResume);
  }

  get aborted() {
    return this[kAborted];
  }

  get complete() {
    return this[kAborted] || this.readableEnded || this[kState].closed || this[kStream].destroyed;
  }

  get stream() {
    return this[kStream];
  }

  get headers() {
    return this[kHeaders];
  }

  get rawHeaders() {
    return this[kRawHeaders];
  }

  get trailers() {
    return this[kTrailers];
  }

  get rawTrailers() {
    return this[kRawTrailers];
  }

  get httpVersionMajor() {
    return 2;
  }

  get httpVersionMinor() {
    return 0;
  }

  get httpVersion() {
    return '2.0';
  }

  get socket() {
    return this[kStream][kProxySocket] ??= require('internal/http2/compat').compatSocket(this[kStream]);
  }

  get connection() {
    return this.socket;
  }

  get method() {
    return this[kHeaders][':method'];
  }

  set method(method) {
    validateString(method, 'method');
    if (method.trim() === '') throw new ERR_INVALID_ARG_VALUE('method', method);
    this[kHeaders][':method'] = method;
  }

  get authority() {
    const { getAuthority } = require('internal/http2/util');
    return getAuthority(this[kHeaders]);
  }

  get scheme() {
    return this[kHeaders][':scheme'];
  }

  get url() {
    return this[kHeaders][':path'];
  }

  set url(url) {
    this[kHeaders][':path'] = url;
  }

  setTimeout(msecs, callback) {
    if (!this[kState].closed) this[kStream].setTimeout(msecs, callback);
    return this;
  }

  _read() {
    const state = this[kState];
    if (state.closed) return;
    if (state.didRead) {
      process.nextTick(resumeStream, this[kStream]);
      return;
    }
    state.didRead = true;
    this[kStream].on('data', onData);
  }
}

function resumeStream(stream) {
  if (stream[kRequestOf] !== undefined) stream.resume();
}

function onPause() {
  if (!this[kState].closed) this[kStream].pause();
}

function onResume() {
  if (!this[kState].closed) this[kStream].resume();
}

module.exports = { Http2ServerRequest };
