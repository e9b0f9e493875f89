'use strict';
// tls.createSecureContext(): keys, certificates and settings in a native SecureContext.
// Run once per realm by `tls`.

const binding = internalBinding('tls');
const {
  codes: {
    ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED, ERR_CRYPTO_OPERATION_FAILED, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
    ERR_TLS_INVALID_PROTOCOL_METHOD, ERR_TLS_INVALID_PROTOCOL_VERSION, ERR_TLS_PROTOCOL_VERSION_CONFLICT,
  },
} = require('internal/errors');
const { validateBuffer, validateInt32, validateInteger, validateObject, validateString } =
  require('internal/validators');
const { isArrayBufferView } = require('internal/util/types');
const { Buffer } = require('buffer');
const defaults = require('internal/tls/defaults');

const kVersions = {
  '__proto__': null, 'TLSv1': 0x0301, 'TLSv1.1': 0x0302, 'TLSv1.2': 0x0303, 'TLSv1.3': 0x0304,
};
const kMax = kVersions['TLSv1.3'];
const SSL_OP_CIPHER_SERVER_PREFERENCE = 0x400000;

// The old way to say which versions: [side (0 both, 1 server, 2 client), lowest (null: the default), highest].
const kMethods = {
  '__proto__': null,
  'TLS_method': [0, 0, kMax], 'TLS_server_method': [1, 0, kMax], 'TLS_client_method': [2, 0, kMax],
  'SSLv23_method': [0, null, 0x0303], 'SSLv23_server_method': [1, null, 0x0303],
  'SSLv23_client_method': [2, null, 0x0303],
  'TLSv1_method': [0, 0x0301, 0x0301], 'TLSv1_server_method': [1, 0x0301, 0x0301],
  'TLSv1_client_method': [2, 0x0301, 0x0301],
  'TLSv1_1_method': [0, 0x0302, 0x0302], 'TLSv1_1_server_method': [1, 0x0302, 0x0302],
  'TLSv1_1_client_method': [2, 0x0302, 0x0302],
  'TLSv1_2_method': [0, 0x0303, 0x0303], 'TLSv1_2_server_method': [1, 0x0303, 0x0303],
  'TLSv1_2_client_method': [2, 0x0303, 0x0303],
};

function withMessage(ErrorClass, message) {
  return Object.assign(new ErrorClass(message), { message });
}

function toVersion(which, name, fallback) {
  const value = kVersions[name ?? fallback];
  if (value === undefined) throw new ERR_TLS_INVALID_PROTOCOL_VERSION(JSON.stringify(name), which);
  return value;
}

function methodOf(name) {
  if (/^SSLv[23]_(?:server_|client_)?method$/.test(name)) {
    throw withMessage(ERR_TLS_INVALID_PROTOCOL_METHOD, `${name.slice(0, 5)} methods disabled`);
  }
  const method = kMethods[name];
  if (method === undefined) throw withMessage(ERR_TLS_INVALID_PROTOCOL_METHOD, `Unknown method: ${name}`);
  return method;
}

class SecureContext {
  constructor(secureProtocol, secureOptions, minVersion, maxVersion) {
    let side = 0;
    let min = toVersion('minimum', minVersion, defaults.minVersion());
    let max = toVersion('maximum', maxVersion, defaults.maxVersion());
    if (secureProtocol) {
      if (minVersion != null) throw new ERR_TLS_PROTOCOL_VERSION_CONFLICT(minVersion, secureProtocol);
      if (maxVersion != null) throw new ERR_TLS_PROTOCOL_VERSION_CONFLICT(maxVersion, secureProtocol);
      const method = methodOf(secureProtocol);
      [side, , max] = method;
      min = method[1] ?? min;
    }
    this.context = new binding.SecureContext();
    this.context.init(side, min, max);
    if (secureOptions) {
      validateInteger(secureOptions, 'secureOptions');
      this.context.setOptions(secureOptions);
    }
  }
}

function toBytes(value, name) {
  if (typeof value === 'string') return Buffer.from(value);
  if (isArrayBufferView(value)) return value;
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], value);
}

function toArray(value) {
  return Array.isArray(value) ? value : [value];
}

function setKeys(context, { key, passphrase }, name) {
  for (const item of toArray(key)) {
    // Only a list may have {pem, passphrase} in it.
    const isPair = Array.isArray(key) && typeof item === 'object' && item !== null && !isArrayBufferView(item) &&
      item.pem !== undefined;
    const secret = isPair && item.passphrase !== undefined ? item.passphrase : passphrase;
    if (secret !== undefined && secret !== null) validateString(secret, `${name}.passphrase`);
    context.setKey(toBytes(isPair ? item.pem : item, `${name}.key`),
                   secret === undefined || secret === null ? undefined : Buffer.from(secret));
  }
}

// TLS 1.3's cipher suites are a list of their own for OpenSSL.
function splitCiphers(ciphers, name) {
  if (ciphers !== undefined && ciphers !== null) validateString(ciphers, `${name}.ciphers`);
  const suites = [];
  const list = [];
  for (const cipher of (ciphers || defaults.ciphers()).split(':')) {
    if (cipher.length === 0) continue;
    if (/^-?!?TLS_/.test(cipher)) {
      if (!/^[-!]/.test(cipher)) suites.push(cipher);
    } else {
      list.push(cipher);
    }
  }
  if (list.length === 0 && suites.length === 0) {
    throw new ERR_INVALID_ARG_VALUE(`${name}.ciphers`, ciphers.split(':'));
  }
  return { cipherList: list.join(':'), cipherSuites: suites.join(':') };
}

function setTrust(context, { ca, crl, allowPartialTrustChain }, name) {
  if (ca) {
    for (const item of toArray(ca)) context.addCACert(toBytes(item, `${name}.ca`));
  } else {
    const certificates = require('internal/tls/certificates').defaultOverride();
    if (certificates === undefined) context.addRootCerts();
    else for (const item of certificates) context.addCACert(Buffer.from(item));
  }
  if (allowPartialTrustChain) context.setAllowPartialTrustChain();
  if (crl) {
    for (const item of toArray(crl)) {
      if (!context.addCRL(toBytes(item, `${name}.crl`))) {
        throw withMessage(ERR_CRYPTO_OPERATION_FAILED, 'Failed to parse CRL');
      }
    }
  }
}

function setDiffieHellman(context, { dhparam, ecdhCurve }, name) {
  const curve = ecdhCurve ?? defaults.ecdhCurve();
  validateString(curve, `${name}.ecdhCurve`);
  if (curve !== 'auto' && !context.setECDHCurve(curve)) {
    throw withMessage(ERR_CRYPTO_OPERATION_FAILED, 'Failed to set ECDH curve');
  }
  if (dhparam === undefined || dhparam === null) return;
  if (dhparam === 'auto') {
    context.setDHAuto();
    return;
  }
  const bits = context.setDHParam(toBytes(dhparam, `${name}.dhparam`));
  if (bits === 0) return;
  if (bits < 1024) {
    throw Object.assign(new TypeError('DH parameter is less than 1024 bits'), { code: 'ERR_INVALID_ARG_VALUE' });
  }
  if (bits < 2048) process.emitWarning('DH parameter is less than 2048 bits', 'SecurityWarning');
}

function setPfx(context, { pfx, passphrase }, name) {
  for (const item of toArray(pfx)) {
    const isPair = typeof item === 'object' && item !== null && !isArrayBufferView(item) && item.buf !== undefined;
    const secret = (isPair ? item.passphrase : undefined) ?? passphrase;
    context.loadPKCS12(toBytes(isPair ? item.buf : item, `${name}.pfx`),
                       secret === undefined || secret === null ? undefined : toBytes(secret, `${name}.passphrase`));
  }
}

function refuseEngines({ clientCertEngine, privateKeyEngine, privateKeyIdentifier }, name) {
  const given = Object.entries({ privateKeyEngine, privateKeyIdentifier, clientCertEngine })
    .filter(([, value]) => value !== undefined && value !== null);
  for (const [key, value] of given) {
    if (typeof value !== 'string') throw new ERR_INVALID_ARG_TYPE(`${name}.${key}`, ['string', 'null', 'undefined'], value);
  }
  if (given.length > 0) throw new ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED();
}

function setCiphers(context, options, name) {
  const { cipherList, cipherSuites } = splitCiphers(options.ciphers, name);
  // A list without suites of TLS 1.3 is one for the older versions: that keeps its own.
  if (cipherSuites !== '') context.setCipherSuites(cipherSuites);
  context.setCiphers(cipherList);
  // But versions that have no cipher are not offered.
  if (cipherList === '' && context.getMinProto() < kMax && context.getMaxProto() === kMax) context.setMinProto(kMax);
}

function configure(context, options, name) {
  const { cert, key, sigalgs, sessionIdContext, sessionTimeout, ticketKeys } = options;
  // First: which keys are strong enough may be said with the ciphers.
  setCiphers(context, options, name);
  setTrust(context, options, name);
  if (cert) for (const item of toArray(cert)) context.setCert(toBytes(item, `${name}.cert`));
  if (key) setKeys(context, options, name);
  if (sigalgs !== undefined && sigalgs !== null) {
    validateString(sigalgs, `${name}.sigalgs`);
    if (sigalgs === '') throw new ERR_INVALID_ARG_VALUE(`${name}.sigalgs`, sigalgs);
    context.setSigalgs(sigalgs);
  }
  refuseEngines(options, name);
  setDiffieHellman(context, options, name);
  if (options.pfx) setPfx(context, options, name);
  if (sessionIdContext !== undefined && sessionIdContext !== null) {
    validateString(sessionIdContext, `${name}.sessionIdContext`);
    context.setSessionIdContext(sessionIdContext);
  }
  if (ticketKeys !== undefined && ticketKeys !== null) {
    validateBuffer(ticketKeys, `${name}.ticketKeys`);
    if (ticketKeys.byteLength !== 48) {
      throw new ERR_INVALID_ARG_VALUE(`${name}.ticketKeys`, ticketKeys.byteLength, 'must be exactly 48 bytes');
    }
    context.setTicketKeys(ticketKeys);
  }
  if (sessionTimeout !== undefined && sessionTimeout !== null) {
    validateInt32(sessionTimeout, `${name}.sessionTimeout`, 0);
    context.setSessionTimeout(sessionTimeout);
  }
}

function createSecureContext(options) {
  options ||= {};
  validateObject(options, 'options');
  const { honorCipherOrder, minVersion, maxVersion, secureProtocol } = options;
  let { secureOptions } = options;
  if (honorCipherOrder) secureOptions = (secureOptions || 0) | SSL_OP_CIPHER_SERVER_PREFERENCE;
  const secureContext = new SecureContext(secureProtocol, secureOptions, minVersion, maxVersion);
  configure(secureContext.context, options, 'options');
  return secureContext;
}

module.exports = { SecureContext, createSecureContext };
