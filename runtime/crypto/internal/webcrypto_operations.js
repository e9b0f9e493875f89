'use strict';
// What Web Crypto does with keys: encrypt, sign, deriveBits and their opposites.
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const { Buffer } = require('buffer');
const { isCryptoKey, keyObjectOf, slotsOf } = require('internal/crypto/crypto_key');
const { handleOf } = require('internal/crypto/key_object');
const {
  invalidAccess, job, kDigests, operationError,
} = require('internal/crypto/webcrypto_util');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');

const kEmpty = Buffer.alloc(0);

function nativeKey(key) {
  return handleOf(keyObjectOf(key));
}

function secretOf(key) {
  return new Uint8Array(nativeKey(key).exportSecret());
}

function digestOf(algorithm) {
  return kDigests[algorithm.hash.name];
}

// Ciphers

// CTR's counter has `length` bits; the rest of the block is fixed. OpenSSL's is a whole block: where it would carry into
// the fixed part, the data is done in two pieces.
async function aesCtr(name, encrypt, key, { counter, length }, data) {
  const blocks = BigInt(Math.ceil(data.byteLength / 16));
  const range = 1n << BigInt(length);
  if (blocks > range) throw operationError(undefined, 'Data is too large for the counter');
  const start = BigInt(`0x${counter.toString('hex')}`);
  const left = range - start % range;
  const run = (iv, part) => job((done) => binding.cipherOneShot(name, encrypt, key, iv, kEmpty, part, 0, done));
  if (blocks <= left) return run(counter, data);
  const split = Number(left) * 16;
  const wrapped = Buffer.from((start - start % range).toString(16).padStart(32, '0'), 'hex');
  const parts = [await run(counter, data.subarray(0, split)), await run(wrapped, data.subarray(split))];
  const all = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return all.buffer.slice(all.byteOffset, all.byteOffset + all.length);
}

function checkTag(name, tagLength, allowed) {
  if (tagLength !== undefined && !allowed.includes(tagLength)) {
    throw operationError(undefined, `${tagLength} is not a valid ${name} tag length`);
  }
}

/** What is wrong with the parameters, which is also what makes an algorithm unsupported. */
function checkCipher({ name, counter, iv, length, tagLength }) {
  switch (name) {
    case 'AES-CBC':
      if (iv.byteLength !== 16) throw operationError(undefined, 'algorithm.iv must contain exactly 16 bytes');
      break;
    case 'AES-CTR':
      if (counter.byteLength !== 16) throw operationError(undefined, 'algorithm.counter must be 16 bytes long');
      if (length === 0 || length > 128) throw operationError(undefined, 'AES-CTR algorithm.length must be between 1 and 128');
      break;
    case 'AES-GCM':
      checkTag(name, tagLength, [32, 64, 96, 104, 112, 120, 128]);
      break;
    case 'AES-OCB':
      if (iv.byteLength > 15) throw operationError(undefined, 'AES-OCB algorithm.iv must be no more than 15 bytes');
      checkTag(name, tagLength, [64, 96, 128]);
      break;
    case 'ChaCha20-Poly1305':
      if (iv.byteLength !== 12) throw operationError(undefined, 'algorithm.iv must contain exactly 12 bytes');
      checkTag(name, tagLength, [128]);
  }
}

function aead(name, encrypt, key, { iv, additionalData, tagLength = 128 }, data) {
  const tagBytes = tagLength / 8;
  if (!encrypt && data.byteLength < tagBytes) {
    throw operationError(undefined, 'The provided data is too small.');
  }
  return job((done) => binding.cipherOneShot(name, encrypt, key, iv, additionalData ?? kEmpty, data, tagBytes, done));
}

function rsaOaep(encrypt, key, algorithm, data) {
  if ((key.type === 'public') !== encrypt) {
    throw invalidAccess('The requested operation is not valid for the provided key');
  }
  const digest = digestOf(key.algorithm);
  const list = ['pad-mode', 4, 'digest', digest, 'mgf1-digest', digest];
  if (algorithm.label?.byteLength) list.push('oaep-label', algorithm.label);
  const operation = encrypt ? binding.kEncrypt : binding.kDecrypt;
  return job((done) => binding.pkeyTransform(operation, nativeKey(key), list, data, done));
}

async function cipher(encrypt, algorithm, key, data) {
  const { name } = algorithm;
  checkCipher(algorithm);
  if (name === 'RSA-OAEP') return rsaOaep(encrypt, key, algorithm, data);
  const secret = secretOf(key);
  const bits = secret.length * 8;
  switch (name) {
    case 'AES-CBC':
      return job((done) => binding.cipherOneShot(
        `aes-${bits}-cbc`, encrypt, secret, algorithm.iv, kEmpty, data, 0, done));
    case 'AES-CTR':
      return aesCtr(`aes-${bits}-ctr`, encrypt, secret, algorithm, data);
    case 'AES-GCM':
      return aead(`aes-${bits}-gcm`, encrypt, secret, algorithm, data);
    case 'AES-OCB':
      return aead(`aes-${bits}-ocb`, encrypt, secret, algorithm, data);
    case 'ChaCha20-Poly1305':
      return aead('chacha20-poly1305', encrypt, secret, algorithm, data);
    default:
      return job((done) => binding.cipherOneShot(
        `id-aes${bits}-wrap`, encrypt, secret, null, kEmpty, data, 0, done));
  }
}

// Signatures

/** As checkCipher(). */
function checkSignature({ context, customization, name }) {
  if (context?.byteLength > 255) {
    const cause = Object.assign(new RangeError('context string must be at most 255 bytes'), { code: 'ERR_OUT_OF_RANGE' });
    throw operationError(cause);
  }
  if (name.startsWith('KMAC') && customization?.byteLength > 512) {
    throw operationError(undefined, 'KmacParams.customization must be at most 512 bytes');
  }
}

function signatureArguments(algorithm, key) {
  const handle = nativeKey(key);
  switch (algorithm.name) {
    case 'RSASSA-PKCS1-v1_5': return [handle, digestOf(key.algorithm), ['pad-mode', 1], false];
    case 'RSA-PSS': return [handle, digestOf(key.algorithm), ['pad-mode', 6, 'saltlen', algorithm.saltLength], false];
    case 'ECDSA': return [handle, digestOf(algorithm), [], true];
    default: {
      const { context } = algorithm;
      if (!context?.byteLength) return [handle, undefined, [], false];
      checkSignature(algorithm);
      const list = algorithm.name === 'Ed25519' ? ['instance', 'Ed25519ctx'] : [];
      return [handle, undefined, [...list, 'context-string', context], false];
    }
  }
}

function hmac(key, data) {
  const { createHmac } = require('internal/crypto/hash');
  return createHmac(digestOf(key.algorithm), secretOf(key)).update(data).digest();
}

function kmac(algorithm, key, data) {
  checkSignature(algorithm);
  const { name, customization, outputLength } = algorithm;
  return require('internal/crypto/keccak').kmac(
    Number(name.slice(4)), secretOf(key), key.algorithm.length, data, customization ?? kEmpty, outputLength);
}

// RFC 8017, 9.1.1: a hash, a salt and two bytes have to fit.
function checkSaltLength({ saltLength }, { modulusLength, hash }) {
  const max = Math.ceil((modulusLength - 1) / 8) - binding.digestSize(kDigests[hash.name]) - 2;
  if (saltLength <= max) return;
  const { ERR_OUT_OF_RANGE } = require('internal/errors').codes;
  throw operationError(new ERR_OUT_OF_RANGE('algorithm.saltLength', `>= 0 && <= ${max}`, saltLength));
}

// Points of small order, as y without the sign of x: the standard trusts neither keys nor signatures made of them. The last
// two of each list are zero and one again, not reduced.
const kSmallOrder = {
  '__proto__': null,
  'Ed25519': [
    '00'.repeat(32), `01${'00'.repeat(31)}`, `ec${'ff'.repeat(30)}7f`,
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    `ed${'ff'.repeat(30)}7f`, `ee${'ff'.repeat(30)}7f`,
  ],
  'Ed448': [
    '00'.repeat(57), `01${'00'.repeat(56)}`, `fe${'ff'.repeat(27)}fe${'ff'.repeat(27)}00`,
    `${'ff'.repeat(28)}fe${'ff'.repeat(27)}00`, `${'00'.repeat(28)}${'ff'.repeat(28)}00`,
  ],
};

function isOfSmallOrder(name, point) {
  const y = Buffer.from(point);
  y[y.length - 1] &= 0x7f;
  return kSmallOrder[name].includes(y.toString('hex'));
}

function hasSmallOrder({ name }, key, signature) {
  if (kSmallOrder[name] === undefined) return false;
  const publicKey = keyObjectOf(key).export({ format: 'raw-public' });
  return isOfSmallOrder(name, publicKey) ||
    (signature.length === 2 * publicKey.length && isOfSmallOrder(name, signature.subarray(0, publicKey.length)));
}

async function sign(algorithm, key, data) {
  if (algorithm.name.startsWith('KMAC')) return kmac(algorithm, key, data);
  if (algorithm.name === 'HMAC') {
    const mac = hmac(key, data);
    return mac.buffer.slice(mac.byteOffset, mac.byteOffset + mac.length);
  }
  if (key.type !== 'private') throw invalidAccess(`Key must be a private key`);
  if (algorithm.name === 'RSA-PSS') checkSaltLength(algorithm, key.algorithm);
  const args = signatureArguments(algorithm, key);
  return job((done) => binding.signOneShot(...args, data, done));
}

async function verify(algorithm, key, signature, data) {
  if (algorithm.name.startsWith('KMAC')) {
    const mac = new Uint8Array(kmac(algorithm, key, data));
    return mac.length === signature.length && binding.timingSafeEqual(mac, signature);
  }
  if (algorithm.name === 'HMAC') {
    const mac = hmac(key, data);
    return mac.length === signature.length && binding.timingSafeEqual(mac, signature);
  }
  if (key.type !== 'public') throw invalidAccess(`Key must be a public key`);
  if (algorithm.name === 'RSA-PSS') checkSaltLength(algorithm, key.algorithm);
  if (hasSmallOrder(algorithm, key, signature)) return false;
  const args = signatureArguments(algorithm, key);
  return job((done) => binding.verifyOneShot(...args, data, signature, done));
}

// Derivation

function truncate(bits, length) {
  if (length === null) return bits;
  const bytes = Math.ceil(length / 8);
  if (bytes > bits.byteLength) throw operationError(undefined, 'derived bit length is too small');
  const result = bits.slice(0, bytes);
  // The bits beyond the length are not part of it.
  if (length % 8 !== 0) new Uint8Array(result)[bytes - 1] &= 0xff << (8 - length % 8);
  return result;
}

async function agree(algorithm, key, length) {
  if (!isCryptoKey(algorithm.public)) throw new ERR_INVALID_ARG_TYPE('algorithm.public', 'CryptoKey', algorithm.public);
  const peer = slotsOf(algorithm.public);
  if (peer.type !== 'public') throw invalidAccess('algorithm.public must be a public key');
  if (key.type !== 'private') throw invalidAccess('baseKey must be a private key');
  if (peer.algorithm.name !== key.algorithm.name) throw invalidAccess('key algorithm mismatch');
  if (peer.algorithm.namedCurve !== key.algorithm.namedCurve) throw invalidAccess('Named curve mismatch');
  const bits = await job((done) => binding.deriveSecret(nativeKey(key), nativeKey(peer), done));
  return truncate(bits, length);
}

function checkArgon2({ memory, nonce, parallelism, passes, version }, length) {
  const refuse = (message) => { throw operationError(undefined, message); };
  if (length === null) refuse('length cannot be null');
  if (length % 8 !== 0) refuse('length must be a multiple of 8');
  if (length < 32) refuse('length must be >= 32');
  if (parallelism === 0 || parallelism > 2 ** 24 - 1) refuse('parallelism must be > 0 and <= 16777215');
  if (memory < 8 * parallelism) refuse('memory must be at least 8 times the degree of parallelism');
  if (passes === 0) refuse('passes must be > 0');
  if (version !== undefined && version !== 0x13) refuse(`${version} is not a valid Argon2 version`);
  if (nonce.byteLength < 8) refuse('nonce must be at least 8 bytes');
}

function argon2(algorithm, key, length) {
  checkArgon2(algorithm, length);
  const { associatedData, memory, name, nonce, parallelism, passes, secretValue } = algorithm;
  const list = ['pass', secretOf(key), 'salt', nonce, 'lanes', parallelism, 'memcost', memory, 'iter', passes];
  if (secretValue?.byteLength) list.push('secret', secretValue);
  if (associatedData?.byteLength) list.push('ad', associatedData);
  return job((done) => binding.kdf(name.toUpperCase(), list, length / 8, done));
}

async function encapsulate(key) {
  const [sharedKey, ciphertext] = await job((done) => binding.encapsulate(nativeKey(key), done));
  return { sharedKey, ciphertext };
}

function decapsulate(key, ciphertext) {
  return job((done) => binding.decapsulate(nativeKey(key), ciphertext, done));
}

/** As checkCipher(), of HKDF and PBKDF2. */
function checkKdf({ info, iterations, name }, length) {
  if (length === null) throw operationError(undefined, 'length cannot be null');
  if (length % 8 !== 0) throw operationError(undefined, 'length must be a multiple of 8');
  if (name === 'PBKDF2' && iterations === 0) throw operationError(undefined, 'iterations cannot be zero');
  if (name === 'HKDF' && info.byteLength > 1024) {
    throw operationError(undefined, 'algorithm.info must be at most 1024 bytes');
  }
}

async function deriveBits(algorithm, key, length) {
  const { name } = algorithm;
  if (name.startsWith('Argon2')) return argon2(algorithm, key, length);
  if (name !== 'HKDF' && name !== 'PBKDF2') return agree(algorithm, key, length);
  checkKdf(algorithm, length);
  if (length === 0) return new ArrayBuffer(0);
  const digest = digestOf(algorithm);
  const secret = secretOf(key);
  if (name === 'PBKDF2') {
    return job((done) => binding.pbkdf2(secret, algorithm.salt, algorithm.iterations, length / 8, digest, done));
  }
  if (length / 8 > 255 * binding.digestSize(digest)) throw operationError(undefined, 'The length provided for HKDF is too large');
  return job((done) => binding.hkdf(digest, secret, algorithm.salt, algorithm.info, length / 8, done));
}

module.exports = {
  checkArgon2, checkCipher, checkKdf, checkSignature, cipher, decapsulate, deriveBits, encapsulate, sign, verify,
};
