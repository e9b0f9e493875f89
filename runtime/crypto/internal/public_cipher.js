'use strict';
// publicEncrypt, publicDecrypt, privateEncrypt, privateDecrypt: RSA over a few bytes; encapsulate and decapsulate.
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const {
  codes: { ERR_CRYPTO_OPERATION_FAILED },
} = require('internal/errors');
const { validateFunction, validateString } = require('internal/validators');
const { FastBuffer } = require('internal/buffer');
const { toBytes } = require('internal/crypto/util');
const { preparePrivateKey, preparePublicKey } = require('internal/crypto/key_object');

const RSA_PKCS1_PADDING = 1;
const RSA_PKCS1_OAEP_PADDING = 4;

function oaepParameters({ oaepHash, oaepLabel, encoding }) {
  const list = [];
  if (oaepHash !== undefined) {
    validateString(oaepHash, 'key.oaepHash');
    if (!binding.isDigest(oaepHash)) {
      throw Object.assign(new Error('Invalid digest used'), { code: 'ERR_OSSL_EVP_INVALID_DIGEST' });
    }
  }
  const digest = oaepHash ?? 'sha1';
  list.push('digest', digest, 'mgf1-digest', digest);
  if (oaepLabel !== undefined) {
    const label = toBytes(oaepLabel, 'key.oaepLabel', encoding);
    if (label.byteLength > 0) list.push('oaep-label', label);
  }
  return list;
}

function define(operation, prepare, defaultPadding) {
  return (key, buffer) => {
    const options = typeof key === 'object' && key !== null ? key : {};
    const padding = options.padding || defaultPadding;
    const isCipher = operation === binding.kEncrypt || operation === binding.kDecrypt;
    const list = ['pad-mode', padding];
    // Checked whatever the padding is, used with one.
    const oaep = isCipher ? oaepParameters(options) : [];
    const handle = prepare(key);
    if (padding === RSA_PKCS1_OAEP_PADDING) list.push(...oaep);
    const data = toBytes(buffer, 'buffer', options.encoding);
    return new FastBuffer(binding.pkeyTransform(operation, handle, list, data));
  };
}

const publicEncrypt = define(binding.kEncrypt, preparePublicKey, RSA_PKCS1_OAEP_PADDING);
const publicDecrypt = define(binding.kVerifyRecover, preparePublicKey, RSA_PKCS1_PADDING);
const prepareNamed = (key) => preparePrivateKey(key, 'privateKey');
const privateEncrypt = define(binding.kSign, prepareNamed, RSA_PKCS1_PADDING);
const privateDecrypt = define(binding.kDecrypt, prepareNamed, RSA_PKCS1_OAEP_PADDING);

function failed(what) {
  return new ERR_CRYPTO_OPERATION_FAILED(`Failed to perform ${what}`);
}

function toPair([sharedKey, ciphertext]) {
  return { sharedKey: new FastBuffer(sharedKey), ciphertext: new FastBuffer(ciphertext) };
}

function encapsulate(key, callback) {
  const handle = preparePublicKey(key);
  if (callback !== undefined) {
    validateFunction(callback, 'callback');
    binding.encapsulate(handle, (error, pair) => (
      error ? callback(failed('encapsulation')) : callback(null, toPair(pair))));
    return undefined;
  }
  let pair;
  try {
    pair = binding.encapsulate(handle);
  } catch {
    throw failed('encapsulation');
  }
  return toPair(pair);
}

function decapsulate(key, ciphertext, callback) {
  const handle = preparePrivateKey(key);
  const bytes = toBytes(ciphertext, 'ciphertext');
  if (callback !== undefined) {
    validateFunction(callback, 'callback');
    binding.decapsulate(handle, bytes, (error, secret) => (
      error ? callback(Object.assign(failed('decapsulation'), { message: 'Deriving bits failed' })) : callback(null, new FastBuffer(secret))));
    return undefined;
  }
  let secret;
  try {
    secret = binding.decapsulate(handle, bytes);
  } catch {
    throw failed('decapsulation');
  }
  return new FastBuffer(secret);
}

module.exports = { decapsulate, encapsulate, privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt };
