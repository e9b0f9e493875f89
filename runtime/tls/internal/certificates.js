'use strict';
// tls.rootCertificates, getCACertificates() and setDefaultCACertificates(); the forms that certificates of a connection are
// shown in.
// Run once per realm, on first use.

const binding = internalBinding('tls');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE }, genericNodeError } = require('internal/errors');
const { validateArray, validateString } = require('internal/validators');
const { isArrayBufferView } = require('internal/util/types');
const { getOptionValue } = require('internal/options');

let bundled;
function rootCertificates() {
  bundled ??= Object.freeze(binding.getRootCertificates());
  return bundled;
}

function splitPem(text) {
  return text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----\n?/g) ?? [];
}

function readFiles(files) {
  const fs = require('fs');
  const certificates = [];
  for (const file of files) {
    try {
      certificates.push(...splitPem(fs.readFileSync(file, 'latin1')));
    } catch {
      // Not there: no certificates.
    }
  }
  return certificates;
}

// Debian's place and those of other distributions.
const kSystemFiles = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem'];

let system;
function systemCertificates() {
  if (system === undefined) {
    const { SSL_CERT_FILE } = process.env;
    const found = SSL_CERT_FILE ? [SSL_CERT_FILE] : kSystemFiles.filter(require('fs').existsSync).slice(0, 1);
    system = Object.freeze(readFiles(found));
  }
  return system;
}

let extra;
function extraCertificates() {
  const file = process.env.NODE_EXTRA_CA_CERTS;
  if (extra !== undefined) return extra;
  if (file && !require('fs').existsSync(file)) {
    process.emitWarning(
      `Ignoring extra certs from \`${file}\`, load failed: error:80000002:system library::No such file or directory`);
  }
  extra = Object.freeze(file ? readFiles([file]) : []);
  return extra;
}

let override;

/** The certificates in place of the bundled ones alone; undefined when those are all. */
function defaultOverride() {
  if (override !== undefined) return override;
  const sources = [];
  if (getOptionValue('--use-system-ca')) sources.push(...systemCertificates());
  if (getOptionValue('--use-openssl-ca')) return systemCertificates();
  if (process.env.NODE_EXTRA_CA_CERTS) sources.push(...extraCertificates());
  if (sources.length === 0) return undefined;
  return [...rootCertificates(), ...sources];
}

let defaults;
function getCACertificates(type = 'default') {
  validateString(type, 'type');
  switch (type) {
    case 'system': return systemCertificates();
    case 'bundled': return rootCertificates();
    case 'extra': return extraCertificates();
    case 'default':
      defaults ??= Object.freeze([...defaultOverride() ?? rootCertificates()]);
      return defaults;
    default: throw new ERR_INVALID_ARG_VALUE('type', type);
  }
}

function badCertificate() {
  return genericNodeError('error:0488000D:PEM routines::ASN1 lib',
                          { library: 'PEM routines', reason: 'ASN1 lib', code: 'ERR_OSSL_PEM_ASN1_LIB' });
}

function setDefaultCACertificates(certs) {
  validateArray(certs, 'certs');
  const list = [];
  for (let i = 0; i < certs.length; i++) {
    const certificate = certs[i];
    if (typeof certificate !== 'string' && !isArrayBufferView(certificate)) {
      throw new ERR_INVALID_ARG_TYPE(`certs[${i}]`, ['string', 'ArrayBufferView'], certificate);
    }
    const { Buffer } = require('buffer');
    const text = typeof certificate === 'string' ? certificate :
      Buffer.from(certificate.buffer, certificate.byteOffset, certificate.byteLength).toString('latin1');
    const parsed = splitPem(text);
    if (parsed.length === 0) {
      throw genericNodeError('No valid certificates found in the provided array', { code: 'ERR_CRYPTO_OPERATION_FAILED' });
    }
    // Each must be one.
    const { CertificateHandle } = internalBinding('crypto');
    for (const pem of parsed) {
      const { error } = new CertificateHandle(Buffer.from(pem));
      if (error !== undefined) throw error.library === 'PEM routines' ? error : badCertificate();
    }
    list.push(...parsed);
  }
  override = [...new Set(list)];
  defaults = undefined;
}

// A chain of native certificates, the peer's own first, as getPeerCertificate() gives it.
function legacyChain(handles, detailed) {
  if (handles.length === 0) return {};
  const { legacyObject } = require('internal/crypto/x509');
  const objects = (detailed ? handles : handles.slice(0, 1)).map(legacyObject);
  if (detailed) {
    for (let i = 0; i + 1 < objects.length; i++) objects[i].issuerCertificate = objects[i + 1];
    const last = objects.length - 1;
    if (handles[last].selfIssued) objects[last].issuerCertificate = objects[last];
  }
  return objects[0];
}

/** The same chain as an X509Certificate. */
function x509Chain(handles) {
  const { withIssuer } = require('internal/crypto/x509');
  if (handles.length === 0) return undefined;
  const last = handles[handles.length - 1];
  // Who signs for himself is his own issuer.
  let certificate = last.selfIssued ? withIssuer(last, undefined) : undefined;
  for (let i = handles.length - 1; i >= 0; i--) certificate = withIssuer(handles[i], certificate);
  return certificate;
}

// What the environment and the machine's files say.
function forgetProcess() {
  system = extra = defaults = undefined;
}

module.exports = {
  defaultOverride, forgetProcess, getCACertificates, legacyChain, rootCertificates, setDefaultCACertificates, x509Chain,
};
