'use strict';
// X509Certificate, and the plain objects that tls makes of certificates.
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const { validateBoolean, validateObject, validateString } = require('internal/validators');
const { customInspectSymbol: kInspect } = require('internal/util');
const { isArrayBufferView } = require('internal/util/types');
const { FastBuffer } = require('internal/buffer');
const { kClone, kDeserialize } = require('internal/messaging/transferable');
const { Buffer } = require('buffer');

const X509_CHECK_FLAG_ALWAYS_CHECK_SUBJECT = 0x1;
const X509_CHECK_FLAG_NO_WILDCARDS = 0x2;
const X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS = 0x4;
const X509_CHECK_FLAG_MULTI_LABEL_WILDCARDS = 0x8;
const X509_CHECK_FLAG_SINGLE_LABEL_SUBDOMAINS = 0x10;
const X509_CHECK_FLAG_NEVER_CHECK_SUBJECT = 0x20;

const kSubject = {
  '__proto__': null,
  'default': 0,
  'always': X509_CHECK_FLAG_ALWAYS_CHECK_SUBJECT,
  'never': X509_CHECK_FLAG_NEVER_CHECK_SUBJECT,
};

function checkFlags(options) {
  if (options === undefined) return 0;
  validateObject(options, 'options');
  const {
    subject = 'default', wildcards = true, partialWildcards = true, multiLabelWildcards = false,
    singleLabelSubdomains = false,
  } = { ...options };
  validateString(subject, 'options.subject');
  validateBoolean(wildcards, 'options.wildcards');
  validateBoolean(partialWildcards, 'options.partialWildcards');
  validateBoolean(multiLabelWildcards, 'options.multiLabelWildcards');
  validateBoolean(singleLabelSubdomains, 'options.singleLabelSubdomains');
  if (kSubject[subject] === undefined) throw new ERR_INVALID_ARG_VALUE('options.subject', subject);
  return kSubject[subject] | (wildcards ? 0 : X509_CHECK_FLAG_NO_WILDCARDS) |
    (partialWildcards ? 0 : X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS) |
    (multiLabelWildcards ? X509_CHECK_FLAG_MULTI_LABEL_WILDCARDS : 0) |
    (singleLabelSubdomains ? X509_CHECK_FLAG_SINGLE_LABEL_SUBDOMAINS : 0);
}

function found(result) {
  if (result === null) throw Object.assign(new TypeError('Invalid name'), { code: 'ERR_INVALID_ARG_VALUE' });
  return result;
}

let isX509Certificate;
let withIssuer;

// What a clone is made with, before it has its certificate.
const kToBeFilled = Symbol('kToBeFilled');

function ClonedX509Certificate() {
  return new X509Certificate(kToBeFilled);
}

class X509Certificate {
  #handle;
  #cache = new Map();

  constructor(buffer) {
    if (buffer === kToBeFilled) return;
    if (buffer instanceof binding.CertificateHandle) {
      this.#handle = buffer;
      return;
    }
    if (typeof buffer === 'string') buffer = Buffer.from(buffer);
    if (!isArrayBufferView(buffer)) {
      throw new ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
    }
    this.#handle = new binding.CertificateHandle(buffer);
    const { error } = this.#handle;
    if (error !== undefined) throw error;
  }

  // What was asked for once is the same afterwards.
  #once(name, make) {
    if (!this.#cache.has(name)) this.#cache.set(name, make(this.#handle));
    return this.#cache.get(name);
  }

  get subject() { return this.#once('subject', (handle) => handle.subject); }

  get subjectAltName() { return this.#once('subjectAltName', (handle) => handle.subjectAltName); }

  get issuer() { return this.#once('issuer', (handle) => handle.issuer); }

  get issuerCertificate() { return this.#cache.get('issuerCertificate'); }

  get infoAccess() { return this.#once('infoAccess', (handle) => handle.infoAccess); }

  get validFrom() { return this.#once('validFrom', (handle) => handle.validFrom); }

  get validTo() { return this.#once('validTo', (handle) => handle.validTo); }

  get validFromDate() { return this.#once('validFromDate', (handle) => new Date(handle.validFromSeconds * 1000)); }

  get validToDate() { return this.#once('validToDate', (handle) => new Date(handle.validToSeconds * 1000)); }

  get fingerprint() { return this.#once('fingerprint', (handle) => handle.fingerprint('sha1')); }

  get fingerprint256() { return this.#once('fingerprint256', (handle) => handle.fingerprint('sha256')); }

  get fingerprint512() { return this.#once('fingerprint512', (handle) => handle.fingerprint('sha512')); }

  get keyUsage() { return this.#once('keyUsage', (handle) => handle.extendedKeyUsage); }

  get serialNumber() { return this.#once('serialNumber', (handle) => handle.serialNumber); }

  get signatureAlgorithm() { return this.#once('signatureAlgorithm', (handle) => handle.signatureAlgorithm); }

  get signatureAlgorithmOid() { return this.#once('signatureAlgorithmOid', (handle) => handle.signatureAlgorithmOid); }

  get raw() { return this.#once('raw', (handle) => new FastBuffer(handle.raw())); }

  get publicKey() {
    return this.#once('publicKey', (handle) => require('internal/crypto/key_object').wrapKey(handle.publicKey()));
  }

  toString() { return this.#once('pem', (handle) => handle.pem()); }

  [kClone]() {
    return { data: new Uint8Array(this.raw), deserializeInfo: 'internal/crypto/x509:ClonedX509Certificate' };
  }

  [kDeserialize](raw) {
    this.#handle = new binding.CertificateHandle(raw);
  }

  // JSON has no other form for it than PEM.
  toJSON() { return this.toString(); }

  get ca() { return this.#once('ca', (handle) => handle.ca); }

  checkHost(name, options) {
    validateString(name, 'name');
    return found(this.#handle.checkHost(name, checkFlags(options)));
  }

  checkEmail(email, options) {
    validateString(email, 'email');
    return found(this.#handle.checkEmail(email, checkFlags(options)));
  }

  checkIP(ip, options) {
    validateString(ip, 'ip');
    checkFlags(options);
    return found(this.#handle.checkIp(ip));
  }

  checkIssued(otherCert) {
    if (!isX509Certificate(otherCert)) throw new ERR_INVALID_ARG_TYPE('otherCert', 'X509Certificate', otherCert);
    return this.#handle.checkIssued(otherCert.#handle);
  }

  checkPrivateKey(pkey) {
    return this.#handle.checkPrivateKey(keyHandle(pkey, 'private'));
  }

  verify(pkey) {
    return this.#handle.verify(keyHandle(pkey, 'public'));
  }

  toLegacyObject() { return this.#once('legacy', legacyObject); }

  [kInspect](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const shown = {};
    for (const name of kShown) shown[name] = this[name];
    return `X509Certificate ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  static {
    // One certificate with that of who issued it.
    withIssuer = (handle, issuer) => {
      const certificate = new X509Certificate(handle);
      certificate.#cache.set('issuerCertificate', issuer);
      return certificate;
    };
    isX509Certificate = (value) => typeof value === 'object' && value !== null && #handle in value;
  }
}

const kShown = [
  'subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'validFromDate', 'validToDate',
  'fingerprint', 'fingerprint256', 'fingerprint512', 'keyUsage', 'serialNumber', 'signatureAlgorithm',
  'signatureAlgorithmOid',
];

function keyHandle(pkey, type) {
  const { handleOf: handleOfKey, isKeyObject, kPrivate, kPublic } = require('internal/crypto/key_object');
  if (!isKeyObject(pkey)) throw new ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', pkey);
  const handle = handleOfKey(pkey);
  if (handle.type !== (type === 'private' ? kPrivate : kPublic)) throw new ERR_INVALID_ARG_VALUE('pkey', pkey);
  return handle;
}

// The form that tls.TLSSocket.getPeerCertificate() gives

function nameObject(parts) {
  const object = { __proto__: null };
  for (let i = 0; i < parts.length; i += 2) {
    const [type, value] = [parts[i], parts[i + 1]];
    const before = object[type];
    if (before === undefined) object[type] = value;
    else if (Array.isArray(before)) before.push(value);
    else object[type] = [before, value];
  }
  return object;
}

function infoAccessObject(text) {
  if (text === undefined) return undefined;
  const object = { __proto__: null };
  for (const line of text.split('\n')) {
    const at = line.indexOf(':');
    const key = line.slice(0, at);
    let value = line.slice(at + 1);
    if (value.startsWith('"')) value = JSON.parse(value);
    (object[key] ??= []).push(value);
  }
  return object;
}

const kNistCurves = { '__proto__': null, 'prime256v1': 'P-256', 'secp384r1': 'P-384', 'secp521r1': 'P-521',
                      'secp224r1': 'P-224', 'prime192v1': 'P-192' };

// 1.2.840.113549.1.1.10; that of plain RSA ends in 1.
const kRsaPssId = Buffer.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a);

function keyProperties(handle) {
  const none = { modulus: undefined, exponent: undefined, pubkey: undefined, bits: undefined };
  let key;
  try {
    key = handle.publicKey();
  } catch {
    return [none, undefined];
  }
  switch (key.algorithm) {
    case 'rsa':
    case 'rsa-pss': {
      const hex = (name) => Buffer.from(key.bignum(name)).toString('hex');
      const encoded = new FastBuffer(key.encode(true, false, 'SubjectPublicKeyInfo'));
      // A key for RSA-PSS has always been named a plain one here.
      if (key.algorithm === 'rsa-pss') encoded[encoded.indexOf(kRsaPssId) + kRsaPssId.length - 1] = 0x01;
      return [{
        modulus: hex('n').toUpperCase(), exponent: `0x${BigInt(`0x${hex('e')}`).toString(16)}`,
        pubkey: encoded, bits: key.bits,
      }, undefined];
    }
    case 'ec':
      return [{ ...none, pubkey: new FastBuffer(key.bytes('pub')), bits: key.bits }, key.text('group')];
    default:
      return [none, undefined];
  }
}

function legacyObject(handle) {
  const [key, curve] = keyProperties(handle);
  return {
    subject: nameObject(handle.nameParts(false)),
    issuer: nameObject(handle.nameParts(true)),
    subjectaltname: handle.subjectAltName,
    infoAccess: infoAccessObject(handle.infoAccess),
    ca: handle.ca,
    ...key,
    valid_from: handle.validFrom,
    valid_to: handle.validTo,
    fingerprint: handle.fingerprint('sha1'),
    fingerprint256: handle.fingerprint('sha256'),
    fingerprint512: handle.fingerprint('sha512'),
    ext_key_usage: handle.extendedKeyUsage,
    serialNumber: handle.serialNumber,
    raw: new FastBuffer(handle.raw()),
    asn1Curve: curve,
    nistCurve: curve === undefined ? undefined : kNistCurves[curve],
  };
}

module.exports = { ClonedX509Certificate, X509Certificate, isX509Certificate, legacyObject, withIssuer };
