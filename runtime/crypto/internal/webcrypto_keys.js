'use strict';
// Web Crypto's keys: generateKey, importKey, exportKey and what each algorithm allows.
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const { Buffer } = require('buffer');
const { keyObjectOf, makeCryptoKey } = require('internal/crypto/crypto_key');
const {
  SecretKeyObject, handleOf, isKeyObject, kPrivate, kPublic, wrapKey,
} = require('internal/crypto/key_object');
const { importJwk, exportJwk, kCurves } = require('internal/crypto/jwk');
const {
  dataError, job, kDigests, normalizeAlgorithm, notSupported, operationError, syntaxError,
} = require('internal/crypto/webcrypto_util');

const kAllUsages = [
  'encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey',
];

const kSign = { public: ['verify'], private: ['sign'] };
const kDerive = { public: [], private: ['deriveKey', 'deriveBits'] };
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
  'HKDF': { family: 'kdf', usages: { secret: ['deriveKey', 'deriveBits'] } },
  'PBKDF2': { family: 'kdf', usages: { secret: ['deriveKey', 'deriveBits'] } },
};

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

const kBlockSizes = {
  '__proto__': null, 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024, 'SHA3-256': 1088, 'SHA3-384': 832,
  'SHA3-512': 576,
};

function checkAesLength(length) {
  if (length !== 128 && length !== 192 && length !== 256) throw operationError(undefined, 'AES key length must be 128, 192, or 256 bits');
}

// generateKey

async function generateSecret(algorithm, extractable, usages) {
  const { name } = algorithm;
  const { family, usages: { secret } } = kFamilies[name];
  for (const usage of usages) {
    if (!secret.includes(usage)) throw syntaxError(`Unsupported key usage for ${name} key`);
  }
  let { length } = algorithm;
  if (family === 'aes') checkAesLength(length);
  else if (family === 'chacha') length = 256;
  else length ??= kBlockSizes[algorithm.hash.name];
  if (length === 0) throw operationError(undefined, 'Zero-length key is not supported');
  if (usages.length === 0) throw syntaxError('Usages cannot be empty when creating a key.');
  const { randomBytes } = require('internal/crypto/random');
  const key = new SecretKeyObject(new binding.KeyHandle(randomBytes(Math.ceil(length / 8))));
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
  if (family === 'okp') return [[type.toUpperCase(), undefined, undefined], {}];
  const { modulusLength, publicExponent, hash } = algorithm;
  const exponent = BigInt(`0x${Buffer.from(publicExponent).toString('hex') || '0'}`);
  if (exponent < 3n || exponent % 2n === 0n) throw operationError();
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
  const { family } = kFamilies[algorithm.name];
  const isPair = family === 'rsa' || family === 'ec' || family === 'okp';
  return (isPair ? generatePair : generateSecret)(algorithm, extractable, usages);
}

// importKey

function importSecretBytes(format, data, algorithm) {
  if (format === 'raw' || format === 'raw-secret') return data;
  if (format !== 'jwk') throw notSupported(`Unable to import ${algorithm.name} key with format ${format}`);
  if (data.kty !== 'oct') throw dataError('Invalid JWK "kty" Parameter');
  if (typeof data.k !== 'string') throw dataError('Invalid keyData');
  return Buffer.from(data.k, 'base64url');
}

function checkJwk(jwk, { alg, use }, extractable, usages) {
  if (jwk.use !== undefined && usages.length > 0 && use !== undefined && jwk.use !== use) {
    throw dataError('Invalid JWK "use" Parameter');
  }
  if (jwk.key_ops !== undefined) {
    if (!Array.isArray(jwk.key_ops) || usages.some((usage) => !jwk.key_ops.includes(usage)) ||
        new Set(jwk.key_ops).size !== jwk.key_ops.length) {
      throw dataError('Key operations and usage mismatch');
    }
  }
  if (jwk.ext !== undefined && jwk.ext === false && extractable) {
    throw dataError('JWK "ext" Parameter and extractable mismatch');
  }
  if (alg !== undefined && jwk.alg !== undefined && jwk.alg !== alg) throw dataError('JWK "alg" does not match the requested algorithm');
}

const kShaBits = { '__proto__': null, 'SHA-1': '1', 'SHA-256': '256', 'SHA-384': '384', 'SHA-512': '512' };

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
    default: return algorithm.name.startsWith('AES-') ? `A${length}${algorithm.name.slice(4)}` : undefined;
  }
}

function importSecret(format, data, algorithm, extractable, usages) {
  const { name } = algorithm;
  const { family } = kFamilies[name];
  checkUsages(name, usages, 'secret');
  if (family === 'kdf' && extractable) throw syntaxError(`${name} keys are not extractable`);
  const bytes = importSecretBytes(format, data, algorithm);
  let length = bytes.byteLength * 8;
  const described = { name };
  if (family === 'aes') {
    if (length !== 128 && length !== 192 && length !== 256) throw dataError('Invalid key length');
    described.length = length;
  } else if (family === 'chacha') {
    if (length !== 256) throw dataError('Invalid key length');
  } else if (family === 'hmac') {
    if (length === 0) throw dataError('Zero-length key is not supported');
    if (algorithm.length !== undefined) {
      if (algorithm.length > length || algorithm.length <= length - 8) throw dataError('Invalid key length');
      length = algorithm.length;
    }
    described.length = length;
    described.hash = { name: algorithm.hash.name };
  }
  if (format === 'jwk') {
    const use = family === 'hmac' ? 'sig' : 'enc';
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
  if (family === 'okp') return binding.keyFromRaw(type, false, data);
  throw notSupported(`Unable to import ${algorithm.name} using ${format} format`);
}

function readAsymmetric(format, data, algorithm, extractable, usages) {
  const { name } = algorithm;
  const { family, type } = kFamilies[name];
  if (format === 'spki' || format === 'pkcs8') return parseDer(format, data);
  if (format === 'raw' || format === 'raw-public') {
    const handle = importRawPoint(format, data, algorithm, family, type);
    if (handle === undefined || !binding.checkKey(handle)) throw dataError('Invalid keyData');
    return handle;
  }
  if (format !== 'jwk') throw notSupported(`Unable to import ${name} using ${format} format`);
  const kty = { rsa: 'RSA', ec: 'EC', okp: 'OKP' }[family];
  if (data.kty !== kty) throw dataError('Invalid JWK "kty" Parameter');
  const isDerive = kFamilies[name].usages === kDerive;
  const use = name === 'RSA-OAEP' || isDerive ? 'enc' : 'sig';
  checkJwk(data, { alg: family === 'rsa' ? jwkAlgorithm(algorithm) : undefined, use }, extractable, usages);
  if (family === 'okp' && !isDerive && data.alg !== undefined && data.alg !== 'EdDSA' && data.alg !== name) {
    throw dataError('JWK "alg" does not match the requested algorithm');
  }
  if (family === 'ec' && data.crv !== algorithm.namedCurve) throw dataError('JWK "crv" does not match the requested algorithm');
  if (family === 'okp' && data.crv !== name) throw dataError('JWK "crv" Parameter and algorithm name mismatch');
  try {
    return importJwk(data, data.d !== undefined);
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

function importAsymmetric(format, data, algorithm, extractable, usages) {
  if (kFamilies[algorithm.name].family === 'ec') curveOf(algorithm.namedCurve);
  const isPrivate = format === 'pkcs8' || (format === 'jwk' && data?.d !== undefined);
  checkUsages(algorithm.name, usages, isPrivate ? 'private' : 'public');
  const handle = readAsymmetric(format, data, algorithm, extractable, usages);
  return makeCryptoKey(wrapKey(handle), describe(handle, algorithm), orderUsages(usages), extractable);
}

function importKey(format, data, algorithm, extractable, usages) {
  const { family } = kFamilies[algorithm.name];
  const isSecret = family === 'aes' || family === 'chacha' || family === 'hmac' || family === 'kdf';
  return (isSecret ? importSecret : importAsymmetric)(format, data, algorithm, extractable, usages);
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
  if (alg !== undefined) jwk.alg = alg;
  return jwk;
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
      return handle.encode(false, false, 'PrivateKeyInfo');
    case 'raw-secret':
    case 'raw':
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
  if (keyObject.type === 'secret') {
    return importSecret('raw', new Uint8Array(handle.exportSecret()), normalized, extractable, usages);
  }
  checkUsages(normalized.name, usages, keyObject.type);
  return makeCryptoKey(keyObject, describe(handle, normalized), orderUsages(usages), extractable);
}

module.exports = { checkAesLength, exportKey, generateKey, importKey, kBlockSizes, kDigests, toCryptoKey };
