'use strict';
// KeyObject.asymmetricKeyDetails: what is worth knowing of an asymmetric key, by its type.
// Run once per realm, on first use.

// A number of OpenSSL (an ArrayBuffer) as a BigInt.
function toBigInt(arrayBuffer) {
  const hex = require('buffer').Buffer.from(arrayBuffer).toString('hex');
  return BigInt(hex === '' ? 0 : `0x${hex}`);
}

// OpenSSL's spelling of digests to Node's.
function digestName(name) {
  return name.toLowerCase().replace(/^sha2-/, 'sha');
}

function rsaPssDetails(handle) {
  const saltLength = handle.integer('saltlen');
  if (saltLength === undefined) return {};
  // What has its default value is not said.
  return {
    hashAlgorithm: digestName(handle.text('digest') ?? 'sha1'),
    mgf1HashAlgorithm: digestName(handle.text('mgf1-digest') ?? 'sha1'),
    saltLength,
  };
}

function keyDetails(handle) {
  switch (handle.algorithm) {
    case 'rsa':
    case 'rsa-pss': {
      const details = { modulusLength: handle.bits, publicExponent: toBigInt(handle.bignum('e')) };
      return handle.algorithm === 'rsa' ? details : { ...details, ...rsaPssDetails(handle) };
    }
    case 'dsa':
      return { modulusLength: handle.bits, divisorLength: toBigInt(handle.bignum('q')).toString(2).length };
    case 'ec': {
      const namedCurve = handle.text('group');
      return namedCurve === undefined ? {} : { namedCurve };
    }
    default:
      return {};
  }
}

module.exports = { digestName, keyDetails };
