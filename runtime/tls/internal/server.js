'use strict';
// tls.Server.
// Run once per realm by `tls`.

const net = require('net');
const {
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS, ERR_TLS_REQUIRED_SERVER_NAME,
  },
  ConnResetException,
} = require('internal/errors');
const { validateBuffer, validateFunction, validateNumber, validateString } = require('internal/validators');
const { Buffer } = require('buffer');
const { convertALPNProtocols } = require('internal/tls/identity');
const { kErrorEmitted, TLSSocket, verifyError } = require('internal/tls/socket');

const kHandshakeTimeout = Symbol('handshake-timeout');
const kSniCallback = Symbol('snicallback');
const kAlpnCallback = Symbol('alpncallback');
const kEnableTrace = Symbol('enableTrace');
const kPauseOnConnect = Symbol('pauseOnConnect');
const kPskCallback = Symbol('pskcallback');
const kPskIdentityHint = Symbol('pskidentityhint');

const kDefaultHandshakeTimeout = 120 * 1000;

function onConnection(rawSocket) {
  const socket = new TLSSocket(rawSocket, {
    secureContext: this._sharedCreds,
    isServer: true,
    server: this,
    requestCert: this.requestCert,
    rejectUnauthorized: this.rejectUnauthorized,
    handshakeTimeout: this[kHandshakeTimeout],
    ALPNProtocols: this.ALPNProtocols,
    ALPNCallback: this[kAlpnCallback],
    SNICallback: this[kSniCallback] || defaultSni,
    enableTrace: this[kEnableTrace],
    pauseOnConnect: this.pauseOnConnect,
    pskCallback: this[kPskCallback],
    pskIdentityHint: this[kPskIdentityHint],
  });
  socket._requestCert = this.requestCert;
  socket._rejectUnauthorized = this.rejectUnauthorized;
  socket.on('secure', onSecure);
  socket.on('close', onClose);
  socket.on('_tlsError', onTlsError);
}

function onSecure() {
  if (this._requestCert) {
    const error = verifyError(this.ssl, false);
    if (error) {
      this.authorizationError = error.code;
      if (this._rejectUnauthorized) this.destroy();
    } else {
      this.authorized = true;
    }
  }
  if (!this.destroyed && this._releaseControl()) this._tlsOptions.server.emit('secureConnection', this);
}

function onClose(hadError) {
  // An error was told already.
  if (hadError) return;
  if (this._controlReleased || this[kErrorEmitted]) return;
  this[kErrorEmitted] = true;
  this._tlsOptions.server.emit('tlsClientError', new ConnResetException('socket hang up'), this);
}

function onTlsError(error) {
  if (this._controlReleased || this[kErrorEmitted]) return;
  this[kErrorEmitted] = true;
  this._tlsOptions.server.emit('tlsClientError', error, this);
}

// The contexts of addContext(), the last one first.
function defaultSni(servername, callback) {
  const contexts = this.server._contexts;
  for (let i = contexts.length - 1; i >= 0; i--) {
    if (contexts[i][0].test(servername)) {
      callback(null, contexts[i][1]);
      return;
    }
  }
  callback(null, undefined);
}

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === 'function') {
    listener = options;
    options = { __proto__: null };
  } else if (options === null || options === undefined || (typeof options === 'object' && !Array.isArray(options))) {
    options = { ...options };
  } else {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  this._contexts = [];
  this.requestCert = options.requestCert === true;
  this.rejectUnauthorized = options.rejectUnauthorized !== false;
  this.ALPNCallback = options.ALPNCallback;
  if (options.ALPNCallback) {
    validateFunction(options.ALPNCallback, 'options.ALPNCallback');
    if (options.ALPNProtocols) throw new ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
  }
  if (options.ALPNProtocols) convertALPNProtocols(options.ALPNProtocols, this);
  if (options.sessionTimeout) this.sessionTimeout = options.sessionTimeout;
  if (options.ticketKeys) this.ticketKeys = options.ticketKeys;
  this.setSecureContext(options);
  const timeout = options.handshakeTimeout || kDefaultHandshakeTimeout;
  validateNumber(timeout, 'options.handshakeTimeout');
  this[kHandshakeTimeout] = timeout;
  if (options.SNICallback) validateFunction(options.SNICallback, 'options.SNICallback');
  this[kSniCallback] = options.SNICallback;
  this[kAlpnCallback] = options.ALPNCallback;
  this[kEnableTrace] = options.enableTrace;
  this[kPauseOnConnect] = options.pauseOnConnect;
  if (options.pskCallback) validateFunction(options.pskCallback, 'options.pskCallback');
  this[kPskCallback] = options.pskCallback;
  if (options.pskIdentityHint) validateString(options.pskIdentityHint, 'options.pskIdentityHint');
  this[kPskIdentityHint] = options.pskIdentityHint;
  net.Server.call(this, options, onConnection);
  if (listener) this.on('secureConnection', listener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

// What a context is made of, kept on the server where programs look for it.
const kContextOptions = [
  'pfx', 'key', 'passphrase', 'cert', 'clientCertEngine', 'ca', 'minVersion', 'maxVersion', 'secureProtocol', 'crl',
  'ciphers', 'ecdhCurve', 'dhparam', 'sigalgs', 'secureOptions', 'honorCipherOrder', 'allowPartialTrustChain',
  'privateKeyIdentifier', 'privateKeyEngine',
];

Server.prototype.setSecureContext = function setSecureContext(options) {
  if (options === null || typeof options !== 'object' || Array.isArray(options)) throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  for (const name of kContextOptions) this[name] = options[name] || undefined;
  // The server's order of ciphers counts unless it is told otherwise.
  this.honorCipherOrder = options.honorCipherOrder !== undefined ? Boolean(options.honorCipherOrder) : true;
  if (options.sessionTimeout) this.sessionTimeout = options.sessionTimeout;
  this.ticketKeys = options.ticketKeys ?? this.ticketKeys;
  this.sessionIdContext = options.sessionIdContext || defaultSessionIdContext();
  const context = { sessionIdContext: this.sessionIdContext, sessionTimeout: this.sessionTimeout, ticketKeys: this.ticketKeys };
  for (const name of [...kContextOptions, 'honorCipherOrder']) context[name] = this[name];
  // An empty list is not "the default": it is told so.
  if (options.sigalgs !== undefined) context.sigalgs = options.sigalgs;
  this._sharedCreds = require('tls').createSecureContext(context);
};

// One for each program, so that servers of one program can share sessions.
function defaultSessionIdContext() {
  const { createHash } = require('crypto');
  return createHash('sha1').update(process.argv.join(' ')).digest('hex').slice(0, 32);
}

Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, socket, ...rest) {
  // A connection whose listener failed is of no use.
  if (event === 'secureConnection') socket.destroy(error);
  else net.Server.prototype[Symbol.for('nodejs.rejection')].call(this, error, event, socket, ...rest);
};

Server.prototype._getServerData = function _getServerData() {
  return { ticketKeys: this.getTicketKeys().toString('hex') };
};

Server.prototype._setServerData = function _setServerData(data) {
  this.setTicketKeys(Buffer.from(data.ticketKeys, 'hex'));
};

Server.prototype.getTicketKeys = function getTicketKeys() {
  return Buffer.from(this._sharedCreds.context.getTicketKeys());
};

Server.prototype.setTicketKeys = function setTicketKeys(keys) {
  validateBuffer(keys);
  if (keys.byteLength !== 48) {
    throw Object.assign(new ERR_INVALID_ARG_VALUE('keys', keys.byteLength), {
      message: 'Session ticket keys must be a 48-byte buffer',
    });
  }
  this._sharedCreds.context.setTicketKeys(keys);
};

// '*.example.com' covers one label.
Server.prototype.addContext = function addContext(servername, context) {
  if (!servername) throw new ERR_TLS_REQUIRED_SERVER_NAME();
  const pattern = servername.replace(/([.^$+?\-\\[\]{}])/g, '\\$1').replaceAll('*', '[^.]*');
  const { SecureContext } = require('internal/tls/secure_context');
  this._contexts.push([
    new RegExp(`^${pattern}$`, 'i'), context instanceof SecureContext ? context.context : require('tls').createSecureContext(context).context,
  ]);
};

function createServer(options, listener) {
  return new Server(options, listener);
}

module.exports = { Server, createServer };
