'use strict';
// KeyObject and its three kinds, createSecretKey, createPublicKey, createPrivateKey.
// Run once per realm by `crypto` and by what takes keys.

const binding = internalBinding('crypto');
const {
  codes: {
    ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS, ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
    ERR_INVALID_FILE_URL_HOST, ERR_INVALID_FILE_URL_PATH, ERR_INVALID_THIS, ERR_MISSING_PASSPHRASE, ERR_UNKNOWN_ENCODING,
  },
} = require('internal/errors');
const { validateObject, validateOneOf, validateString } = require('internal/validators');
const { kEmptyObject } = require('internal/util');
const { hrefOf, isOwnURL } = require('internal/url');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { FastBuffer } = require('internal/buffer');
const { kClone, kDeserialize } = require('internal/messaging/transferable');
const { encodeKey, kStructures, readExportOptions } = require('internal/crypto/key_encoding');

const kSecret = 0;
const kPublic = 1;
const kPrivate = 2;
const kTypeNames = ['secret', 'public', 'private'];

// Reads a KeyObject's native half, and says whether something is a KeyObject; set by the class, whose private field
// tells.
let getHandle;
let isKeyObject;

// In place of a handle: it comes with [kDeserialize].
const kBlank = Symbol('blank');

class KeyObject {
  #handle;

  constructor(type, handle) {
    if (handle === kBlank) return;
    if (!kTypeNames.includes(type)) throw new ERR_INVALID_ARG_VALUE('type', type);
    if (typeof handle !== 'object' || !(handle instanceof binding.KeyHandle)) {
      throw new ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    }
    this.#handle = handle;
  }

  get type() {
    return kTypeNames[handleOfReceiver(this).type];
  }

  static from(key) {
    const { isCryptoKey, keyObjectOf } = require('internal/crypto/crypto_key');
    if (!isCryptoKey(key)) throw new ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return keyObjectOf(key);
  }

  toCryptoKey(algorithm, extractable, usages) {
    return require('internal/crypto/webcrypto_keys').toCryptoKey(this, algorithm, extractable, usages);
  }

  [kClone]() {
    const handle = handleOfReceiver(this);
    const [name, data] = handle.type === kSecret ? ['ClonedSecretKey', handle.exportSecret()] :
      handle.type === kPublic ? ['ClonedPublicKey', handle.encode(true, false, 'SubjectPublicKeyInfo')] :
        ['ClonedPrivateKey', handle.encode(false, false, 'PrivateKeyInfo')];
    return { data: new Uint8Array(data), deserializeInfo: `internal/crypto/key_object:${name}` };
  }

  [kDeserialize](data) {
    if (this instanceof SecretKeyObject) {
      this.#handle = new binding.KeyHandle(data);
      return;
    }
    const isPrivate = this instanceof PrivateKeyObject;
    this.#handle = binding.parseKey(data, false, isPrivate ? 'pkcs8' : 'spki', isPrivate, undefined);
  }

  equals(otherKeyObject) {
    if (!isKeyObject(otherKeyObject)) throw new ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', otherKeyObject);
    const own = handleOfReceiver(this);
    const other = otherKeyObject.#handle;
    return own.type === other.type && own.equals(other);
  }

  static {
    getHandle = (object) => object.#handle;
    isKeyObject = (value) => typeof value === 'object' && value !== null && #handle in value;
  }
}

Object.defineProperties(KeyObject.prototype, {
  [kClone]: { enumerable: false },
  [kDeserialize]: { enumerable: false },
  [Symbol.toStringTag]: { configurable: true, value: 'KeyObject' },
});

// The native half of the KeyObject that a method was called on.
function handleOfReceiver(value) {
  if (!isKeyObject(value)) throw new ERR_INVALID_THIS('KeyObject');
  return getHandle(value);
}

class SecretKeyObject extends KeyObject {
  constructor(handle) {
    super('secret', handle);
  }

  get symmetricKeySize() {
    const handle = handleOfReceiver(this);
    if (handle.type !== kSecret) throw new ERR_INVALID_THIS('SecretKeyObject');
    return handle.size;
  }

  export(options) {
    const bytes = () => new FastBuffer(handleOfReceiver(this).exportSecret());
    if (options === undefined) return bytes();
    validateObject(options, 'options');
    validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
    if (options.format === 'jwk') return { kty: 'oct', k: bytes().toString('base64url') };
    return bytes();
  }
}

class AsymmetricKeyObject extends KeyObject {
  get asymmetricKeyType() {
    return keyTypeOf(asymmetricHandleOf(this));
  }

  get asymmetricKeyDetails() {
    return { ...require('internal/crypto/key_details').keyDetails(asymmetricHandleOf(this)) };
  }
}

function asymmetricHandleOf(value) {
  const handle = isKeyObject(value) ? getHandle(value) : undefined;
  if (handle === undefined || handle.type === kSecret) throw new ERR_INVALID_THIS('AsymmetricKeyObject');
  return handle;
}

class PublicKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('public', handle);
  }

  export(options) {
    const handle = handleOfReceiver(this);
    if (options?.format === 'jwk') return require('internal/crypto/jwk').exportJwk(handle);
    const raw = require('internal/crypto/raw_key').exportRaw(handle, options);
    if (raw !== undefined) return raw;
    return encodeKey(handle, readExportOptions(options, keyTypeOf(handle), true, 'options'));
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  constructor(handle) {
    super('private', handle);
  }

  export(options) {
    const handle = handleOfReceiver(this);
    if (options?.format === 'jwk') {
      if (options.passphrase !== undefined || options.cipher !== undefined) {
        throw new ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('jwk', 'does not support encryption');
      }
      return require('internal/crypto/jwk').exportJwk(handle);
    }
    const raw = require('internal/crypto/raw_key').exportRaw(handle, options);
    if (raw !== undefined) return raw;
    return encodeKey(handle, readExportOptions(options, keyTypeOf(handle), false, 'options'));
  }
}

// Copies that another thread gets, filled by [kDeserialize].
function ClonedSecretKey() { return new SecretKeyObject(kBlank); }
function ClonedPublicKey() { return new PublicKeyObject(kBlank); }
function ClonedPrivateKey() { return new PrivateKeyObject(kBlank); }

// OpenSSL's name of the type of an asymmetric key.
function keyTypeOf(handle) {
  return handle.algorithm;
}

/** The KeyObject of a native key. */
function wrapKey(handle) {
  if (handle.type === kSecret) return new SecretKeyObject(handle);
  return handle.type === kPublic ? new PublicKeyObject(handle) : new PrivateKeyObject(handle);
}

// Reading of keys

const kByteTypes = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function isBytes(value) {
  return isArrayBufferView(value) || isAnyArrayBuffer(value);
}

function toKeyBytes(value, encoding) {
  if (typeof value !== 'string') return value;
  const { Buffer } = require('buffer');
  return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
}

function inputTypes(wantPrivate, withKeys) {
  const types = ['string', ...kByteTypes];
  if (withKeys) types.push('KeyObject', 'CryptoKey');
  if (wantPrivate) types.push('URL');
  return types;
}

function readPassphrase(key, name) {
  const { passphrase } = key;
  if (passphrase === undefined || passphrase === null) return undefined;
  if (typeof passphrase !== 'string' && !isBytes(passphrase)) {
    throw new ERR_INVALID_ARG_VALUE(`${name}.passphrase`, passphrase);
  }
  return toKeyBytes(passphrase, key.encoding);
}

function readStructure(key, name, wantPrivate) {
  if (key.format === undefined || key.format === 'pem') return { pem: true, structure: '' };
  if (key.format !== 'der') throw new ERR_INVALID_ARG_VALUE(`${name}.format`, key.format);
  const { type } = key;
  const known = wantPrivate ? ['pkcs1', 'pkcs8', 'sec1'] : kStructures;
  if (!known.includes(type)) throw new ERR_INVALID_ARG_VALUE(`${name}.type`, type);
  return { pem: false, structure: type };
}

// PKCS#1 is two forms of one name: where a public key will do, a private one does as well.
function parseEither(data, pem, structure, isPrivate, passphrase) {
  if (pem || structure !== 'pkcs1' || isPrivate) return binding.parseKey(data, pem, structure, isPrivate, passphrase);
  try {
    return binding.parseKey(data, false, structure, false, undefined);
  } catch (error) {
    try {
      return binding.parseKey(data, false, structure, true, undefined);
    } catch {
      throw error;
    }
  }
}

function parse(data, { pem, structure }, wantPrivate, passphrase) {
  // An encoding of the private part also serves where the public part is wanted.
  const isPrivate = wantPrivate || structure === 'pkcs8' || structure === 'sec1';
  const handle = parseEither(data, pem, structure, isPrivate, passphrase);
  if (handle !== undefined) return handle;
  // Of PEM it shows only when the passphrase is asked for.
  if (!pem) {
    throw new ERR_MISSING_PASSPHRASE('Passphrase required for encrypted key');
  }
  throw Object.assign(new Error('error:07880109:common libcrypto routines::interrupted or cancelled'), {
    library: 'common libcrypto routines', reason: 'interrupted or cancelled',
    code: 'ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED',
  });
}

function checkType(handle, allowed) {
  if (allowed.includes(handle.type)) return handle;
  const expected = allowed.map((type) => kTypeNames[type]).join(' or ');
  throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(kTypeNames[handle.type], expected);
}

/** As equals(), which a program can replace. @param {KeyObject} a @param {KeyObject} b */
function isEqual(a, b) {
  const own = getHandle(a);
  const other = getHandle(b);
  return own.type === other.type && own.equals(other);
}

let warnedOfCryptoKey = false;

// The native half of a KeyObject or CryptoKey; undefined for other values.
function handleOf(value) {
  if (isKeyObject(value)) return getHandle(value);
  if (typeof value !== 'object' || value === null) return undefined;
  const { isCryptoKey, keyObjectOf } = require('internal/crypto/crypto_key');
  if (!isCryptoKey(value)) return undefined;
  if (!warnedOfCryptoKey) {
    warnedOfCryptoKey = true;
    process.emitWarning('Passing a CryptoKey to node:crypto functions is deprecated.', 'DeprecationWarning', 'DEP0203');
  }
  return getHandle(keyObjectOf(value));
}

// Of the URL itself, whatever accessors a program put before it. OpenSSL takes a file by its path.
function storeUri(url) {
  const href = hrefOf(url);
  if (!href.startsWith('file:')) return href;
  const [, host, pathname] = /^file:\/\/([^/]*)([^?#]*)/.exec(href);
  if (host !== '') throw new ERR_INVALID_FILE_URL_HOST(process.platform);
  if (/%2f/i.test(pathname)) throw new ERR_INVALID_FILE_URL_PATH('must not include encoded / characters', url);
  const file = decodeURIComponent(pathname);
  if (file.includes('\0')) throw new ERR_INVALID_ARG_VALUE('key', url, 'must be a URL without null bytes');
  return file;
}

// A private key through an OpenSSL STORE loader.
function loadFromStore(url, name, options) {
  const { properties } = options;
  if (properties !== undefined) {
    validateString(properties, `${name}.properties`);
    if (properties.includes('\0')) {
      throw new ERR_INVALID_ARG_VALUE(`${name}.properties`, properties, 'must be a string without null bytes');
    }
  }
  const uri = storeUri(url);
  const passphrase = readPassphrase(options, name);
  const { check, scopes } = internalBinding('permission');
  // The URI may have a secret in it.
  check(scopes['openssl.store'], '');
  const handle = binding.loadStoreKey(uri, properties, passphrase);
  if (handle === undefined) throw new ERR_MISSING_PASSPHRASE('Passphrase required for encrypted key');
  return handle;
}

function readKeyInput(key, name, wantPrivate, withKeys) {
  if (typeof key === 'string' || isBytes(key)) {
    return parse(toKeyBytes(key), { pem: true, structure: '' }, wantPrivate, undefined);
  }
  if (wantPrivate && isOwnURL(key)) return loadFromStore(key, name, kEmptyObject);
  if (typeof key !== 'object' || key === null || isKeyObject(key)) {
    throw new ERR_INVALID_ARG_TYPE(name, inputTypes(wantPrivate, withKeys), key);
  }
  const data = key.key;
  if (wantPrivate && isOwnURL(data)) return loadFromStore(data, name, key);
  if (key.format === 'jwk') {
    validateObject(data, `${name}.key`);
    return require('internal/crypto/jwk').importJwk(data, wantPrivate);
  }
  if (typeof key.format === 'string' && key.format.startsWith('raw-')) {
    return require('internal/crypto/raw_key').importRaw(key, wantPrivate);
  }
  const inner = withKeys ? handleOf(data) : undefined;
  if (inner !== undefined) return inner;
  if (typeof data !== 'string' && !isBytes(data)) {
    throw new ERR_INVALID_ARG_TYPE(`${name}.key`, inputTypes(wantPrivate, withKeys), data);
  }
  return parse(toKeyBytes(data, key.encoding), readStructure(key, name, wantPrivate), wantPrivate, readPassphrase(key, name));
}

/** The native private key of what sign(), privateDecrypt() and so on take. */
function preparePrivateKey(key, name = 'key') {
  return checkType(handleOf(key) ?? readKeyInput(key, name, true, true), [kPrivate]);
}

/** The native key of what verify(), publicEncrypt() and so on take: a private key will do. */
function preparePublicKey(key, name = 'key') {
  return checkType(handleOf(key) ?? readKeyInput(key, name, false, true), [kPrivate, kPublic]);
}

/** The bytes of what createHmac(), createCipheriv() and so on take. */
function prepareSecretKey(key, encoding, name = 'key') {
  const handle = handleOf(key);
  if (handle !== undefined) return new FastBuffer(checkType(handle, [kSecret]).exportSecret());
  if (typeof key !== 'string' && !isBytes(key)) {
    throw new ERR_INVALID_ARG_TYPE(name, ['string', ...kByteTypes, 'KeyObject', 'CryptoKey'], key);
  }
  return toKeyBytes(key, encoding);
}

function createSecretKey(key, encoding) {
  if (typeof key !== 'string' && !isBytes(key)) throw new ERR_INVALID_ARG_TYPE('key', kByteTypes, key);
  if (typeof key === 'string') {
    const { Buffer } = require('buffer');
    encoding ??= 'utf8';
    if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
      throw new ERR_UNKNOWN_ENCODING(encoding);
    }
  }
  return new SecretKeyObject(new binding.KeyHandle(toKeyBytes(key, encoding)));
}

function createPublicKey(key) {
  const given = handleOf(key) ?? handleOf(key?.key);
  if (given !== undefined && given.type !== kPrivate) {
    throw new ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(kTypeNames[given.type], 'private');
  }
  const handle = given ?? readKeyInput(key, 'key', false, true);
  return new PublicKeyObject(handle.type === kPrivate ? handle.toPublic() : handle);
}

function createPrivateKey(key) {
  return new PrivateKeyObject(readKeyInput(key, 'key', true, false));
}

module.exports = {
  ClonedPrivateKey,
  ClonedPublicKey,
  ClonedSecretKey,
  KeyObject,
  PrivateKeyObject,
  PublicKeyObject,
  SecretKeyObject,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  handleOf,
  isBytes,
  isEqual,
  isKeyObject,
  kPrivate,
  kPublic,
  kSecret,
  keyTypeOf,
  preparePrivateKey,
  preparePublicKey,
  prepareSecretKey,
  toKeyBytes,
  wrapKey,
};
