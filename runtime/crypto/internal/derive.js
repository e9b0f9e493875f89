'use strict';
// pbkdf2, scrypt and hkdf, with a callback and without.
// Run once per realm by `crypto`.

const binding = internalBinding('crypto');
const {
  codes: {
    ERR_CRYPTO_INVALID_DIGEST, ERR_CRYPTO_INVALID_KEYLEN, ERR_CRYPTO_INVALID_SCRYPT_PARAMS,
    ERR_INCOMPATIBLE_OPTION_PAIR, ERR_OUT_OF_RANGE,
  },
} = require('internal/errors');
const { validateFunction, validateInt32, validateInteger, validateString, validateUint32 } =
  require('internal/validators');
const { output, toBytes } = require('internal/crypto/util');

// The native callback gives an ArrayBuffer, users get a Buffer.
function withBuffer(callback) {
  return (error, bits) => (error ? callback(error) : callback(null, output(bits)));
}

// PBKDF2

function checkPbkdf2(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  password = toBytes(password, 'password');
  salt = toBytes(salt, 'salt');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  if (!binding.isDigest(digest)) throw new ERR_CRYPTO_INVALID_DIGEST(digest);
  return [password, salt, iterations, keylen, digest];
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') {
    callback = digest;
    digest = undefined;
  }
  const checked = checkPbkdf2(password, salt, iterations, keylen, digest);
  validateFunction(callback, 'callback');
  binding.pbkdf2(...checked, withBuffer(callback));
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  return output(binding.pbkdf2(...checkPbkdf2(password, salt, iterations, keylen, digest)));
}

// scrypt

const kScryptDefaults = { N: 16384, r: 8, p: 1, maxmem: 32 * 1024 * 1024 };

// Each parameter has a short and a long name; not both at once.
function scryptOption(options, short, long) {
  const hasShort = options[short] !== undefined;
  const hasLong = options[long] !== undefined;
  if (hasShort && hasLong) throw new ERR_INCOMPATIBLE_OPTION_PAIR(short, long);
  if (!hasShort && !hasLong) return kScryptDefaults[short];
  const value = hasShort ? options[short] : options[long];
  validateUint32(value, hasShort ? short : long);
  return value || kScryptDefaults[short];
}

function checkScrypt(password, salt, keylen, options) {
  password = toBytes(password, 'password');
  salt = toBytes(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  options ??= {};
  const N = scryptOption(options, 'N', 'cost');
  const r = scryptOption(options, 'r', 'blockSize');
  const p = scryptOption(options, 'p', 'parallelization');
  let { maxmem } = kScryptDefaults;
  if (options.maxmem !== undefined) {
    maxmem = options.maxmem;
    validateInteger(maxmem, 'maxmem', 0);
  }
  const problem = binding.checkScrypt(N, r, p, maxmem);
  if (problem !== '') {
    throw new ERR_CRYPTO_INVALID_SCRYPT_PARAMS(problem);
  }
  return [password, salt, keylen, N, r, p, maxmem];
}

function scrypt(password, salt, keylen, options, callback = undefined) {
  if (callback === undefined) {
    callback = options;
    options = undefined;
  }
  const checked = checkScrypt(password, salt, keylen, options);
  validateFunction(callback, 'callback');
  binding.scrypt(...checked, withBuffer(callback));
}

function scryptSync(password, salt, keylen, options = undefined) {
  return output(binding.scrypt(...checkScrypt(password, salt, keylen, options)));
}

// HKDF

const kIkmTypes = ['string', 'SecretKeyObject', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'];
const kHkdfTypes = ['string', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'];
const kMaxInfo = 1024;

function checkHkdf(digest, ikm, salt, info, length) {
  validateString(digest, 'digest');
  const { handleOf, prepareSecretKey } = require('internal/crypto/key_object');
  ikm = handleOf(ikm) === undefined ? toBytes(ikm, 'ikm', undefined, kIkmTypes) : prepareSecretKey(ikm);
  salt = toBytes(salt, 'salt', undefined, kHkdfTypes);
  info = toBytes(info, 'info', undefined, kHkdfTypes);
  validateInteger(length, 'length', 0);
  if (info.byteLength > kMaxInfo) {
    throw new ERR_OUT_OF_RANGE('info', 'must not contain more than 1024 bytes', info.byteLength);
  }
  if (!binding.isDigest(digest)) throw new ERR_CRYPTO_INVALID_DIGEST(digest);
  if (length > 255 * binding.digestSize(digest)) throw new ERR_CRYPTO_INVALID_KEYLEN();
  return [digest, ikm, salt, info, length];
}

function hkdf(digest, ikm, salt, info, length, callback) {
  const checked = checkHkdf(digest, ikm, salt, info, length);
  validateFunction(callback, 'callback');
  binding.hkdf(...checked, callback);
}

function hkdfSync(digest, ikm, salt, info, length) {
  return binding.hkdf(...checkHkdf(digest, ikm, salt, info, length));
}

module.exports = { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync };
