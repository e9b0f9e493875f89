'use strict';
// generateKeyPair(Sync) and generateKey(Sync).
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const {
  codes: {
    ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS, ERR_CRYPTO_INVALID_CURVE, ERR_CRYPTO_INVALID_DIGEST, ERR_CRYPTO_UNKNOWN_DH_GROUP, ERR_INCOMPATIBLE_OPTION_PAIR,
    ERR_INVALID_ARG_VALUE, ERR_MISSING_OPTION,
  },
} = require('internal/errors');
const {
  validateBuffer, validateFunction, validateInt32, validateInteger, validateObject, validateOneOf, validateString,
  validateUint32,
} = require('internal/validators');
const { Buffer } = require('buffer');
const { encodeKey, readExportOptions } = require('internal/crypto/key_encoding');
const { opensslCurve } = require('internal/crypto/raw_key');
const { wrapKey } = require('internal/crypto/key_object');

// The key types without parameters.
const kPlain = new Set([
  'ed25519', 'ed448', 'x25519', 'x448', 'ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87', 'ml-kem-512', 'ml-kem-768',
  'ml-kem-1024', 'slh-dsa-sha2-128f', 'slh-dsa-sha2-128s', 'slh-dsa-sha2-192f', 'slh-dsa-sha2-192s',
  'slh-dsa-sha2-256f', 'slh-dsa-sha2-256s', 'slh-dsa-shake-128f', 'slh-dsa-shake-128s', 'slh-dsa-shake-192f',
  'slh-dsa-shake-192s', 'slh-dsa-shake-256f', 'slh-dsa-shake-256s',
]);

function bigEndian(number) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

function rsaParameters(options) {
  const { modulusLength, publicExponent } = options;
  validateUint32(modulusLength, 'options.modulusLength');
  if (publicExponent !== undefined) validateUint32(publicExponent, 'options.publicExponent');
  return ['bits', modulusLength, 'e', [bigEndian(publicExponent ?? 0x10001)]];
}

// A digest by an option's old name or new one; both must agree.
function digestOption(options, name, oldName, what = 'digest') {
  const old = options[oldName];
  if (old !== undefined) {
    const { deprecatedOnce } = require('internal/crypto/util');
    validateString(old, `options.${oldName}`);
    deprecatedOnce(oldName, name);
    if (options[name] !== undefined && options[name] !== old) throw new ERR_INVALID_ARG_VALUE(`options.${oldName}`, old);
  }
  if (options[name] !== undefined) validateString(options[name], `options.${name}`);
  const digest = options[name] ?? old;
  if (digest !== undefined && !binding.isDigest(digest)) {
    throw Object.assign(new ERR_CRYPTO_INVALID_DIGEST(digest), { message: `Invalid ${what}: ${digest}` });
  }
  return digest;
}

function rsaPssParameters(options) {
  const list = rsaParameters(options);
  const hash = digestOption(options, 'hashAlgorithm', 'hash');
  const mgf1 = digestOption(options, 'mgf1HashAlgorithm', 'mgf1Hash', 'MGF1 digest');
  const { saltLength } = options;
  if (saltLength !== undefined) validateInt32(saltLength, 'options.saltLength', 0);
  if (hash !== undefined) list.push('digest', hash);
  // As in the standard, the mask's digest is that of the signature unless it is said.
  if ((mgf1 ?? hash) !== undefined) list.push('mgf1-digest', mgf1 ?? hash);
  if (saltLength !== undefined) list.push('saltlen', saltLength);
  else if (hash !== undefined) list.push('saltlen', binding.digestSize(hash));
  return list;
}

function dsaParameters(options) {
  const { modulusLength, divisorLength } = options;
  validateUint32(modulusLength, 'options.modulusLength');
  if (divisorLength !== undefined && divisorLength !== null) {
    validateInteger(divisorLength, 'options.divisorLength', 0, 2 ** 31 - 1);
    return ['pbits', modulusLength, 'qbits', divisorLength];
  }
  return ['pbits', modulusLength];
}

function ecParameters(options) {
  const { namedCurve, paramEncoding } = options;
  validateString(namedCurve, 'options.namedCurve');
  if (paramEncoding !== undefined && paramEncoding !== null && paramEncoding !== 'named' &&
      paramEncoding !== 'explicit') {
    throw new ERR_INVALID_ARG_VALUE('options.paramEncoding', paramEncoding);
  }
  if (!new binding.ECDH(opensslCurve(namedCurve)).valid) throw new ERR_CRYPTO_INVALID_CURVE();
  return ['group', namedCurve, 'encoding', paramEncoding === 'explicit' ? 'explicit' : 'named_curve'];
}

function dhParameters(options) {
  const { group, primeLength, prime, generator } = options;
  if (group !== undefined && group !== null) {
    if (prime !== undefined && prime !== null) throw new ERR_INCOMPATIBLE_OPTION_PAIR('group', 'prime');
    if (primeLength !== undefined && primeLength !== null) {
      throw new ERR_INCOMPATIBLE_OPTION_PAIR('group', 'primeLength');
    }
    if (generator !== undefined && generator !== null) throw new ERR_INCOMPATIBLE_OPTION_PAIR('group', 'generator');
    validateString(group, 'options.group');
    const groupPrime = binding.groupPrime(group);
    if (groupPrime === undefined) throw new ERR_CRYPTO_UNKNOWN_DH_GROUP();
    return { domain: domainOf(groupPrime, 2) };
  }
  if (prime !== undefined && prime !== null) {
    if (primeLength !== undefined && primeLength !== null) {
      throw new ERR_INCOMPATIBLE_OPTION_PAIR('prime', 'primeLength');
    }
    validateBuffer(prime, 'options.prime');
  } else if (primeLength !== undefined && primeLength !== null) {
    validateInt32(primeLength, 'options.primeLength', 0);
  } else {
    throw new ERR_MISSING_OPTION('At least one of the group, prime, or primeLength options');
  }
  if (generator !== undefined && generator !== null) validateInt32(generator, 'options.generator', 0);
  if (prime) return { domain: domainOf(prime, generator ?? 2) };
  return { parameters: ['type', 'generator', 'pbits', primeLength, 'safeprime-generator', generator ?? 2] };
}

// What is known of a group, in place of parameters to be made.
function domainOf(prime, generator) {
  return ['p', [prime], 'g', [bigEndian(generator)]];
}

// [algorithm, parameters of the group to be made, parameters of the key, known group]
function generatorOf(type, options) {
  switch (type) {
    case 'rsa': return ['RSA', undefined, rsaParameters(options)];
    case 'rsa-pss': return ['RSA-PSS', undefined, rsaPssParameters(options)];
    case 'dsa': return ['DSA', dsaParameters(options)];
    case 'ec': return ['EC', undefined, ecParameters(options)];
    case 'dh': {
      const { domain, parameters } = dhParameters(options);
      return ['DH', parameters, undefined, domain];
    }
    default: return [type.toUpperCase()];
  }
}

function encodingOf(options, name, type, isPublic) {
  const encoding = options?.[name];
  if (encoding === undefined || encoding === null) return undefined;
  if (typeof encoding !== 'object') throw new ERR_INVALID_ARG_VALUE(`options.${name}`, encoding);
  if (typeof encoding.format === 'string' && encoding.format.startsWith('raw-')) {
    if (!isPublic && (encoding.cipher !== undefined || encoding.passphrase !== undefined)) {
      throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('raw format', 'does not support encryption');
    }
    return { raw: true, options: encoding };
  }
  return readExportOptions(encoding, type, isPublic, `options.${name}`);
}

function prepare(type, options) {
  validateString(type, 'type');
  const known = kPlain.has(type) || ['rsa', 'rsa-pss', 'dsa', 'ec', 'dh'].includes(type);
  if (!known) throw new ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  if (options !== undefined || !kPlain.has(type)) validateObject(options, 'options');
  const publicEncoding = encodingOf(options, 'publicKeyEncoding', type, true);
  const privateEncoding = encodingOf(options, 'privateKeyEncoding', type, false);
  const [algorithm, parameters, key, group] = generatorOf(type, options);
  return { generator: [algorithm, parameters, key, group], publicEncoding, privateEncoding };
}

function output(handle, encoding) {
  if (encoding === undefined) return wrapKey(handle);
  if (encoding.raw) return wrapKey(handle).export(encoding.options);
  return encodeKey(handle, encoding);
}

function keyPair(handle, { publicEncoding, privateEncoding }) {
  return { publicKey: output(handle.toPublic(), publicEncoding), privateKey: output(handle, privateEncoding) };
}

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  const request = prepare(type, options);
  binding.generateKeyPair(...request.generator, (error, handle) => {
    if (error) return callback(error);
    let pair;
    try {
      pair = keyPair(handle, request);
    } catch (error) {
      return callback(error);
    }
    return callback(null, pair.publicKey, pair.privateKey);
  });
}

Object.defineProperty(generateKeyPair, require('internal/util/promisify').customPromisifyArgs, {
  __proto__: null, value: ['publicKey', 'privateKey'], enumerable: false,
});

function generateKeyPairSync(type, options) {
  const request = prepare(type, options);
  const pair = keyPair(binding.generateKeyPair(...request.generator), request);
  return { publicKey: pair.publicKey, privateKey: pair.privateKey };
}

// Secret keys

function secretSize(type, options) {
  validateString(type, 'type');
  validateObject(options, 'options');
  if (type !== 'hmac' && type !== 'aes') {
    throw new ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  }
  const { length } = options;
  if (type === 'hmac') validateInteger(length, 'options.length', 8, 2 ** 31 - 1);
  else validateOneOf(length, 'options.length', [128, 192, 256]);
  return Math.floor(length / 8);
}

function secretKey(bytes) {
  return wrapKey(new binding.KeyHandle(bytes));
}

function generateKey(type, options, callback) {
  validateFunction(callback, 'callback');
  const size = secretSize(type, options);
  require('internal/crypto/random').randomBytes(size, (error, bytes) => {
    if (error) callback(error);
    else callback(undefined, secretKey(bytes));
  });
}

function generateKeySync(type, options) {
  return secretKey(require('internal/crypto/random').randomBytes(secretSize(type, options)));
}

module.exports = { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync };
