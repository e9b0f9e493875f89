'use strict';
// Http2Server and Http2SecureServer: net and tls servers whose connections speak HTTP/2.
// Run once per realm by internal/http2/core.

const net = require('net');
const { captureRejectionSymbol } = require('events');
const { STATUS_CODES } = require('http');
const { assertIsArray, assertIsObject } = require('internal/http2/util');
const { validateSettings } = require('internal/http2/settings');
const { checkUint32Option } = require('internal/http2/options');
const { validateFunction } = require('internal/validators');

const kOptions = Symbol('options');
const kSessions = Symbol('sessions');

function initialOptions(options) {
  assertIsObject(options, 'options');
  options = { ...options };
  assertIsObject(options.settings, 'options.settings');
  options.settings = { ...options.settings };
  validateSettings(options.settings);
  assertIsArray(options.remoteCustomSettings, 'options.remoteCustomSettings');
  if (options.remoteCustomSettings) options.remoteCustomSettings = [...options.remoteCustomSettings];
  checkUint32Option(options, 'maxSessionInvalidFrames');
  checkUint32Option(options, 'maxSessionRejectedStreams');
  options.unknownProtocolTimeout ??= 10_000;
  if (options.unknownProtocolTimeout !== 10_000) checkUint32Option(options, 'unknownProtocolTimeout');
  const { Http2ServerRequest } = require('internal/http2/compat_request');
  const { Http2ServerResponse } = require('internal/http2/compat_response');
  options.Http2ServerRequest ??= Http2ServerRequest;
  options.Http2ServerResponse ??= Http2ServerResponse;
  return options;
}

// What the HTTP/1 fallback is made with; the classes have an older place.
function http1Options(options) {
  const given = { ...options.http1Options };
  given.IncomingMessage ??= options.Http1IncomingMessage;
  given.ServerResponse ??= options.Http1ServerResponse;
  return given;
}

function setUp(server, options, listener) {
  server[kOptions] = options;
  server[kSessions] = new Set();
  server.timeout = 0;
  server.on('newListener', setUpCompat);
  if (typeof listener === 'function') server.on('request', listener);
}

// The compatibility API costs something: it is there when somebody listens for 'request'.
function setUpCompat(event) {
  if (event !== 'request') return;
  this.removeListener('newListener', setUpCompat);
  const { onServerStream } = require('internal/http2/compat');
  const options = this[kOptions];
  this.on('stream', onServerStream.bind(this, options.Http2ServerRequest, options.Http2ServerResponse));
}

function onSessionTimeout() {
  if (this.destroyed) return;
  if (!this.server.emit('timeout', this)) this.destroy();
}

function onSessionError(error) {
  if (this.server !== undefined) this.server.emit('sessionError', error, this);
}

function onSessionStream(stream, headers, flags, rawHeaders) {
  this.server.emit('stream', stream, headers, flags, rawHeaders);
}

function speakHttp2(server, socket) {
  const { ServerHttp2Session } = require('internal/http2/server_session');
  const session = new ServerHttp2Session(server[kOptions], socket, server);
  server[kSessions].add(session);
  session.on('stream', onSessionStream);
  session.on('error', onSessionError);
  session.on('timeout', onSessionTimeout);
  session.on('close', () => server[kSessions].delete(session));
  if (server.timeout) session.setTimeout(server.timeout);
  server.emit('session', session);
}

function speakHttp1(server, socket) {
  const { _connectionListener } = require('internal/http/server');
  socket.server = server;
  _connectionListener.call(server, socket);
}

function onUnknownProtocol(server, socket, options) {
  socket.setTimeout(0);
  // The connection is refused when nobody wants it.
  const timer = require('timers').setTimeout(() => socket.destroy(), options.unknownProtocolTimeout).unref();
  socket.once('close', () => require('timers').clearTimeout(timer));
  if (server.emit('unknownProtocol', socket)) return;
  socket.end('HTTP/1.0 403 Forbidden\r\nContent-Type: text/plain\r\n\r\n' +
             (socket.alpnProtocol === false ?
               'Missing ALPN Protocol, expected `h2` to be available.\n' +
               'If this is a HTTP request: The server was not configured with the `allowHTTP1` option or a listener ' +
               'for the `unknownProtocol` event.\n' :
               'Unknown ALPN Protocol, expected `h2` to be available.\n' +
               'If this is a HTTP request: The server was not configured with the `allowHTTP1` option or a listener ' +
               'for the `unknownProtocol` event.\n'));
}

function onConnection(socket) {
  const options = this[kOptions];
  socket.on('error', () => {});
  if (socket.encrypted && !speaksH2(socket)) {
    if (socket.alpnProtocol === 'http/1.1' || socket.alpnProtocol === false) {
      if (options.allowHTTP1 === true) {
        speakHttp1(this, socket);
        return;
      }
    }
    onUnknownProtocol(this, socket, options);
    return;
  }
  speakHttp2(this, socket);
}

function speaksH2(socket) {
  return socket.alpnProtocol === 'h2';
}

class Http2Server extends net.Server {
  constructor(options, listener) {
    options = initialOptions(options);
    super(options, onConnection);
    setUp(this, options, listener);
  }
}

function onTlsError(error, socket) {
  if (!this.emit('clientError', error, socket)) socket.destroy(error);
}

function secureOptions(options) {
  options = initialOptions(options);
  if (options.ALPNCallback === undefined) {
    options.ALPNProtocols = options.allowHTTP1 === true ? ['h2', 'http/1.1'] : ['h2'];
  }
  return options;
}

let Http2SecureServer;

// tls is loaded when it is needed.
function secureServerClass() {
  if (Http2SecureServer !== undefined) return Http2SecureServer;
  const tls = require('tls');
  Http2SecureServer = class Http2SecureServer extends tls.Server {
    constructor(options, listener) {
      options = secureOptions(options);
      super(options, onConnection);
      setUp(this, options, listener);
      if (options.allowHTTP1 === true) {
        const { initialise, storeOptions } = require('internal/http/server');
        const http1 = http1Options(options);
        storeOptions(this, http1);
        initialise(this, http1);
      }
      this.on('tlsClientError', onTlsError);
    }
  };
  addHttp1Methods(Http2SecureServer);
  addMethods(Http2SecureServer);
  return Http2SecureServer;
}

// What an HTTP/1 connection asks its server.
function addHttp1Methods(ServerClass) {
  const { Server } = require('http');
  for (const name of Object.getOwnPropertyNames(Server.prototype)) {
    if (name === 'constructor' || name === 'close' || name === 'setTimeout') continue;
    Object.defineProperty(ServerClass.prototype, name, Object.getOwnPropertyDescriptor(Server.prototype, name));
  }
}

// A 'stream' or 'request' whose promise was rejected, under captureRejections.
function onRejection(ServerClass, server, error, event, args) {
  if (event === 'stream') {
    const [stream] = args;
    if (stream.headersSent) {
      stream.destroy(error);
    } else {
      stream.respond({ ':status': 500 });
      stream.end();
    }
  } else if (event === 'request') {
    const [, response] = args;
    if (response.headersSent) {
      response.destroy(error);
      return;
    }
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.statusCode = 500;
    response.end(STATUS_CODES[500]);
  } else {
    const base = Object.getPrototypeOf(ServerClass.prototype)[captureRejectionSymbol];
    if (typeof base === 'function') Reflect.apply(base, server, [error, event, ...args]);
    else server.emit('error', error);
  }
}

function addMethods(ServerClass) {
  const { close } = Object.getPrototypeOf(ServerClass.prototype);
  const methods = {
    setTimeout(msecs, callback) {
      this.timeout = msecs;
      if (callback !== undefined) {
        validateFunction(callback, 'callback');
        this.on('timeout', callback);
      }
      return this;
    },
    updateSettings(settings) {
      assertIsObject(settings, 'settings');
      validateSettings(settings);
      this[kOptions].settings = { ...this[kOptions].settings, ...settings };
    },
    close(callback) {
      if (this[kOptions].allowHTTP1 === true) {
        this._closing = true;
        this.closeIdleConnections();
      }
      Reflect.apply(close, this, callback === undefined ? [] : [callback]);
      for (const session of this[kSessions]) session.close();
      return this;
    },
    [captureRejectionSymbol](error, event, ...args) {
      onRejection(ServerClass, this, error, event, args);
    },
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => this.close(() => resolve()));
    },
  };
  for (const key of Reflect.ownKeys(methods)) {
    Object.defineProperty(ServerClass.prototype, key, {
      __proto__: null, configurable: true, value: methods[key], writable: true,
    });
  }
}
addMethods(Http2Server);

function createServer(options, handler) {
  if (typeof options === 'function') {
    handler = options;
    options = {};
  }
  return new Http2Server(options, handler);
}

function createSecureServer(options, handler) {
  const ServerClass = secureServerClass();
  return new ServerClass(options, handler);
}

function performServerHandshake(socket, options = {}) {
  const { ServerHttp2Session } = require('internal/http2/server_session');
  return new ServerHttp2Session(initialOptions(options), socket, undefined);
}

module.exports = { createSecureServer, createServer, performServerHandshake };
