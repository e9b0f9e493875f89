'use strict';
// The public `crypto` module.
// Run once per realm, on first require.

const { createHash, createHmac, Hash, Hmac, getHashes, hash } = require('internal/crypto/hash');
const { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } = require('internal/crypto/derive');
const {
  randomBytes, randomFill, randomFillSync, randomInt, randomUUID, randomUUIDv7, timingSafeEqual,
} = require('internal/crypto/random');
const { codes: { ERR_CRYPTO_ENGINE_UNKNOWN } } = require('internal/errors');
const { validateNumber, validateString } = require('internal/validators');
const binding = internalBinding('crypto');
const { defineLazyProperties, deprecate } = require('internal/util');

let ciphers;
function getCiphers() {
  ciphers ??= binding.getCiphers();
  return ciphers.slice();
}

let curves;
function getCurves() {
  curves ??= binding.getCurves();
  return curves.slice();
}

function createSign(algorithm, options) {
  return new module.exports.Sign(algorithm, options);
}

function createVerify(algorithm, options) {
  return new module.exports.Verify(algorithm, options);
}

// Whether only what a FIPS module offers may be used; there is none in this build, but a configuration can bring one.
function getFips() {
  return binding.getFips() ? 1 : 0;
}

function setFips(value) {
  const { isMainThread } = require('worker_threads');
  if (!isMainThread) {
    const { codes: { ERR_WORKER_UNSUPPORTED_OPERATION } } = require('internal/errors');
    throw new ERR_WORKER_UNSUPPORTED_OPERATION('Calling crypto.setFips()');
  }
  binding.setFips(Boolean(value));
}

// Engines are loaded from shared libraries, which this build does not do.
function setEngine(id, flags) {
  validateString(id, 'id');
  if (flags) validateNumber(flags, 'flags');
  throw new ERR_CRYPTO_ENGINE_UNKNOWN(id);
}

// OpenSSL's secure heap is only there when --secure-heap asks for it.
function secureHeapUsed() {
  const used = binding.secureHeapUsed();
  if (used < 0) return { total: 0, used: 0, utilization: NaN, min: 2 };
  const { getOptionValue } = require('internal/options');
  const total = getOptionValue('--secure-heap');
  return { total, used, utilization: used / total, min: getOptionValue('--secure-heap-min') };
}

function getRandomValues(array) {
  return require('internal/crypto/webcrypto').crypto.getRandomValues(array);
}

module.exports = {
  createHash,
  createHmac,
  getCiphers,
  getCurves,
  createSign,
  createVerify,
  getFips,
  getHashes,
  getRandomValues,
  secureHeapUsed,
  setEngine,
  setFips,
  hash,
  Hash: deprecate(Hash, 'crypto.Hash constructor is deprecated.', 'DEP0179'),
  hkdf,
  hkdfSync,
  Hmac: deprecate(Hmac, 'crypto.Hmac constructor is deprecated.', 'DEP0181'),
  pbkdf2,
  pbkdf2Sync,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  randomUUIDv7,
  scrypt,
  scryptSync,
  timingSafeEqual,
};

// The others are loaded when one of them is first asked for.
const kLater = {
  'internal/crypto/argon2': ['argon2', 'argon2Sync'],
  'internal/crypto/certificate': ['Certificate'],
  'internal/crypto/cipher': ['Cipheriv', 'Decipheriv', 'createCipheriv', 'createDecipheriv', 'getCipherInfo'],
  'internal/crypto/constants': ['constants'],
  'internal/crypto/diffie_hellman': [
    'DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'createDiffieHellman', 'createDiffieHellmanGroup', 'createECDH',
    'diffieHellman',
  ],
  'internal/crypto/key_object': ['KeyObject', 'createPrivateKey', 'createPublicKey', 'createSecretKey'],
  'internal/crypto/keygen': ['generateKey', 'generateKeyPair', 'generateKeyPairSync', 'generateKeySync'],
  'internal/crypto/prime': ['checkPrime', 'checkPrimeSync', 'generatePrime', 'generatePrimeSync'],
  'internal/crypto/public_cipher': [
    'decapsulate', 'encapsulate', 'privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'publicEncrypt',
  ],
  'internal/crypto/sign': ['Sign', 'Verify', 'sign', 'verify'],
  'internal/crypto/x509': ['X509Certificate'],
};

for (const id of Object.keys(kLater)) defineLazyProperties(module.exports, id, kLater[id]);
// Another name of the same.
defineLazyProperties(module.exports, 'internal/crypto/diffie_hellman', ['getDiffieHellman']);

Object.defineProperties(module.exports, {
  fips: {
    configurable: false,
    enumerable: false,
    get: deprecate(getFips, 'The crypto.fips is deprecated. Please use crypto.getFips()', 'DEP0093'),
    set: deprecate(setFips, 'The crypto.fips is deprecated. Please use crypto.setFips()', 'DEP0093'),
  },
  webcrypto: {
    configurable: false,
    enumerable: true,
    get() { return require('internal/crypto/webcrypto').crypto; },
  },
  subtle: {
    configurable: false,
    enumerable: true,
    get() { return require('internal/crypto/webcrypto').crypto.subtle; },
  },
});
// Older names of randomBytes.
for (const name of ['prng', 'pseudoRandomBytes', 'rng']) {
  let value = randomBytes;
  Object.defineProperty(module.exports, name, {
    configurable: true,
    enumerable: false,
    get() {
      if (value === randomBytes && require('internal/options').getOptionValue('--pending-deprecation')) {
        value = deprecate(randomBytes, `crypto.${name} is deprecated.`, 'DEP0115');
      }
      return value;
    },
    set(replacement) { value = replacement; },
  });
}
