'use strict';
// What the files of Web Crypto share: errors, and the reading of algorithms as the standard normalizes them.
// Run once per realm by the other files.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView, isUint8Array } = require('internal/util/types');
const { Buffer } = require('buffer');

function domException(message, name, cause) {
  const { DOMException } = require('internal/dom_exception');
  return cause === undefined ? new DOMException(message, name) : new DOMException(message, { name, cause });
}

const notSupported = (message = 'Unrecognized algorithm name') => domException(message, 'NotSupportedError');
const invalidAccess = (message) => domException(message, 'InvalidAccessError');
const dataError = (message, cause) => domException(message, 'DataError', cause);
const syntaxError = (message) => domException(message, 'SyntaxError');
const operationError = (cause, message = 'The operation failed for an operation-specific reason') =>
  domException(message, 'OperationError', cause);

// The standard's digests and OpenSSL's.
const kDigests = {
  '__proto__': null,
  'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512',
  'SHA3-256': 'sha3-256', 'SHA3-384': 'sha3-384', 'SHA3-512': 'sha3-512',
};

const kExtendable = ['cSHAKE128', 'cSHAKE256', 'TurboSHAKE128', 'TurboSHAKE256', 'KT128', 'KT256'];
const kHashes = [...Object.keys(kDigests), ...kExtendable];
const kArgon2 = ['Argon2d', 'Argon2i', 'Argon2id'];
const kKmac = ['KMAC128', 'KMAC256'];
const kMlDsa = ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'];
const kMlKem = ['ML-KEM-512', 'ML-KEM-768', 'ML-KEM-1024'];
const kKdfs = ['HKDF', 'PBKDF2', ...kArgon2];

const kNames = [
  'RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP', 'ECDSA', 'ECDH', 'Ed25519', 'Ed448', 'X25519', 'X448', 'AES-CBC', 'AES-CTR',
  'AES-GCM', 'AES-KW', 'AES-OCB', 'ChaCha20-Poly1305', 'HMAC', ...kKmac, ...kMlDsa, ...kMlKem, ...kKdfs, ...kHashes,
];
const kByUpperCase = new Map(kNames.map((name) => [name.toUpperCase(), name]));

// Which algorithms an operation has.
const kOperations = {
  '__proto__': null,
  'digest': kHashes,
  'encrypt': ['RSA-OAEP', 'AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-OCB', 'ChaCha20-Poly1305'],
  'sign': ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'ECDSA', 'Ed25519', 'Ed448', 'HMAC', ...kKmac, ...kMlDsa],
  'deriveBits': ['ECDH', 'X25519', 'X448', ...kKdfs],
  'encapsulate': kMlKem,
  'decapsulate': kMlKem,
  'wrapKey': ['AES-KW'],
  'generateKey': kNames.filter((name) => !kHashes.includes(name) && !kKdfs.includes(name)),
  'importKey': kNames.filter((name) => !kHashes.includes(name)),
  'getKeyLength': ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-KW', 'AES-OCB', 'ChaCha20-Poly1305', 'HMAC', ...kKmac, ...kKdfs],
};
kOperations.decrypt = kOperations.encrypt;
kOperations.verify = kOperations.sign;
kOperations.unwrapKey = kOperations.wrapKey;
kOperations.exportKey = kOperations.importKey;

const kRsa = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'];
const kAes = ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-KW', 'AES-OCB'];
const kAead = ['AES-GCM', 'AES-OCB', 'ChaCha20-Poly1305'];
const kAgreements = ['ECDH', 'X25519', 'X448'];

// The standard's dictionaries: by operation and algorithm the name and the required members.
const kDictionaries = [
  [['generateKey'], kRsa, 'RsaHashedKeyGenParams', ['modulusLength', 'publicExponent', 'hash']],
  [['generateKey'], ['ECDSA', 'ECDH'], 'EcKeyGenParams', ['namedCurve']],
  [['generateKey'], kAes, 'AesKeyGenParams', ['length']],
  [['generateKey'], ['HMAC'], 'HmacKeyGenParams', ['hash']],
  [['importKey'], kRsa, 'RsaHashedImportParams', ['hash']],
  [['importKey'], ['ECDSA', 'ECDH'], 'EcKeyImportParams', ['namedCurve']],
  [['importKey', 'getKeyLength'], ['HMAC'], 'HmacImportParams', ['hash']],
  [['sign', 'verify'], ['RSA-PSS'], 'RsaPssParams', ['saltLength']],
  [['sign', 'verify'], ['ECDSA'], 'EcdsaParams', ['hash']],
  [['encrypt', 'decrypt'], ['AES-CBC'], 'AesCbcParams', ['iv']],
  [['encrypt', 'decrypt'], ['AES-CTR'], 'AesCtrParams', ['counter', 'length']],
  [['encrypt', 'decrypt'], kAead, 'AeadParams', ['iv']],
  [['deriveBits'], kAgreements, 'EcdhKeyDeriveParams', ['public']],
  [['deriveBits'], ['HKDF'], 'HkdfParams', ['hash', 'info', 'salt']],
  [['deriveBits'], ['PBKDF2'], 'Pbkdf2Params', ['hash', 'iterations', 'salt']],
  [['deriveBits'], kArgon2, 'Argon2Params', ['memory', 'nonce', 'parallelism', 'passes']],
  [['getKeyLength'], kAes, 'AesDerivedKeyParams', ['length']],
  [['sign', 'verify'], kKmac, 'KmacParams', ['outputLength']],
  [['digest'], ['cSHAKE128', 'cSHAKE256'], 'CShakeParams', ['outputLength']],
  [['digest'], ['TurboSHAKE128', 'TurboSHAKE256'], 'TurboShakeParams', ['outputLength']],
  [['digest'], ['KT128', 'KT256'], 'KangarooTwelveParams', ['outputLength']],
];

function requirements(operation, name) {
  const entry = kDictionaries.find(([operations, names]) => operations.includes(operation) && names.includes(name));
  return entry === undefined ? ['Algorithm', []] : entry.slice(2);
}

function missing(dictionary, member) {
  return Object.assign(
    new TypeError(`Failed to normalize algorithm: passed algorithm cannot be converted to '${dictionary}' because ` +
                  `'${member}' is required in '${dictionary}'.`),
    { code: 'ERR_MISSING_OPTION' });
}

/** A copy of an algorithm with its name as the standard writes it, its `hash` an algorithm as well, its bytes copied. */
function normalizeAlgorithm(algorithm, operation) {
  const isObject = (typeof algorithm === 'object' && algorithm !== null) || typeof algorithm === 'function';
  const given = isObject ? algorithm : { name: `${algorithm}` };
  const spelled = given.name;
  if (spelled === undefined) {
    throw missing('Algorithm', 'name');
  }
  const name = kByUpperCase.get(`${spelled}`.toUpperCase());
  if (name === undefined || !kOperations[operation].includes(name)) throw notSupported();
  const [dictionary, required] = requirements(operation, name);
  for (const member of required) if (given[member] === undefined) throw missing(dictionary, member);
  const normalized = { name };
  for (const key of kMembers) {
    // What all objects have, this one was not given.
    const value = key in Object.prototype && !Object.hasOwn(given, key) ? undefined : given[key];
    if (value !== undefined) normalized[key] = readMember(key, value, name, operation);
  }
  return normalized;
}

const kMembers = [
  'hash', 'length', 'modulusLength', 'publicExponent', 'namedCurve', 'saltLength', 'label', 'iv', 'counter',
  'additionalData', 'tagLength', 'salt', 'info', 'iterations', 'public', 'context', 'outputLength', 'functionName',
  'customization', 'domainSeparation', 'memory', 'passes', 'parallelism', 'version', 'nonce', 'secretValue', 'associatedData',
];
const kBytes = new Set([
  'label', 'iv', 'counter', 'additionalData', 'salt', 'info', 'context', 'functionName', 'customization', 'nonce',
  'secretValue', 'associatedData',
]);
const kNumbers = new Set([
  'length', 'modulusLength', 'saltLength', 'tagLength', 'iterations', 'outputLength', 'domainSeparation', 'memory', 'passes',
  'parallelism', 'version',
]);

// The hash function of another algorithm: one with parameters of its own does not serve.
function readHash(value) {
  const hash = normalizeAlgorithm(value, 'digest');
  if (!(hash.name in kDigests)) throw notSupported();
  return hash;
}

/** Web IDL's [EnforceRange]. */
function toInteger(value, max, subject) {
  const number = Math.trunc(Number(value));
  const refuse = (message, code) => Object.assign(new TypeError(`${subject} is ${message}.`), { code });
  if (!Number.isFinite(number)) throw refuse('not a finite number', 'ERR_INVALID_ARG_TYPE');
  if (number < 0 || number > max) throw refuse(`outside the expected range of 0 to ${max}`, 'ERR_OUT_OF_RANGE');
  return number;
}

function largest(key, name, operation) {
  if (key === 'tagLength') return 0xff;
  if (key !== 'length' || !name.startsWith('AES')) return 0xffffffff;
  return operation === 'encrypt' || operation === 'decrypt' ? 0xff : 0xffff;
}

function readMember(key, value, name, operation) {
  if (key === 'hash') return readHash(value);
  if (kBytes.has(key)) return copyBytes(value, key);
  if (kNumbers.has(key)) {
    return toInteger(value, largest(key, name, operation), `Failed to normalize algorithm: ${key} in passed algorithm`);
  }
  if (key === 'publicExponent') {
    if (isUint8Array(value)) return value.slice();
    throw Object.assign(new TypeError(
      'Failed to normalize algorithm: publicExponent in passed algorithm is not an Uint8Array object.'),
                        { code: 'ERR_INVALID_ARG_TYPE' });
  }
  if (key === 'namedCurve') return `${value}`;
  return value;
}

// What was transferred away has nothing in it.
const bytesOf = (value) => (value.byteLength === 0 ? new Uint8Array() :
  new Uint8Array(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength));

/** A copy, so that what the caller does with the memory meanwhile does not matter. */
function copyBytes(value, name) {
  if (isAnyArrayBuffer(value) || isArrayBufferView(value)) return Buffer.from(bytesOf(value));
  throw new ERR_INVALID_ARG_TYPE(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], value);
}

/** A promise of what a native job gives its callback, refused with an OperationError. */
function job(start) {
  return new Promise((resolve, reject) => {
    try {
      start((error, result) => (error ? reject(operationError(error)) : resolve(result)));
    } catch (error) {
      reject(operationError(error));
    }
  });
}

module.exports = {
  copyBytes, dataError, domException, invalidAccess, job, kDigests, normalizeAlgorithm, notSupported, operationError,
  syntaxError, toInteger,
};
