'use strict';
// tls.TLSSocket: a net.Socket whose handle is a TlsStream.
// Run once per realm by `tls`.

const net = require('net');
const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_MULTIPLE_CALLBACK, ERR_SOCKET_CLOSED, ERR_TLS_ALPN_CALLBACK_INVALID_RESULT,
    ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS, ERR_TLS_HANDSHAKE_TIMEOUT, ERR_TLS_INVALID_CONTEXT, ERR_TLS_INVALID_STATE,
    ERR_TLS_RENEGOTIATION_DISABLED, ERR_TLS_SESSION_ATTACK,
  },
  genericNodeError,
} = require('internal/errors');
const { validateBoolean, validateBuffer, validateFunction, validateObject, validateString, validateUint32 } =
  require('internal/validators');
const { isArrayBufferView } = require('internal/util/types');
const { FastBuffer } = require('internal/buffer');
const { Buffer } = require('buffer');
const { TlsStream, SecureContext: NativeContext } = internalBinding('tls');
const { attachToDuplex, attachToHandle, setOwner } = require('internal/tls/stream');
const { adoptHandle } = require('internal/net/stream_handle');
const { convertALPNProtocols } = require('internal/tls/identity');

const kDuplexBelow = Symbol('kDuplexBelow');
const kHandshakes = Symbol('kHandshakes');
const kDisableRenegotiation = Symbol('kDisableRenegotiation');
const kPendingSession = Symbol('kPendingSession');
const kIsVerified = Symbol('kIsVerified');
const kErrorEmitted = Symbol('kErrorEmitted');

// tls.CLIENT_RENEG_LIMIT and CLIENT_RENEG_WINDOW; read from the module, where programs change them.
function renegotiationLimits() {
  const tls = require('tls');
  return { limit: tls.CLIENT_RENEG_LIMIT, window: tls.CLIENT_RENEG_WINDOW };
}

function readOptions(options) {
  const tlsOptions = { ...options };
  if (tlsOptions.enableTrace !== undefined && tlsOptions.enableTrace !== null) {
    validateBoolean(tlsOptions.enableTrace, 'options.enableTrace');
  }
  if (tlsOptions.ALPNProtocols) convertALPNProtocols(tlsOptions.ALPNProtocols, tlsOptions);
  return tlsOptions;
}

function socketOptions(socket, tlsOptions) {
  return {
    allowHalfOpen: socket ? socket.allowHalfOpen : tlsOptions.allowHalfOpen,
    pauseOnCreate: tlsOptions.pauseOnConnect,
    manualStart: true,
    highWaterMark: tlsOptions.highWaterMark,
    onread: socket ? undefined : tlsOptions.onread,
    signal: tlsOptions.signal,
    keepAlive: tlsOptions.keepAlive,
    keepAliveInitialDelay: tlsOptions.keepAliveInitialDelay,
    noDelay: tlsOptions.noDelay,
  };
}

function TLSSocket(socket, opts) {
  const tlsOptions = readOptions(opts);
  this._tlsOptions = tlsOptions;
  this._secureEstablished = false;
  this._securePending = false;
  this._newSessionPending = false;
  this._controlReleased = false;
  this.secureConnecting = true;
  this._SNICallback = null;
  this.servername = null;
  this.alpnProtocol = null;
  this.authorized = false;
  this.authorizationError = null;
  this[kErrorEmitted] = false;
  this[kHandshakes] = { count: 0, timer: undefined, first: true };
  this[kDisableRenegotiation] = false;
  this[kIsVerified] = false;
  this[kPendingSession] = null;

  const context = tlsOptions.secureContext ?? require('internal/tls/secure_context').createSecureContext(tlsOptions);
  const native = context.context;
  if (!(native instanceof NativeContext)) throw new ERR_TLS_INVALID_CONTEXT('context');
  this.ssl = new TlsStream(native, Boolean(tlsOptions.isServer));
  this.ssl._secureContext = context;
  // A socket's handle is written to and read from without JavaScript; that of a TLS socket is none of this kind.
  const onHandle = socket instanceof net.Socket && !(socket instanceof TLSSocket);
  const onDuplex = socket && !onHandle;
  const isConnected = onHandle && socket._handle && !socket.connecting;
  if (isConnected) attachToHandle(this.ssl, socket._handle, socket);

  net.Socket.call(this, { ...socketOptions(socket, tlsOptions), handle: socket ? this.ssl : undefined });
  if (onDuplex) attachToDuplex(this.ssl, socket, this);
  this[kDuplexBelow] = onDuplex;
  // Whose error it is: see _releaseControl().
  this.on('error', this._tlsError);
  this.on('close', forgetSsl);
  configure(this, tlsOptions);
  if (socket) adoptSocket(this, socket, onHandle && !isConnected);
  // Later, so that the caller can add listeners.
  process.nextTick(startReading, this, socket);
}
Object.setPrototypeOf(TLSSocket.prototype, net.Socket.prototype);
Object.setPrototypeOf(TLSSocket, net.Socket);

function forgetSsl() {
  this.ssl = null;
}

// What was the connection's own now is the TLS socket's.
function adoptSocket(self, socket, attachLater) {
  if (socket instanceof net.Socket) self._parent = socket;
  // Without what is below there is nothing left.
  if (socket instanceof net.Socket) socket.once('close', () => self.destroy());
  self.connecting = attachLater || Boolean(socket.connecting);
  if (!self.connecting) return;
  if (attachLater) {
    setOwner(self.ssl, socket);
    socket.once('error', (error) => self.destroy(error));
  }
  socket.once('connect', () => {
    if (self.destroyed) return;
    if (attachLater) attachToHandle(self.ssl, socket._handle, socket);
    self.connecting = false;
    self.emit('connect');
  });
}

function startReading(self, socket) {
  if (self.destroyed || !self._handle) return;
  // Bytes that the socket below has read already are encrypted ones.
  if (socket && !self[kDuplexBelow]) {
    for (let chunk = socket.read(); chunk !== null && self.ssl; chunk = socket.read()) {
      self.ssl.receive(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk);
    }
  }
  self.read(0);
}

// What a program's callback throws in the middle of a handshake is the error of the connection, not of the process: a peer
// may be able to bring it about.
function guarded(self, ask, refusal) {
  return (...args) => {
    try {
      return ask(...args);
    } catch (error) {
      self.destroy(error);
      return refusal;
    }
  };
}

// The server's part and the client's part of what a handshake needs to know

function configureServer(self, ssl, options) {
  const { server } = options;
  ssl.setVerifyMode(Boolean(options.requestCert), options.rejectUnauthorized !== false && Boolean(options.requestCert));
  ssl.onhandshakestart = () => onHandshakeStart(self);
  ssl.onclienthello = guarded(self, (id, name, hasTicket) => resumeSession(self, new FastBuffer(id), hasTicket));
  ssl.oncertcb = guarded(self, (servername, wantsOcsp) => chooseCertificate(self, servername, wantsOcsp));
  ssl.onnewsession = (id, session) => announceSession(self, new FastBuffer(id), new FastBuffer(session));
  if (server && (server.listenerCount('resumeSession') > 0 || server.listenerCount('newSession') > 0)) {
    ssl.enableSessionCallbacks();
  }
  if ((server && server.listenerCount('OCSPRequest') > 0) || options.SNICallback) ssl.enableCertCallback();
  if (options.SNICallback) {
    validateFunction(options.SNICallback, 'options.SNICallback');
    self._SNICallback = options.SNICallback;
  }
  if (options.ALPNCallback) {
    if (options.ALPNProtocols) throw new ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
    validateFunction(options.ALPNCallback, 'options.ALPNCallback');
    ssl.enableALPNCallback();
    ssl.onalpn = guarded(
      self, (servername, protocols) => selectProtocol(self, options.ALPNCallback, servername, protocols), -1);
  }
}

function configureClient(self, ssl) {
  ssl.setVerifyMode(true, true);
  ssl.onnewsession = (id, session) => {
    const data = new FastBuffer(session);
    // An event of a connection that is known to be good.
    if (self[kIsVerified]) self.emit('session', data);
    else self[kPendingSession] = data;
  };
  ssl.onocspresponse = (response) => {
    self.emit('OCSPResponse', response === null ? null : new FastBuffer(response));
  };
  if (self.listenerCount('session') > 0) {
    ssl.enableSessionCallbacks();
  } else {
    self.on('newListener', function enable(event) {
      if (event !== 'session') return;
      self.ssl?.enableSessionCallbacks();
      self.removeListener('newListener', enable);
    });
  }
}

function configurePsk(self, ssl, options) {
  const { pskCallback, pskIdentityHint } = options;
  if (!pskCallback) return;
  validateFunction(pskCallback, 'pskCallback');
  const psk = require('internal/tls/psk');
  ssl.onpskserver = guarded(self, (identity, maxLength) => psk.askServer(self, pskCallback, identity, maxLength));
  ssl.onpskclient = guarded(
    self, (hint, maxPsk, maxIdentity) => psk.askClient(self, pskCallback, hint, maxPsk, maxIdentity));
  ssl.enablePskCallback();
  if (!options.isServer || !pskIdentityHint) return;
  validateString(pskIdentityHint, 'options.pskIdentityHint');
  if (!ssl.setPskIdentityHint(pskIdentityHint)) {
    const { codes: { ERR_TLS_PSK_SET_IDENTITY_HINT_FAILED } } = require('internal/errors');
    // Later: nobody listens yet.
    process.nextTick(() => self.destroy(new ERR_TLS_PSK_SET_IDENTITY_HINT_FAILED()));
  }
}

function configure(self, options) {
  const { ssl } = self;
  self.server = options.server;
  ssl.onhandshakedone = () => self._finishInit();
  ssl.onerror = (error) => onTlsError(self, error);
  ssl.onkeylogline = (line) => onKeylog(self, new FastBuffer(line));
  if (options.isServer) configureServer(self, ssl, options);
  else configureClient(self, ssl);
  configurePsk(self, ssl, options);
  configureKeylog(self, ssl, options);
  if (options.ALPNProtocols) {
    if (!isArrayBufferView(options.ALPNProtocols)) throw new TypeError('Must give a Buffer as first argument');
    ssl.setALPNProtocols(options.ALPNProtocols);
  }
  if (options.enableTrace ?? tracesAll()) ssl.enableTrace();
  if (options.session && !options.isServer) self.setSession(options.session);
  if (options.requestOCSP && !options.isServer) ssl.requestOCSP();
  if (options.handshakeTimeout > 0) self.setTimeout(options.handshakeTimeout, self._handleTimeout);
}

let traceWarned = false;
function tracesAll() {
  if (!require('internal/options').getOptionValue('--trace-tls')) return false;
  if (!traceWarned) process.emitWarning('Enabling --trace-tls can expose sensitive data in the resulting log.');
  traceWarned = true;
  return true;
}

function configureKeylog(self, ssl, options) {
  const { getOptionValue } = require('internal/options');
  const wanted = options.isServer ? options.server?.listenerCount('keylog') > 0 : self.listenerCount('keylog') > 0;
  if (wanted || getOptionValue('--tls-keylog')) ssl.enableKeylogCallback();
  self.on('newListener', function enable(event) {
    if (event !== 'keylog') return;
    self.ssl?.enableKeylogCallback();
    self.removeListener('newListener', enable);
  });
}

let keylogWarned = false;
function onKeylog(self, line) {
  const { getOptionValue } = require('internal/options');
  const file = getOptionValue('--tls-keylog');
  if (file) {
    if (!keylogWarned) process.emitWarning('Using --tls-keylog makes TLS connections insecure by writing secret key material to file ' + file);
    keylogWarned = true;
    require('fs').appendFileSync(file, line, { mode: 0o600 });
  }
  self.emit('keylog', line);
  if (self._tlsOptions.isServer) self.server?.emit('keylog', line, self);
}

// Callbacks of the handshake

function onHandshakeStart(self) {
  const handshakes = self[kHandshakes];
  if (handshakes.first) {
    handshakes.first = false;
    return;
  }
  if (self[kDisableRenegotiation]) {
    self._emitTLSError(new ERR_TLS_RENEGOTIATION_DISABLED());
    return;
  }
  const { limit, window } = renegotiationLimits();
  const { setTimeout } = require('timers');
  handshakes.timer ??= setTimeout(() => {
    handshakes.count = 0;
    handshakes.timer = undefined;
  }, window * 1000).unref();
  if (++handshakes.count > limit) self._emitTLSError(new ERR_TLS_SESSION_ATTACK());
}

function resumeSession(self, id, hasTicket) {
  let called = false;
  const done = (error, session) => {
    if (called) {
      self.destroy(new ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    if (error) {
      self.destroy(error);
      return;
    }
    if (!self._handle) {
      self.destroy(new ERR_SOCKET_CLOSED());
      return;
    }
    self.ssl.loadSession(session ?? undefined);
  };
  const asks = id.length > 0 && !hasTicket && self.server && self.server.emit('resumeSession', id, done);
  if (!asks) done(null, undefined);
}

function announceSession(self, id, session) {
  let called = false;
  self._newSessionPending = true;
  const done = () => {
    if (called) return;
    called = true;
    if (!self._handle) return;
    self._newSessionPending = false;
    self.ssl.newSessionDone();
    if (self._securePending) self._finishInit();
    self._securePending = false;
  };
  try {
    if (!self.server?.emit('newSession', id, session, done)) done();
  } catch (error) {
    // The connection can do without.
    done();
    self.server.emit('error', error);
  }
}

function chooseCertificate(self, servername, wantsOcsp) {
  // Also where the handshake goes no further.
  if (servername) self.servername = servername;
  const finish = (context) => {
    const native = context?.context ?? context ?? undefined;
    if (native !== undefined && !(native instanceof NativeContext)) {
      self.destroy(Object.assign(new ERR_TLS_INVALID_CONTEXT('SNI context'), { message: 'Invalid SNI context' }));
      return;
    }
    answerOcsp(self, native, wantsOcsp, (error) => {
      if (error) self.destroy(error);
      else if (!self._handle) self.destroy(new ERR_SOCKET_CLOSED());
      else self.ssl.certCbDone(native);
    });
  };
  if (!servername || !self._SNICallback) {
    finish(undefined);
    return;
  }
  let called = false;
  self._SNICallback(servername, (error, context) => {
    if (called) {
      self.destroy(new ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    if (error) self.destroy(error);
    else if (!self._handle) self.destroy(new ERR_SOCKET_CLOSED());
    else finish(context);
  });
}

function answerOcsp(self, context, wanted, done) {
  const { server } = self;
  if (!wanted || !server || server.listenerCount('OCSPRequest') === 0) {
    done(null);
    return;
  }
  const native = context ?? self.ssl._secureContext.context;
  const der = (certificate) => (certificate === null ? null : new FastBuffer(certificate.raw()));
  let called = false;
  server.emit('OCSPRequest', der(native.getCertificate()), der(native.getIssuer()), (error, response) => {
    if (called) {
      done(new ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    if (!error && response && self._handle) self.ssl.setOCSPResponse(response);
    done(error);
  });
}

// Of the client's protocols (each with its length in front) the offset of the chosen one.
function selectProtocol(self, callback, servername, arrayBuffer) {
  const bytes = new FastBuffer(arrayBuffer);
  const protocols = [];
  const offsets = [];
  for (let offset = 0; offset < bytes.length; offset += bytes[offset] + 1) {
    offsets.push(offset);
    protocols.push(bytes.latin1Slice(offset + 1, offset + 1 + bytes[offset]));
  }
  const chosen = callback.call(self, { servername, protocols });
  // No protocol is an answer: an alert.
  if (chosen === undefined) return -1;
  const index = protocols.indexOf(chosen);
  if (index !== -1) return offsets[index];
  self.destroy(new ERR_TLS_ALPN_CALLBACK_INVALID_RESULT(chosen, protocols));
  return -1;
}

function onTlsError(self, error) {
  if (self._hadError) return;
  self._hadError = true;
  if (!self._secureEstablished) {
    // The 'error' event's first listener is _tlsError, by which a server learns of it.
    self.destroy(error);
  } else if (self._tlsOptions.isServer && self._rejectUnauthorized &&
             /peer did not return a certificate/i.test(error.message)) {
    self.destroy();
  } else {
    self._emitTLSError(error);
  }
}

const methods = {
  disableRenegotiation() {
    this[kDisableRenegotiation] = true;
  },

  // The connection that connect() made is there: TLS comes between. Called by net.
  _wrapConnected(handle) {
    attachToHandle(this.ssl, handle, undefined);
    this._handle = this.ssl;
    adoptHandle(this, this.ssl);
  },

  _destroySSL() {
    this.ssl?.destroySsl();
  },

  renegotiate(options, callback) {
    if (options === null || typeof options !== 'object') throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (this.destroyed) return undefined;
    if (this[kDisableRenegotiation]) {
      if (callback) process.nextTick(callback, new ERR_TLS_RENEGOTIATION_DISABLED());
      return false;
    }
    let { requestCert = this._requestCert, rejectUnauthorized = this._rejectUnauthorized } = this;
    if (options.requestCert !== undefined) requestCert = Boolean(options.requestCert);
    if (options.rejectUnauthorized !== undefined) rejectUnauthorized = Boolean(options.rejectUnauthorized);
    if (requestCert !== this._requestCert || rejectUnauthorized !== this._rejectUnauthorized) {
      this.ssl.setVerifyMode(Boolean(requestCert), Boolean(rejectUnauthorized));
      this._requestCert = requestCert;
      this._rejectUnauthorized = rejectUnauthorized;
    }
    try {
      this.ssl.renegotiate();
    } catch (error) {
      if (callback) process.nextTick(callback, error);
      return false;
    }
    if (callback) this.once('secure', () => callback(null));
    this.ssl.start();
    return true;
  },

  exportKeyingMaterial(length, label, context) {
    validateUint32(length, 'length', true);
    validateString(label, 'label');
    if (context !== undefined) validateBuffer(context, 'context');
    if (!this._secureEstablished) throw new ERR_TLS_INVALID_STATE();
    return new FastBuffer(this.ssl.exportKeyingMaterial(length, label, context));
  },

  setMaxSendFragment(size) {
    const { validateInteger } = require('internal/validators');
    validateInteger(size, 'size', -(2 ** 31), 2 ** 31 - 1);
    return Boolean(this._handle && this.ssl.setMaxSendFragment(size));
  },

  _handleTimeout() {
    this._emitTLSError(new ERR_TLS_HANDSHAKE_TIMEOUT());
  },

  _emitTLSError(error) {
    const visible = this._tlsError(error);
    if (visible) this.destroy(visible);
  },

  // The error when it is for this socket's listeners.
  _tlsError(error) {
    this.emit('_tlsError', error);
    return this._controlReleased ? error : null;
  },

  _releaseControl() {
    if (this._controlReleased) return false;
    this._controlReleased = true;
    this.removeListener('error', this._tlsError);
    return true;
  },

  _finishInit() {
    if (!this._handle) return;
    // The session is stored before anybody is told.
    if (this._newSessionPending) {
      this._securePending = true;
      return;
    }
    this.alpnProtocol = this.ssl.getALPNNegotiatedProtocol() ?? false;
    if (this.servername === null) this.servername = this.ssl.getServername() ?? false;
    this._secureEstablished = true;
    this.secureConnecting = false;
    if (this._tlsOptions.handshakeTimeout > 0) this.setTimeout(0, this._handleTimeout);
    this.emit('secure');
  },

  _start() {
    if (this.connecting) {
      this.once('connect', this._start);
      return;
    }
    // Closed already.
    if (this._handle) this.ssl.start();
  },

  setServername(name) {
    validateString(name, 'name');
    if (this._tlsOptions.isServer) {
      const { codes: { ERR_TLS_SNI_FROM_SERVER } } = require('internal/errors');
      throw new ERR_TLS_SNI_FROM_SERVER();
    }
    this.ssl.setServername(name);
  },

  setSession(session) {
    if (typeof session === 'string') session = Buffer.from(session, 'latin1');
    if (!isArrayBufferView(session)) {
      throw Object.assign(new TypeError('Session must be a buffer'), { code: 'ERR_INVALID_ARG_TYPE' });
    }
    this.ssl.setSession(session);
  },

  getPeerCertificate(detailed) {
    if (!this._handle) return null;
    return require('internal/tls/certificates').legacyChain(this.ssl.getPeerCertificates(Boolean(detailed)) ?? [], detailed);
  },

  getCertificate() {
    const handle = this._handle ? this.ssl.getCertificate() : null;
    if (handle === null) return null;
    // Not asked for by the peer: none was sent.
    if (handle === undefined) return {};
    return require('internal/tls/certificates').legacyChain([handle], false);
  },

  getPeerX509Certificate() {
    if (!this._handle) return undefined;
    return require('internal/tls/certificates').x509Chain(this.ssl.getPeerCertificates(true) ?? []);
  },

  getX509Certificate() {
    const handle = this._handle ? this.ssl.getCertificate() : undefined;
    return handle === undefined ? undefined : require('internal/tls/certificates').x509Chain([handle]);
  },

  setKeyCert(context) {
    let native;
    if (context?.context instanceof NativeContext) {
      native = context.context;
    } else {
      validateObject(context, 'options');
      native = require('internal/tls/secure_context').createSecureContext(context).context;
    }
    this.ssl?.setKeyCert(native);
  },

  enableTrace() {
    this.ssl?.enableTrace();
  },
};

// What the native side answers as it is, null once the socket is closed.
for (const [name, binary] of [
  ['getCipher', false], ['getSharedSigalgs', false], ['getEphemeralKeyInfo', false], ['getFinished', true],
  ['getPeerFinished', true], ['getProtocol', false], ['getSession', true], ['getTLSTicket', true],
  ['isSessionReused', false],
]) {
  methods[name] = { [name]() {
    if (!this._handle) return null;
    const value = this.ssl[name]();
    return binary && value !== undefined ? new FastBuffer(value) : value;
  } }[name];
}

for (const name of Object.keys(methods)) {
  Object.defineProperty(TLSSocket.prototype, name, {
    __proto__: null, value: methods[name], writable: true, configurable: true, enumerable: true,
  });
}

Object.defineProperty(TLSSocket.prototype, 'encrypted', {
  __proto__: null, value: true, writable: true, configurable: true, enumerable: true,
});

const kHint = '; if the root CA is installed locally, try running Node.js with --use-system-ca';
const kHinted = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** What is wrong with the peer's certificate, as an Error; null when nothing is. */
function verifyError(ssl, withHint) {
  const code = ssl.verifyErrorCode;
  if (code === undefined) return null;
  let message = ssl.verifyErrorReason;
  const { getOptionValue } = require('internal/options');
  if (withHint && kHinted.has(code) && !getOptionValue('--use-system-ca')) message += kHint;
  return genericNodeError(message, { code });
}

module.exports = {
  TLSSocket, kErrorEmitted, kIsVerified, kPendingSession, verifyError,
};
