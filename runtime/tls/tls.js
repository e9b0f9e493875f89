'use strict';
// The public `tls` module.
// Run once per realm, on first require.

const { Server, createServer } = require('internal/tls/server');
const { TLSSocket } = require('internal/tls/socket');
const { connect } = require('internal/tls/connect');
const { SecureContext, createSecureContext } = require('internal/tls/secure_context');
const { checkServerIdentity, convertALPNProtocols } = require('internal/tls/identity');
const { getCACertificates, rootCertificates, setDefaultCACertificates } = require('internal/tls/certificates');
const defaults = require('internal/tls/defaults');

let ciphers;
function getCiphers() {
  ciphers ??= [...new Set(internalBinding('tls').getSSLCiphers().map((name) => name.toLowerCase()))].sort();
  return ciphers.slice();
}

// Compression of certificates needs algorithms that OpenSSL is built without here.
function getCertificateCompressionAlgorithms() {
  return [];
}

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
};

for (const [name, key] of [
  ['DEFAULT_CIPHERS', 'ciphers'], ['DEFAULT_ECDH_CURVE', 'ecdhCurve'], ['DEFAULT_MIN_VERSION', 'minVersion'],
  ['DEFAULT_MAX_VERSION', 'maxVersion'],
]) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return defaults[key](); },
    set(value) { defaults.assigned[key] = value; },
  });
}

Object.assign(module.exports, { getCiphers, getCertificateCompressionAlgorithms });

Object.defineProperty(module.exports, 'rootCertificates', {
  __proto__: null, configurable: false, enumerable: true, get: rootCertificates,
});

Object.assign(module.exports, {
  getCACertificates,
  setDefaultCACertificates,
  convertALPNProtocols,
  checkServerIdentity,
  createSecureContext,
  SecureContext,
  TLSSocket,
  Server,
  createServer,
  connect,
});
