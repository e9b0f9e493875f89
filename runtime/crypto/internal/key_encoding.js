'use strict';
// How keys are written: the options {format, type, cipher, passphrase} and PEM or DER out of them.
// Run once per realm by internal/crypto/key_object and the key generators.

const {
  codes: {
    ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS, ERR_CRYPTO_UNKNOWN_CIPHER, ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { validateObject } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { FastBuffer } = require('internal/buffer');

const kStructures = ['pkcs1', 'spki', 'pkcs8', 'sec1'];
const kPublicTypes = ['pkcs1', 'spki'];
const kPrivateTypes = ['pkcs1', 'pkcs8', 'sec1'];

// Node's names to those of OpenSSL's encoders.
const kOpenSslStructures = {
  '__proto__': null, 'pkcs1': 'type-specific', 'sec1': 'type-specific', 'spki': 'SubjectPublicKeyInfo',
  'pkcs8': 'PrivateKeyInfo',
};

function checkStructure(type, keyType, isPublic, name) {
  if (type === undefined && keyType === undefined) return;
  if (!(isPublic ? kPublicTypes : kPrivateTypes).includes(type)) throw new ERR_INVALID_ARG_VALUE(`${name}.type`, type);
  // Of a key that is yet to be made the type is known as well.
  if (type === 'pkcs1' && keyType !== 'rsa') {
    throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('pkcs1', 'can only be used for RSA keys');
  }
  if (type === 'sec1' && keyType !== 'ec') {
    throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('sec1', 'can only be used for EC keys');
  }
}

function readEncryption(options, encoding, name) {
  const { cipher, passphrase } = options;
  if (cipher === undefined || cipher === null) {
    if (passphrase !== undefined) {
      throw new ERR_INVALID_ARG_VALUE(`${name}.cipher`, cipher, 'is required when a passphrase is specified');
    }
    return;
  }
  if (typeof cipher !== 'string') throw new ERR_INVALID_ARG_VALUE(`${name}.cipher`, cipher);
  if (encoding.format === 'der' && (encoding.type === 'pkcs1' || encoding.type === 'sec1')) {
    throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(encoding.type, 'does not support encryption');
  }
  if (typeof passphrase !== 'string' && !isArrayBufferView(passphrase) && !isAnyArrayBuffer(passphrase)) {
    throw new ERR_INVALID_ARG_VALUE(`${name}.passphrase`, passphrase);
  }
  encoding.cipher = cipher;
  const { Buffer } = require('buffer');
  encoding.passphrase = typeof passphrase === 'string' ? Buffer.from(passphrase, options.encoding) : passphrase;
}

/** The checked form of {format, type, cipher, passphrase}; `name` is what errors call it. */
function readExportOptions(options, keyType, isPublic, name) {
  validateObject(options, name);
  const { format, type } = options;
  if (format !== 'pem' && format !== 'der' && format !== 'jwk') {
    throw new ERR_INVALID_ARG_VALUE(`${name}.format`, format);
  }
  const encoding = { __proto__: null, format, type, isPublic };
  if (format !== 'jwk') checkStructure(type, keyType, isPublic, name);
  if (!isPublic) {
    readEncryption(options, encoding, name);
    if (format === 'jwk' && encoding.cipher !== undefined) {
      throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('jwk', 'does not support encryption');
    }
  }
  return encoding;
}

/** A native key in an encoding of readExportOptions(). */
function encodeKey(handle, { format, type, isPublic, cipher, passphrase }) {
  if (format === 'jwk') return require('internal/crypto/jwk').exportJwk(isPublic ? handle.toPublic() : handle);
  if (cipher !== undefined && internalBinding('crypto').cipherInfo(cipher) === undefined) {
    throw new ERR_CRYPTO_UNKNOWN_CIPHER();
  }
  const encoded = handle.encode(isPublic, format === 'pem', kOpenSslStructures[type], cipher, passphrase);
  return typeof encoded === 'string' ? encoded : new FastBuffer(encoded);
}

module.exports = { encodeKey, kStructures, readExportOptions };
