'use strict';
// The public `crypto` module, as far as it goes: hashes, HMAC, key derivation, random numbers.
// Run once per realm, on first require.

const { createHash, createHmac, Hash, Hmac, getHashes, hash } = require('internal/crypto/hash');
const { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } = require('internal/crypto/derive');
const {
  randomBytes, randomFill, randomFillSync, randomInt, randomUUID, timingSafeEqual,
} = require('internal/crypto/random');
const binding = internalBinding('crypto');
const { deprecate } = require('internal/util');

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

function getRandomValues(array) {
  return require('internal/crypto/webcrypto').crypto.getRandomValues(array);
}

module.exports = {
  createHash,
  createHmac,
  getCiphers,
  getCurves,
  getFips: () => 0,
  getHashes,
  getRandomValues,
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
  scrypt,
  scryptSync,
  timingSafeEqual,
};

// What Node has and Gyre has not yet: saying so beats "is not a function".
for (const name of [
  'argon2', 'argon2Sync', 'checkPrime', 'checkPrimeSync', 'createCipheriv', 'createDecipheriv', 'createDiffieHellman',
  'createDiffieHellmanGroup', 'createECDH', 'createPrivateKey', 'createPublicKey', 'createSecretKey', 'createSign',
  'createVerify', 'diffieHellman', 'generateKey', 'generateKeyPair', 'generateKeyPairSync', 'generateKeySync',
  'generatePrime', 'generatePrimeSync', 'getCipherInfo', 'getDiffieHellman', 'privateDecrypt', 'privateEncrypt',
  'publicDecrypt', 'publicEncrypt', 'sign', 'verify',
]) {
  module.exports[name] = { [name]() {
    throw Object.assign(new Error(`crypto.${name} is not available in this version of Gyre`),
                        { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
  } }[name];
}

Object.defineProperties(module.exports, {
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
  Object.defineProperty(module.exports, name, {
    configurable: true, enumerable: false, value: randomBytes, writable: true,
  });
}
