'use strict';
// tls.connect(): the client.
// Run once per realm by `tls`.

const net = require('net');
const { codes: { ERR_TLS_DH_PARAM_SIZE }, ConnResetException } = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');
const { checkServerIdentity } = require('internal/tls/identity');
const { kIsVerified, kPendingSession, TLSSocket, verifyError } = require('internal/tls/socket');

const kConnectOptions = Symbol('connect-options');

let warnedInsecure = false;
function allowsUnauthorized() {
  const allows = process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0';
  if (allows && !warnedInsecure) {
    warnedInsecure = true;
    process.emitWarning(
      'Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to \'0\' makes TLS connections and HTTPS requests ' +
      'insecure by disabling certificate verification.');
  }
  return allows;
}

// (options[, callback]), (port[, host][, options][, callback]), (path[, options][, callback])
function normalizeArguments(args) {
  const { normalizeArgs } = require('internal/net');
  const list = normalizeArgs(args);
  const [options, callback] = list;
  // What net takes first may be followed by the options of TLS.
  if (args[1] !== null && typeof args[1] === 'object') Object.assign(options, args[1]);
  else if (args[2] !== null && typeof args[2] === 'object') Object.assign(options, args[2]);
  return callback ? [options, callback] : [options];
}

// Whose certificate it should be.
function expectedHost(options) {
  return options.servername || options.host || options.socket?._host || 'localhost';
}

function isWeakDh(socket, { minDHSize }) {
  const key = socket.getEphemeralKeyInfo();
  return key?.type === 'DH' && key.size < minDHSize ? new ERR_TLS_DH_PARAM_SIZE(key.size) : undefined;
}

function onSecure() {
  const options = this[kConnectOptions];
  const weak = isWeakDh(this, options);
  if (weak !== undefined) {
    this.destroy(weak);
    return;
  }
  let error = verifyError(this.ssl, true);
  // A resumed session is with whom it was before.
  if (!error && !this.isSessionReused()) {
    error = options.checkServerIdentity(expectedHost(options), this.getPeerCertificate(true));
  }
  if (error) {
    this.authorized = false;
    this.authorizationError = error.code || error.message;
    if (options.rejectUnauthorized !== false) {
      this.destroy(error);
      return;
    }
  } else {
    this.authorized = true;
  }
  this.secureConnecting = false;
  this.emit('secureConnect');
  this[kIsVerified] = true;
  const session = this[kPendingSession];
  this[kPendingSession] = null;
  if (session) this.emit('session', session);
  this.removeListener('end', onEarlyEnd);
}

// The other side left in the middle of the handshake.
function onEarlyEnd() {
  if (this._hadError) return;
  const options = this[kConnectOptions];
  this._hadError = true;
  const error = new ConnResetException('Client network socket disconnected before secure TLS connection was established');
  error.path = options.path;
  error.host = options.host;
  error.port = options.port;
  error.localAddress = options.localAddress;
  this.destroy(error);
}

function readOptions(given) {
  const options = {
    rejectUnauthorized: !allowsUnauthorized(),
    ciphers: require('tls').DEFAULT_CIPHERS,
    checkServerIdentity,
    minDHSize: 1024,
    ...given,
  };
  if (!options.keepAlive) options.singleUse = true;
  validateFunction(options.checkServerIdentity, 'options.checkServerIdentity');
  validateNumber(options.minDHSize, 'options.minDHSize', 1);
  return options;
}

function makeSocket(options) {
  const secureContext = options.secureContext || require('tls').createSecureContext(options);
  return new TLSSocket(options.socket, {
    allowHalfOpen: options.socket ? options.socket.allowHalfOpen : Boolean(options.allowHalfOpen),
    pipe: Boolean(options.path),
    secureContext,
    isServer: false,
    requestCert: true,
    rejectUnauthorized: options.rejectUnauthorized !== false,
    session: options.session,
    ALPNProtocols: options.ALPNProtocols,
    requestOCSP: options.requestOCSP,
    enableTrace: options.enableTrace,
    pskCallback: options.pskCallback,
    highWaterMark: options.highWaterMark,
    onread: options.onread,
    signal: options.signal,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    noDelay: options.noDelay,
  });
}

function connect(...args) {
  const [given, callback] = normalizeArguments(args);
  const options = readOptions(given);
  const socket = makeSocket(options);
  socket._rejectUnauthorized = options.rejectUnauthorized !== false;
  socket._requestCert = true;
  socket[kConnectOptions] = options;
  if (callback) socket.once('secureConnect', callback);
  if (!options.socket) {
    if (options.timeout) socket.setTimeout(options.timeout);
    socket.connect(options, socket._start);
  }
  socket._releaseControl();
  if (options.servername) {
    if (net.isIP(options.servername)) {
      process.emitWarning(
        'Setting the TLS ServerName to an IP address is not permitted by RFC 6066. This will be ignored in a future ' +
        'version.', 'DeprecationWarning', 'DEP0123');
    }
    socket.setServername(options.servername);
  }
  if (options.socket) socket._start();
  socket.on('secure', onSecure);
  socket.prependListener('end', onEarlyEnd);
  return socket;
}

module.exports = { connect };
