'use strict';
// Sign, Verify and the one-shot sign() and verify().
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const {
  codes: {
    ERR_CRYPTO_INVALID_DIGEST, ERR_CRYPTO_INVALID_STATE, ERR_CRYPTO_SIGN_KEY_REQUIRED,
    ERR_CRYPTO_UNSUPPORTED_OPERATION, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { validateEncoding, validateFunction, validateString } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { FastBuffer } = require('internal/buffer');
const { Writable } = require('stream');
const { output, toBytes } = require('internal/crypto/util');
const { preparePrivateKey, preparePublicKey } = require('internal/crypto/key_object');

const kHandle = Symbol('kHandle');
const kFinished = Symbol('kFinished');

const kDataTypes = ['string', 'Buffer', 'TypedArray', 'DataView'];
const RSA_PKCS1_PADDING = 1;
const RSA_PKCS1_PSS_PADDING = 6;
// RSA_PSS_SALTLEN_*: as long as the digest, the longest possible, whatever it is.
const kSaltNames = { '__proto__': null, '-1': 'digest', '-2': 'auto', '-3': 'max' };

function intOption(options, name) {
  const value = options[name];
  if (value === undefined) return undefined;
  if (value === value >> 0) return value;
  throw new ERR_INVALID_ARG_VALUE(`options.${name}`, value);
}

function dsaEncoding(options) {
  const { dsaEncoding: encoding } = options;
  if (encoding === undefined || encoding === 'der') return false;
  if (encoding === 'ieee-p1363') return true;
  throw new ERR_INVALID_ARG_VALUE('options.dsaEncoding', encoding);
}

function isOptions(key) {
  return typeof key === 'object' && key !== null && !isArrayBufferView(key) && !isAnyArrayBuffer(key);
}

function contextOption(options) {
  const { context } = options;
  if (context === undefined) return undefined;
  if (!isArrayBufferView(context) && !isAnyArrayBuffer(context)) {
    throw new ERR_INVALID_ARG_TYPE('options.context', ['Buffer', 'TypedArray', 'DataView'], context);
  }
  return context;
}

/** What the options of a key say about how to sign: {padding, saltLength, p1363, context}. */
function signingOptions(key) {
  const options = isOptions(key) ? key : {};
  return {
    padding: intOption(options, 'padding'), saltLength: intOption(options, 'saltLength'), p1363: dsaEncoding(options),
    context: contextOption(options),
  };
}

function saltParameter(saltLength, signing) {
  // The same number means the longest salt when signing, any salt when verifying.
  if (saltLength === -2) return signing ? 'max' : 'auto';
  return kSaltNames[saltLength] ?? saltLength;
}

/** OpenSSL's parameters of a signature by this key. */
function parametersOf(handle, { padding, saltLength, context }, signing) {
  const type = handle.algorithm;
  if (type === 'rsa' || type === 'rsa-pss') {
    const mode = padding ?? (type === 'rsa-pss' ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING);
    const list = ['pad-mode', mode];
    if (mode !== RSA_PKCS1_PSS_PADDING) return list;
    if (saltLength !== undefined) list.push('saltlen', saltParameter(saltLength, signing));
    else if (type === 'rsa') list.push('saltlen', signing ? 'max' : 'auto');
    return list;
  }
  if (context === undefined) return [];
  if (type === 'ed25519') return context.byteLength === 0 ? [] : ['instance', 'Ed25519ctx', 'context-string', context];
  return ['context-string', context];
}

// The streams

function initialise(self, algorithm, options) {
  validateString(algorithm, 'algorithm');
  self[kHandle] = new binding.SignatureDigest(algorithm);
  if (!self[kHandle].valid) throw Object.assign(new ERR_CRYPTO_INVALID_DIGEST(''), { message: 'Invalid digest' });
  self[kFinished] = false;
  Writable.call(self, options);
}

function notInitialised() {
  return Object.assign(new ERR_CRYPTO_INVALID_STATE(''), { message: 'Not initialised' });
}

function Sign(algorithm, options) {
  if (!(this instanceof Sign)) return new Sign(algorithm, options);
  initialise(this, algorithm, options);
}
Object.setPrototypeOf(Sign.prototype, Writable.prototype);
Object.setPrototypeOf(Sign, Writable);

Sign.prototype._write = function _write(chunk, encoding, callback) {
  this.update(chunk, encoding);
  callback();
};

Sign.prototype.update = function update(data, encoding) {
  if (typeof data === 'string') validateEncoding(data, encoding);
  const bytes = toBytes(data, 'data', encoding, kDataTypes);
  if (this[kFinished]) throw notInitialised();
  if (!this[kHandle].update(bytes)) throw new ERR_CRYPTO_INVALID_STATE('update');
  return this;
};

// Keys that sign whole messages cannot sign a digest.
function checkPrehashed(handle) {
  if (/^(?:ed25519|ed448|ml-dsa|slh-dsa)/.test(handle.algorithm)) throw new ERR_CRYPTO_UNSUPPORTED_OPERATION();
}

Sign.prototype.sign = function sign(options, encoding) {
  if (!options) throw new ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const key = preparePrivateKey(options, 'privateKey');
  const request = signingOptions(options);
  if (this[kFinished]) throw notInitialised();
  checkPrehashed(key);
  this[kFinished] = true;
  return output(this[kHandle].sign(key, parametersOf(key, request, true), request.p1363), encoding);
};

function Verify(algorithm, options) {
  if (!(this instanceof Verify)) return new Verify(algorithm, options);
  initialise(this, algorithm, options);
}
Object.setPrototypeOf(Verify.prototype, Writable.prototype);
Object.setPrototypeOf(Verify, Writable);

Verify.prototype._write = Sign.prototype._write;
Verify.prototype.update = Sign.prototype.update;

Verify.prototype.verify = function verify(options, signature, encoding) {
  const bytes = toBytes(signature, 'signature', encoding);
  const key = preparePublicKey(options);
  const request = signingOptions(options);
  if (this[kFinished]) throw notInitialised();
  checkPrehashed(key);
  this[kFinished] = true;
  return this[kHandle].verify(key, parametersOf(key, request, false), request.p1363, bytes);
};

// At once

// `undefined` for the algorithms that hash by themselves; for the others the key's default is asked for by null.
function digestOf(algorithm, handle) {
  if (algorithm !== null && algorithm !== undefined) {
    validateString(algorithm, 'algorithm');
    if (!binding.isDigest(algorithm)) throw new ERR_CRYPTO_INVALID_DIGEST(algorithm);
    return algorithm;
  }
  return /^(?:rsa|rsa-pss|dsa|ec)$/.test(handle.algorithm) ? 'sha256' : undefined;
}

function toResult(callback) {
  return (error, bits) => (error ? callback(error) : callback(null, new FastBuffer(bits)));
}

function sign(algorithm, data, key, callback) {
  if (algorithm !== null && algorithm !== undefined) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = toBytes(data, 'data');
  if (!key) throw new ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const request = signingOptions(key);
  const handle = preparePrivateKey(key);
  const args = [handle, digestOf(algorithm, handle), parametersOf(handle, request, true), request.p1363, bytes];
  if (callback === undefined) return new FastBuffer(binding.signOneShot(...args));
  binding.signOneShot(...args, toResult(callback));
}

function verify(algorithm, data, key, signature, callback) {
  if (algorithm !== null && algorithm !== undefined) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = toBytes(data, 'data');
  if (!isArrayBufferView(signature) && !isAnyArrayBuffer(signature) && typeof signature !== 'string') {
    throw new ERR_INVALID_ARG_TYPE('signature', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], signature);
  }
  const request = signingOptions(key);
  const handle = preparePublicKey(key);
  const args = [
    handle, digestOf(algorithm, handle), parametersOf(handle, request, false), request.p1363, bytes,
    toBytes(signature, 'signature'),
  ];
  if (callback === undefined) return binding.verifyOneShot(...args);
  binding.verifyOneShot(...args, (error, valid) => (error ? callback(error) : callback(null, valid)));
}

module.exports = { Sign, Verify, parametersOf, sign, verify };
