'use strict';
// Keys as their bare bytes: the formats raw-public, raw-private and raw-seed.
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const {
  codes: {
    ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS, ERR_CRYPTO_INVALID_CURVE, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { validateOneOf, validateString } = require('internal/validators');
const { FastBuffer } = require('internal/buffer');

const kPrivate = 2;
const kFormats = ['raw-public', 'raw-private', 'raw-seed'];
const kSeeded = /^ml-(?:dsa|kem)-/;
const kRawTypes = /^(?:ed25519|ed448|x25519|x448|ml-dsa-\d+|ml-kem-\d+|slh-dsa-.*)$/;

const kWithoutRaw = ['rsa', 'rsa-pss', 'dsa', 'dh'];

function unsupported(format) {
  return new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(format, 'is not supported for this key type');
}

function incompatible() {
  return Object.assign(new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('', ''), {
    message: 'The selected key encoding is incompatible with the key type',
  });
}

/** The bytes of a key in options.format; undefined when that is none of the raw formats. */
function exportRaw(handle, options) {
  const format = options?.format;
  if (!kFormats.includes(format)) return undefined;
  const isPrivate = handle.type === kPrivate;
  if (isPrivate === (format === 'raw-public')) throw new ERR_INVALID_ARG_VALUE('options.format', format);
  if (isPrivate && options.passphrase !== undefined) {
    throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(format, 'does not support encryption');
  }
  const type = handle.algorithm;
  if (type === 'ec') return exportEc(handle, format, options);
  if (!kRawTypes.test(type) || (format === 'raw-seed') !== (isPrivate && kSeeded.test(type))) throw unsupported(format);
  const name = { 'raw-public': 'pub', 'raw-private': 'priv', 'raw-seed': 'seed' }[format];
  return new FastBuffer(handle.bytes(name));
}

function exportEc(handle, format, options) {
  const { Buffer } = require('buffer');
  if (format === 'raw-seed') throw unsupported(format);
  const size = Math.ceil(handle.bits / 8);
  if (format === 'raw-private') {
    const bytes = Buffer.from(handle.bignum('priv'));
    return Buffer.concat([Buffer.alloc(size - bytes.length), bytes]);
  }
  const type = options.type ?? 'uncompressed';
  validateOneOf(type, 'options.type', ['uncompressed', 'compressed']);
  return new FastBuffer(
    binding.convertPoint(handle.text('group'), handle.bytes('pub'), type === 'compressed' ? 2 : 4));
}

/** The native key of {key, format: 'raw-...', asymmetricKeyType, namedCurve}. */
function importRaw(key, wantPrivate) {
  const { format, asymmetricKeyType: type } = key;
  if (!kFormats.includes(format) || (wantPrivate && format === 'raw-public')) {
    throw new ERR_INVALID_ARG_VALUE('key.format', format);
  }
  validateString(type, 'key.asymmetricKeyType');
  const { isBytes, toKeyBytes } = require('internal/crypto/key_object');
  if (!isBytes(key.key)) {
    throw new ERR_INVALID_ARG_TYPE('key.key', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], key.key);
  }
  if (format !== 'raw-public' && (format === 'raw-seed') !== kSeeded.test(type)) throw incompatible();
  const bytes = toKeyBytes(key.key, key.encoding);
  const handle = type === 'ec' ? importEc(key, bytes) : importBytes(type, format, bytes);
  if (handle === undefined) {
    throw Object.assign(new TypeError('Invalid key data'), { code: 'ERR_INVALID_ARG_VALUE' });
  }
  return handle;
}

function importBytes(type, format, bytes) {
  if (kWithoutRaw.includes(type)) throw incompatible();
  if (!kRawTypes.test(type)) {
    throw Object.assign(new TypeError(`Invalid asymmetricKeyType: ${type}`), { code: 'ERR_INVALID_ARG_VALUE' });
  }
  if (format === 'raw-seed') return binding.keyFromParameters(type, true, ['seed', bytes]);
  return binding.keyFromRaw(type, format === 'raw-private', bytes);
}

function importEc({ format, namedCurve }, bytes) {
  validateString(namedCurve, 'key.namedCurve');
  const ecdh = new binding.ECDH(opensslCurve(namedCurve));
  if (!ecdh.valid) throw new ERR_CRYPTO_INVALID_CURVE();
  if (format === 'raw-public') return binding.keyFromParameters('EC', false, ['group', namedCurve, 'pub', bytes]);
  if (!ecdh.setPrivateKey(bytes)) return undefined;
  const point = new FastBuffer(ecdh.getPublicKey(4));
  const handle = binding.keyFromParameters('EC', true, ['group', namedCurve, 'pub', point, 'priv', [bytes]]);
  // A number of this curve, with its leading zeros: one of another curve is not meant.
  return handle !== undefined && Math.ceil(handle.bits / 8) === bytes.length ? handle : undefined;
}

// NIST's names of curves beside OpenSSL's.
function opensslCurve(name) {
  return { '__proto__': null, 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' }[name] ?? name;
}

module.exports = { exportRaw, importRaw, opensslCurve };
