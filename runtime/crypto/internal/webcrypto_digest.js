'use strict';
// subtle.digest(): OpenSSL's hash functions, and the extendable ones of internal/crypto/keccak with their parameters.
// Run once per realm, on first use.

const { Buffer } = require('buffer');
const { kDigests, notSupported, operationError } = require('internal/crypto/webcrypto_util');

const kEmpty = Buffer.alloc(0);
const kMaxCustomization = 512;
const kMaxBits = 0xffff_ffff;

function checkCustomization(dictionary, customization) {
  if (customization.byteLength > kMaxCustomization) {
    throw operationError(undefined, `${dictionary}.customization must be at most ${kMaxCustomization} bytes`);
  }
}

function checkWholeBytes(dictionary, bits) {
  if (bits === 0 || bits % 8 !== 0) throw operationError(undefined, `Invalid ${dictionary} outputLength`);
}

// Those of NIST SP 800-185.
const kFunctionNames = ['', 'KMAC', 'TupleHash', 'ParallelHash'];

/** What is wrong with the parameters, which is also what makes an algorithm unsupported. */
function checkDigest(algorithm) {
  const { name, outputLength, functionName = kEmpty, customization = kEmpty, domainSeparation = 0x1f } = algorithm;
  if (name.startsWith('cSHAKE')) {
    if (outputLength === kMaxBits) throw operationError(undefined, 'Invalid CShakeParams outputLength');
    if (!kFunctionNames.includes(functionName.toString('latin1'))) {
      throw notSupported('Unsupported CShakeParams functionName');
    }
    checkCustomization('CShakeParams', customization);
  } else if (name.startsWith('TurboSHAKE')) {
    checkWholeBytes('TurboShakeParams', outputLength);
    if (domainSeparation < 0x01 || domainSeparation > 0x7f) {
      throw operationError(undefined, 'TurboShakeParams.domainSeparation must be in range 0x01-0x7f');
    }
  } else if (name.startsWith('KT')) {
    checkWholeBytes('KangarooTwelveParams', outputLength);
    checkCustomization('KangarooTwelveParams', customization);
  }
}

/** @returns {ArrayBuffer} */
function digest(algorithm, data) {
  const { name, outputLength, functionName = kEmpty, customization = kEmpty, domainSeparation = 0x1f } = algorithm;
  if (name in kDigests) return internalBinding('crypto').oneShotHash(kDigests[name], data, undefined);
  checkDigest(algorithm);
  const { cshake, kangarooTwelve, turboShake } = require('internal/crypto/keccak');
  const strength = Number(name.slice(-3));
  if (name.startsWith('cSHAKE')) return cshake(strength, data, functionName, customization, outputLength);
  if (name.startsWith('KT')) return kangarooTwelve(strength, data, customization, outputLength / 8);
  return turboShake(strength, data, domainSeparation, outputLength / 8);
}

module.exports = { checkDigest, digest };
