'use strict';
// The compatibility API: 'request' with a request and a response as of http, for the streams of a server.
// Run once per realm by internal/http2/server, when somebody listens for 'request'.

const { codes: { ERR_HTTP2_NO_SOCKET_MANIPULATION } } = require('internal/errors');

const kOfStream = new Set(['on', 'once', 'end', 'emit', 'destroy']);
const kStateOfStream = new Set(['readable', 'writable', 'destroyed']);
const kForbidden = new Set(['write', 'read', 'pause', 'resume']);

// The socket of a request or response: mostly its stream.
const socketHandler = {
  has(stream, name) {
    const of = stream.session === undefined ? stream : stream.session.socket;
    return name in stream || name in of;
  },

  get(stream, name) {
    if (kOfStream.has(name)) return stream[name].bind(stream);
    if (kStateOfStream.has(name)) return stream[name];
    if (name === 'setTimeout') {
      const { session } = stream;
      return session === undefined ? stream.setTimeout.bind(stream) : session.setTimeout.bind(session);
    }
    if (kForbidden.has(name)) throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
    const of = stream.session === undefined ? stream : stream.session.socket;
    const value = of[name];
    return typeof value === 'function' ? value.bind(of) : value;
  },

  getPrototypeOf(stream) {
    return Reflect.getPrototypeOf(stream.session === undefined ? stream : stream.session.socket);
  },

  set(stream, name, value) {
    if (kStateOfStream.has(name) || kOfStream.has(name)) {
      Object.defineProperty(stream, name, {
        __proto__: null, configurable: true, enumerable: true, value, writable: true,
      });
      return true;
    }
    if (name === 'setTimeout') {
      const { session } = stream;
      if (session === undefined) stream.setTimeout = value;
      else session.setTimeout = value;
      return true;
    }
    if (kForbidden.has(name)) throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
    const of = stream.session === undefined ? stream : stream.session.socket;
    of[name] = value;
    return true;
  },
};

function compatSocket(stream) {
  return new Proxy(stream, socketHandler);
}

function onServerStream(Http2ServerRequest, Http2ServerResponse, stream, headers, flags, rawHeaders) {
  const server = this;
  const request = new Http2ServerRequest(stream, headers, undefined, rawHeaders);
  const response = new Http2ServerResponse(stream, { request });
  // A 'request' that throws is not the session's fault, and goes its way.
  if (headers[':method'] === 'CONNECT') {
    if (!server.emit('connect', request, response)) {
      response.statusCode = 405;
      response.end();
    }
    return;
  }
  if (headers.expect !== undefined) {
    if (headers.expect === '100-continue') {
      if (server.listenerCount('checkContinue') > 0) {
        server.emit('checkContinue', request, response);
      } else {
        response.writeContinue();
        server.emit('request', request, response);
      }
    } else if (server.listenerCount('checkExpectation') > 0) {
      server.emit('checkExpectation', request, response);
    } else {
      response.statusCode = 417;
      response.end();
    }
    return;
  }
  server.emit('request', request, response);
}

module.exports = { compatSocket, onServerStream };
