'use strict';
// SubtleCrypto.supports(): whether an operation could be asked for with an algorithm and its parameters, by the checks of
// the operation itself. https://wicg.github.io/webcrypto-modern-algos/#SubtleCrypto-method-supports
// Run once per realm, on first use.

const { isCryptoKey, slotsOf } = require('internal/crypto/crypto_key');
const { checkDigest } = require('internal/crypto/webcrypto_digest');
const { checkAesLength, curveOf, hmacLength, isPair, pairParameters } = require('internal/crypto/webcrypto_keys');
const { checkArgon2, checkCipher, checkKdf, checkSignature } = require('internal/crypto/webcrypto_operations');
const { normalizeAlgorithm, notSupported } = require('internal/crypto/webcrypto_util');

/** The most bits that two keys agree on. */
const kAgreedBits = { '__proto__': null, 'P-256': 256, 'P-384': 384, 'P-521': 528, 'X25519': 256, 'X448': 448 };

function refuse() {
  throw notSupported();
}

function checkAgreement({ name, public: peer }, length) {
  if (!isCryptoKey(peer)) refuse();
  const { type, algorithm } = slotsOf(peer);
  if (type !== 'public' || algorithm.name !== name) refuse();
  if (length > kAgreedBits[algorithm.namedCurve ?? name]) refuse();
}

function checkDerivation(algorithm, length) {
  const { name } = algorithm;
  if (name.startsWith('Argon2')) checkArgon2(algorithm, length);
  else if (name === 'HKDF' || name === 'PBKDF2') checkKdf(algorithm, length);
  else checkAgreement(algorithm, length);
}

function checkGeneration(algorithm) {
  const { length, name } = algorithm;
  if (isPair(name)) pairParameters(algorithm);
  else if (name.startsWith('AES')) checkAesLength(length);
  else if (name === 'HMAC' && hmacLength(algorithm) === 0) refuse();
}

function checkImport(algorithm) {
  const { length, name, namedCurve } = algorithm;
  if (namedCurve !== undefined) curveOf(namedCurve);
  if (name === 'HMAC' && length === 0) refuse();
  return algorithm;
}

const kUnreadable = /^(?:HKDF|PBKDF2|Argon2)/;
const readExport = (algorithm) => {
  const { name } = normalizeAlgorithm(algorithm, 'exportKey');
  if (kUnreadable.test(name)) refuse();
  return name;
};

function checkWrap(algorithm, operation, otherwise) {
  let normalized;
  try {
    normalized = normalizeAlgorithm(algorithm, operation);
  } catch {
    normalized = normalizeAlgorithm(algorithm, otherwise);
  }
  checkCipher(normalized);
}

/** A key of the 256 bits that encapsulation shares. */
function checkShared(algorithm) {
  const { length, name } = checkImport(normalizeAlgorithm(algorithm, 'importKey'));
  if (isPair(name)) refuse();
  if ((name === 'HMAC' || name.startsWith('KMAC')) && length !== undefined && Math.ceil(length / 8) !== 32) refuse();
}

const checks = {
  '__proto__': null,
  'encrypt': (algorithm) => checkCipher(normalizeAlgorithm(algorithm, 'encrypt')),
  'sign': (algorithm) => checkSignature(normalizeAlgorithm(algorithm, 'sign')),
  'digest': (algorithm) => checkDigest(normalizeAlgorithm(algorithm, 'digest')),
  'generateKey': (algorithm) => checkGeneration(normalizeAlgorithm(algorithm, 'generateKey')),
  'importKey': (algorithm) => checkImport(normalizeAlgorithm(algorithm, 'importKey')),
  'exportKey': readExport,
  getPublicKey(algorithm) {
    if (!isPair(readExport(algorithm))) refuse();
  },
  'deriveBits': (algorithm, length) => checkDerivation(normalizeAlgorithm(algorithm, 'deriveBits'), length),
  deriveKey(algorithm, keyAlgorithm) {
    checkImport(normalizeAlgorithm(keyAlgorithm, 'importKey'));
    const { keyLength } = require('internal/crypto/webcrypto');
    const length = keyLength(normalizeAlgorithm(keyAlgorithm, 'getKeyLength'));
    checkDerivation(normalizeAlgorithm(algorithm, 'deriveBits'), length);
  },
  wrapKey(algorithm, keyAlgorithm) {
    checkWrap(algorithm, 'wrapKey', 'encrypt');
    readExport(keyAlgorithm);
  },
  unwrapKey(algorithm, keyAlgorithm) {
    checkWrap(algorithm, 'unwrapKey', 'decrypt');
    checkImport(normalizeAlgorithm(keyAlgorithm, 'importKey'));
  },
  'encapsulateBits': (algorithm) => normalizeAlgorithm(algorithm, 'encapsulate'),
  encapsulateKey(algorithm, keyAlgorithm) {
    normalizeAlgorithm(algorithm, 'encapsulate');
    checkShared(keyAlgorithm);
  },
};
checks.decrypt = checks.encrypt;
checks.verify = checks.sign;
checks.decapsulateBits = checks.encapsulateBits;
checks.decapsulateKey = checks.encapsulateKey;

/** @returns {boolean} */
function supports(operation, algorithm, lengthOrAlgorithm) {
  const check = checks[operation];
  if (check === undefined) return false;
  try {
    check(algorithm, lengthOrAlgorithm);
    return true;
  } catch {
    return false;
  }
}

module.exports = { supports };
