'use strict';
// Web Crypto's keys: generateKey, importKey, exportKey and what each algorithm allows.
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const { Buffer } = require('buffer');
const { keyObjectOf, makeCryptoKey } = require('internal/crypto/crypto_key');
const {
  SecretKeyObject, handleOf, isKeyObject, kPrivate, kPublic, kSecret, wrapKey,
} = require('internal/crypto/key_object');
const { importJwk, exportJwk, kCurves } = require('internal/crypto/jwk');
const { bigIntArrayToUnsignedInt } = require('internal/crypto/util');
const {
  dataError, job, kDigests, normalizeAlgorithm, notSupported, operationError, syntaxError,
} = require('internal/crypto/webcrypto_util');

const kAllUsages = [
  'encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey', 'encapsulateKey',
  'encapsulateBits', 'decapsulateKey', 'decapsulateBits',
];

const kSign = { public: ['verify'], private: ['sign'] };
const kDerive = { public: [], private: ['deriveKey', 'deriveBits'] };
const kEncapsulate = { public: ['encapsulateKey', 'encapsulateBits'], private: ['decapsulateKey', 'decapsulateBits'] };
const kKdf = { family: 'kdf', usages: { secret: ['deriveKey', 'deriveBits'] } };
const kCipherUsages = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];

// By algorithm: its family, OpenSSL's key type, the usages of its keys.
const kFamilies = {
  '__proto__': null,
  'RSASSA-PKCS1-v1_5': { family: 'rsa', usages: kSign },
  'RSA-PSS': { family: 'rsa', usages: kSign },
  'RSA-OAEP': { family: 'rsa', usages: { public: ['encrypt', 'wrapKey'], private: ['decrypt', 'unwrapKey'] } },
  'ECDSA': { family: 'ec', usages: kSign },
  'ECDH': { family: 'ec', usages: kDerive },
  'Ed25519': { family: 'okp', type: 'ed25519', usages: kSign },
  'Ed448': { family: 'okp', type: 'ed448', usages: kSign },
  'X25519': { family: 'okp', type: 'x25519', usages: kDerive },
  'X448': { family: 'okp', type: 'x448', usages: kDerive },
  'AES-CBC': { family: 'aes', usages: { secret: kCipherUsages } },
  'AES-CTR': { family: 'aes', usages: { secret: kCipherUsages } },
  'AES-GCM': { family: 'aes', usages: { secret: kCipherUsages } },
  'AES-OCB': { family: 'aes', usages: { secret: kCipherUsages } },
  'AES-KW': { family: 'aes', usages: { secret: ['wrapKey', 'unwrapKey'] } },
  'ChaCha20-Poly1305': { family: 'chacha', usages: { secret: kCipherUsages } },
  'HMAC': { family: 'hmac', usages: { secret: ['sign', 'verify'] } },
  'KMAC128': { family: 'kmac', usages: { secret: ['sign', 'verify'] } },
  'KMAC256': { family: 'kmac', usages: { secret: ['sign', 'verify'] } },
  'HKDF': kKdf,
  'PBKDF2': kKdf,
  'Argon2d': kKdf,
  'Argon2i': kKdf,
  'Argon2id': kKdf,
  'ML-DSA-44': { family: 'akp', type: 'ml-dsa-44', usages: kSign },
  'ML-DSA-65': { family: 'akp', type: 'ml-dsa-65', usages: kSign },
  'ML-DSA-87': { family: 'akp', type: 'ml-dsa-87', usages: kSign },
  'ML-KEM-512': { family: 'akp', type: 'ml-kem-512', usages: kEncapsulate },
  'ML-KEM-768': { family: 'akp', type: 'ml-kem-768', usages: kEncapsulate },
  'ML-KEM-1024': { family: 'akp', type: 'ml-kem-1024', usages: kEncapsulate },
};

const kPairFamilies = ['rsa', 'ec', 'okp', 'akp'];
const isPair = (name) => kPairFamilies.includes(kFamilies[name].family);
// These came with the newer formats, and have the newer ones only.
const kWithoutRaw = /^(?:AES-OCB|ChaCha20|KMAC|Argon2|ML-)/;

const cannotImport = (name, format) => notSupported(`Unable to import ${name} using ${format} format`);

// In the standard's order, each once.
function orderUsages(usages) {
  const set = new Set(usages);
  return kAllUsages.filter((usage) => set.has(usage));
}

function checkUsages(name, usages, type) {
  const allowed = kFamilies[name].usages[type] ?? [];
  for (const usage of usages) {
    if (!allowed.includes(usage)) throw syntaxError(`Unsupported key usage for ${name} key`);
  }
  if (usages.length === 0 && type !== 'public') {
    throw syntaxError('Usages cannot be empty when importing a ' + type + ' key.');
  }
}

function curveOf(name) {
  const curve = kCurves.find(({ crv }) => crv === name && crv !== 'secp256k1');
  if (curve === undefined) throw notSupported('Unrecognized namedCurve');
  return curve;
}

const kBlockSizes = { '__proto__': null, 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024 };

/** Of a key that is made: a block of its hash, unless it is said. */
function hmacLength({ hash, length }) {
  const bits = length ?? kBlockSizes[hash.name];
  if (bits === undefined) throw notSupported('Explicit algorithm length member is required');
  return bits;
}

function checkAesLength(length) {
  if (length !== 128 && length !== 192 && length !== 256) throw operationError(undefined, 'AES key length must be 128, 192, or 256 bits');
}

// generateKey

// A key can end within a byte.
function cutKey(bytes, bits) {
  if (bits % 8 !== 0) bytes[bytes.byteLength - 1] &= 0xff << (8 - bits % 8);
  return bytes;
}

async function generateSecret(algorithm, extractable, usages) {
  const { name } = algorithm;
  const { family, usages: { secret } } = kFamilies[name];
  for (const usage of usages) {
    if (!secret.includes(usage)) throw syntaxError(`Unsupported key usage for ${name} key`);
  }
  let { length } = algorithm;
  if (family === 'aes') checkAesLength(length);
  else if (family === 'chacha') length = 256;
  else if (family === 'kmac') length ??= Number(name.slice(4));
  else length = hmacLength(algorithm);
  if (length === 0 && family !== 'kmac') throw operationError(undefined, 'Zero-length key is not supported');
  if (usages.length === 0) throw syntaxError('Usages cannot be empty when creating a key.');
  const { randomBytes } = require('internal/crypto/random');
  const bytes = cutKey(randomBytes(Math.ceil(length / 8)), length);
  const key = new SecretKeyObject(new binding.KeyHandle(bytes));
  const described = { name, length };
  if (family === 'chacha') delete described.length;
  if (family === 'hmac') described.hash = { name: algorithm.hash.name };
  return makeCryptoKey(key, described, orderUsages(usages), extractable);
}

function pairParameters(algorithm) {
  const { family, type } = kFamilies[algorithm.name];
  if (family === 'ec') {
    return [['EC', undefined, ['group', curveOf(algorithm.namedCurve).group]], { namedCurve: algorithm.namedCurve }];
  }
  if (family === 'okp' || family === 'akp') return [[type.toUpperCase(), undefined, undefined], {}];
  const { modulusLength, publicExponent, hash } = algorithm;
  const exponent = bigIntArrayToUnsignedInt(publicExponent);
  if (exponent === undefined) {
    throw operationError(undefined, 'The publicExponent must be equivalent to an unsigned 32-bit value');
  }
  if (exponent < 3 || exponent % 2 === 0) throw operationError();
  return [['RSA', undefined, ['bits', modulusLength, 'e', [publicExponent]]],
          { modulusLength, publicExponent: new Uint8Array(publicExponent), hash: { name: hash.name } }];
}

async function generatePair(algorithm, extractable, usages) {
  const { name } = algorithm;
  const allowed = kFamilies[name].usages;
  for (const usage of usages) {
    if (!allowed.public.includes(usage) && !allowed.private.includes(usage)) {
      throw syntaxError(`Unsupported key usage for ${name} key`);
    }
  }
  const [parameters, described] = pairParameters(algorithm);
  const privateUsages = orderUsages(usages.filter((usage) => allowed.private.includes(usage)));
  if (privateUsages.length === 0) throw syntaxError('Usages cannot be empty when creating a key.');
  const handle = await job((done) => binding.generateKeyPair(...parameters, undefined, done));
  const full = { name, ...described };
  return {
    publicKey: makeCryptoKey(wrapKey(handle.toPublic()), full,
                             orderUsages(usages.filter((usage) => allowed.public.includes(usage))), true),
    privateKey: makeCryptoKey(wrapKey(handle), full, privateUsages, extractable),
  };
}

function generateKey(algorithm, extractable, usages) {
  return (isPair(algorithm.name) ? generatePair : generateSecret)(algorithm, extractable, usages);
}

// importKey

function importSecretBytes(format, data, { name }) {
  if (format === 'raw-secret' || (format === 'raw' && !kWithoutRaw.test(name))) return data;
  const isKdf = kFamilies[name].family === 'kdf';
  if (format !== 'jwk' || isKdf) throw cannotImport(name, format);
  if (data.kty === undefined) throw dataError('Invalid keyData');
  if (data.kty !== 'oct') throw dataError('Invalid JWK "kty" Parameter');
  if (typeof data.k !== 'string') throw dataError('Invalid keyData');
  return Buffer.from(data.k, 'base64url');
}

function checkJwk(jwk, { alg, use }, extractable, usages) {
  if (jwk.use !== undefined && usages.length > 0 && use !== undefined && jwk.use !== use) {
    throw dataError('Invalid JWK "use" Parameter');
  }
  if (jwk.key_ops !== undefined) {
    if (!Array.isArray(jwk.key_ops)) throw dataError('Key operations and usage mismatch');
    checkRepetition(jwk);
    if (usages.some((usage) => !jwk.key_ops.includes(usage))) throw dataError('Key operations and usage mismatch');
  }
  if (jwk.ext !== undefined && jwk.ext === false && extractable) {
    throw dataError('JWK "ext" Parameter and extractable mismatch');
  }
  if (alg !== undefined && jwk.alg !== undefined && jwk.alg !== alg) throw dataError('JWK "alg" does not match the requested algorithm');
}

const kShaBits = { '__proto__': null, 'SHA-1': '1', 'SHA-256': '256', 'SHA-384': '384', 'SHA-512': '512' };

const kEcAlgorithms = { '__proto__': null, 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };

// JWK's name of an algorithm with these parameters.
function jwkAlgorithm(algorithm, length) {
  const bits = kShaBits[algorithm.hash?.name];
  switch (algorithm.name) {
    case 'RSASSA-PKCS1-v1_5': return bits && `RS${bits}`;
    case 'RSA-PSS': return bits && `PS${bits}`;
    case 'RSA-OAEP': return bits && (bits === '1' ? 'RSA-OAEP' : `RSA-OAEP-${bits}`);
    case 'HMAC': return bits && `HS${bits}`;
    case 'Ed25519': return 'Ed25519';
    case 'Ed448': return 'Ed448';
    case 'ECDSA': return kEcAlgorithms[algorithm.namedCurve];
    case 'KMAC128':
    case 'KMAC256': return `K${algorithm.name.slice(4)}`;
    case 'ChaCha20-Poly1305': return 'C20P';
    default: return algorithm.name.startsWith('AES-') ? `A${length}${algorithm.name.slice(4)}` : undefined;
  }
}

function importSecret(format, data, algorithm, extractable, usages) {
  const { name } = algorithm;
  const { family } = kFamilies[name];
  checkUsages(name, usages, 'secret');
  if (family === 'kdf' && extractable) throw syntaxError(`${name} keys are not extractable`);
  let bytes = importSecretBytes(format, data, algorithm);
  let length = bytes.byteLength * 8;
  const described = { name };
  if (family === 'aes') {
    if (length !== 128 && length !== 192 && length !== 256) throw dataError('Invalid key length');
    described.length = length;
  } else if (family === 'chacha') {
    if (length !== 256) throw dataError('Invalid key length');
  } else if (family === 'hmac' || family === 'kmac') {
    if (length === 0 && family === 'hmac') throw dataError('Zero-length key is not supported');
    if (algorithm.length !== undefined) {
      if (algorithm.length === 0 && family === 'hmac') throw dataError('HmacImportParams.length cannot be 0');
      if (algorithm.length > length || algorithm.length <= length - 8) throw dataError('Invalid key length');
      length = algorithm.length;
      bytes = cutKey(bytes, length);
    }
    described.length = length;
    if (family === 'hmac') described.hash = { name: algorithm.hash.name };
  }
  if (format === 'jwk') {
    const use = family === 'hmac' || family === 'kmac' ? 'sig' : 'enc';
    checkJwk(data, { alg: jwkAlgorithm(algorithm, length), use }, extractable, usages);
  }
  return makeCryptoKey(new SecretKeyObject(new binding.KeyHandle(bytes)), described, orderUsages(usages), extractable);
}

function parseDer(format, data) {
  const isPrivate = format === 'pkcs8';
  try {
    return binding.parseKey(data, false, format, isPrivate, undefined);
  } catch (error) {
    throw dataError('Invalid keyData', error);
  }
}

function importRawPoint(format, data, algorithm, family, type) {
  if (family === 'ec') {
    return binding.keyFromParameters('EC', false, ['group', curveOf(algorithm.namedCurve).group, 'pub', data]);
  }
  if (family === 'rsa') throw cannotImport(algorithm.name, format);
  return binding.keyFromRaw(type, false, data);
}

// An EC key is exported with both coordinates, however it came.
function uncompressed(handle) {
  const point = new Uint8Array(handle.bytes('pub'));
  if (handle.type !== kPublic || point[0] === 4) return handle;
  const group = handle.text('group');
  return binding.keyFromParameters(
    'EC', false, ['group', group, 'pub', new Uint8Array(binding.convertPoint(group, point, 4))]);
}

function importDer(format, data, { name }) {
  const { family, type } = kFamilies[name];
  const handle = parseDer(format, data);
  if (family === 'ec' && handle.algorithm === 'ec') {
    if (handle.type === kPrivate && !binding.checkKey(handle)) throw dataError('Invalid keyData');
    return uncompressed(handle);
  }
  if (family === 'akp' && handle.type === kPrivate && handle.algorithm === type && handle.bytes('seed') === undefined) {
    throw notSupported(`Importing an ${name.slice(0, 6)} PKCS#8 key without a seed is not supported`);
  }
  return handle;
}

function readAsymmetric(format, data, algorithm, extractable, usages) {
  const { name } = algorithm;
  const { family, type } = kFamilies[name];
  if (format === 'spki' || format === 'pkcs8') return importDer(format, data, algorithm);
  if (format === 'raw-seed' && family === 'akp') {
    const handle = binding.keyFromParameters(type.toUpperCase(), true, ['seed', data]);
    if (handle === undefined) throw dataError('Invalid keyData');
    return handle;
  }
  if ((format === 'raw' && !kWithoutRaw.test(name)) || format === 'raw-public') {
    const handle = importRawPoint(format, data, algorithm, family, type);
    if (handle === undefined || !binding.checkKey(handle)) throw dataError('Invalid keyData');
    return handle;
  }
  if (format !== 'jwk') throw cannotImport(name, format);
  return readJwk(data, algorithm, extractable, usages);
}

function checkJwkType(jwk, { name }) {
  const kty = { rsa: 'RSA', ec: 'EC', okp: 'OKP', akp: 'AKP' }[kFamilies[name].family];
  if (jwk.kty !== kty) throw dataError('Invalid JWK "kty" Parameter');
  checkRepetition(jwk);
}

function checkRepetition({ key_ops: operations }) {
  if (!Array.isArray(operations)) return;
  if (new Set(operations).size !== operations.length) throw dataError('Duplicate key operation');
}

function readJwk(data, algorithm, extractable, usages) {
  const { name } = algorithm;
  const { family } = kFamilies[name];
  const isDerive = kFamilies[name].usages === kDerive;
  const use = name === 'RSA-OAEP' || isDerive || kFamilies[name].usages === kEncapsulate ? 'enc' : 'sig';
  const needed = { okp: data.crv, ec: data.crv, akp: data.alg };
  if (family in needed && needed[family] === undefined) {
    throw dataError('Invalid keyData');
  }
  const alg = family === 'rsa' || name === 'ECDSA' ? jwkAlgorithm(algorithm) : undefined;
  checkJwk(data, { alg, use }, extractable, usages);
  if (family === 'akp' && data.alg !== name) throw dataError('JWK "alg" Parameter and algorithm name mismatch');
  if (family === 'okp' && !isDerive && data.alg !== undefined && data.alg !== 'EdDSA' && data.alg !== name) {
    throw dataError('JWK "alg" does not match the requested algorithm');
  }
  if (family === 'ec' && data.crv !== algorithm.namedCurve) throw dataError('JWK "crv" does not match the requested algorithm');
  if (family === 'okp' && data.crv !== name) throw dataError('JWK "crv" Parameter and algorithm name mismatch');
  try {
    return importJwk(data, isPrivateJwk(data));
  } catch (error) {
    throw dataError('Invalid keyData', error);
  }
}

function describe(handle, algorithm) {
  const { name } = algorithm;
  const { family, type } = kFamilies[name];
  const actual = handle.algorithm;
  if (family === 'rsa') {
    if (actual !== 'rsa') throw dataError('Invalid key type');
    return {
      name, modulusLength: handle.bits, publicExponent: new Uint8Array(handle.bignum('e')), hash: { name: algorithm.hash.name },
    };
  }
  if (family === 'ec') {
    if (actual !== 'ec') throw dataError('Invalid key type');
    if (handle.text('group') !== curveOf(algorithm.namedCurve).group) throw dataError('Named curve mismatch');
    return { name, namedCurve: algorithm.namedCurve };
  }
  if (actual !== type) throw dataError('Invalid key type');
  return { name };
}

function isPrivateJwk(jwk) {
  return jwk?.d !== undefined || (jwk?.kty === 'AKP' && jwk.priv !== undefined);
}

function importAsymmetric(format, data, algorithm, extractable, usages) {
  if (kFamilies[algorithm.name].family === 'ec') curveOf(algorithm.namedCurve);
  if (format === 'jwk') checkJwkType(data, algorithm);
  const isPrivate = format === 'pkcs8' || format === 'raw-seed' || (format === 'jwk' && isPrivateJwk(data));
  checkUsages(algorithm.name, usages, isPrivate ? 'private' : 'public');
  const handle = readAsymmetric(format, data, algorithm, extractable, usages);
  return makeCryptoKey(wrapKey(handle), describe(handle, algorithm), orderUsages(usages), extractable);
}

function importKey(format, data, algorithm, extractable, usages) {
  return (isPair(algorithm.name) ? importAsymmetric : importSecret)(format, data, algorithm, extractable, usages);
}

// exportKey

function exportPoint(handle, { name }) {
  const { family } = kFamilies[name];
  if (family === 'ec') return binding.convertPoint(handle.text('group'), new Uint8Array(handle.bytes('pub')), 4);
  return handle.bytes('pub');
}

function exportJson(key, handle) {
  const { algorithm } = key;
  const jwk = key.type === 'secret' ?
    { kty: 'oct', k: Buffer.from(handle.exportSecret()).toString('base64url') } : exportJwk(handle);
  jwk.key_ops = [...key.usages];
  jwk.ext = key.extractable;
  const alg = jwkAlgorithm(algorithm, algorithm.length);
  if (alg !== undefined && algorithm.name !== 'ECDSA') jwk.alg = alg;
  return jwk;
}

function seedOf(handle) {
  const seed = handle.bytes('seed');
  if (seed !== undefined) return seed;
  const cause = Object.assign(new Error('Failed to get raw seed'), { code: 'ERR_CRYPTO_OPERATION_FAILED' });
  throw operationError(cause);
}

// PKCS#8 with the seed alone (RFC 9881, 9935): the object identifiers are 2.16.840.1.101.3.4.{3.17, 3.18, 3.19, 4.1, 4.2,
// 4.3}.
const kSeedIds = {
  '__proto__': null, 'ML-DSA-44': [3, 17], 'ML-DSA-65': [3, 18], 'ML-DSA-87': [3, 19], 'ML-KEM-512': [4, 1],
  'ML-KEM-768': [4, 2], 'ML-KEM-1024': [4, 3],
};

function exportSeedInfo(handle, name) {
  const seed = new Uint8Array(seedOf(handle));
  const size = seed.byteLength;
  const start = [0x30, size + 20, 0x02, 0x01, 0x00, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04];
  return new Uint8Array([...start, ...kSeedIds[name], 0x04, size + 2, 0x80, size, ...seed]).buffer;
}

function exportKey(format, key) {
  const handle = handleOf(keyObjectOf(key));
  const { name } = key.algorithm;
  const { family } = kFamilies[name];
  const refused = () => notSupported(`Unable to export ${name} ${key.type} key using ${format} format`);
  switch (format) {
    case 'jwk': return exportJson(key, handle);
    case 'spki':
      if (handle.type !== kPublic) throw refused();
      return handle.encode(true, false, 'SubjectPublicKeyInfo');
    case 'pkcs8':
      if (handle.type !== kPrivate) throw refused();
      if (family === 'akp') return exportSeedInfo(handle, name);
      return handle.encode(false, false, 'PrivateKeyInfo');
    case 'raw-seed':
      if (handle.type !== kPrivate || family !== 'akp') throw refused();
      return seedOf(handle);
    case 'raw-secret':
    case 'raw':
      if (format === 'raw' && kWithoutRaw.test(name)) throw refused();
      if (key.type === 'secret') return handle.exportSecret();
      if (format === 'raw-secret' || handle.type !== kPublic || family === 'rsa') throw refused();
      return exportPoint(handle, key.algorithm);
    case 'raw-public':
      if (handle.type !== kPublic || family === 'rsa') throw refused();
      return exportPoint(handle, key.algorithm);
    default: throw refused();
  }
}

/** KeyObject.prototype.toCryptoKey(). */
function toCryptoKey(keyObject, algorithm, extractable, usages) {
  if (!isKeyObject(keyObject)) throw new TypeError('Illegal invocation');
  const normalized = normalizeAlgorithm(algorithm, 'importKey');
  const handle = handleOf(keyObject);
  if (handle.type === kSecret) {
    return importSecret('raw-secret', new Uint8Array(handle.exportSecret()), normalized, extractable, usages);
  }
  checkUsages(normalized.name, usages, handle.type === kPublic ? 'public' : 'private');
  return makeCryptoKey(keyObject, describe(handle, normalized), orderUsages(usages), extractable);
}

module.exports = {
  checkAesLength, curveOf, exportKey, generateKey, hmacLength, importKey, isPair, kDigests, pairParameters, toCryptoKey,
};
