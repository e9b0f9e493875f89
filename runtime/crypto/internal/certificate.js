'use strict';
// crypto.Certificate: SPKAC, the certificate requests of <keygen>.
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const { Buffer } = require('buffer');
const { toBytes } = require('internal/crypto/util');

const kMaxInt = 2 ** 31 - 1;

function read(spkac, encoding) {
  const bytes = toBytes(spkac, 'spkac', encoding);
  if (bytes.byteLength <= kMaxInt) return bytes;
  throw Object.assign(new RangeError('spkac is too large'), { code: 'ERR_OUT_OF_RANGE' });
}

function verifySpkac(spkac, encoding) {
  const bytes = read(spkac, encoding);
  return bytes.byteLength === 0 ? '' : binding.verifySpkac(bytes);
}

// Of what is no SPKAC it is an empty string.
function bytesOrNothing(text) {
  return text === '' ? '' : Buffer.from(text);
}

function exportPublicKey(spkac, encoding) {
  return bytesOrNothing(binding.spkacPublicKey(read(spkac, encoding)));
}

function exportChallenge(spkac, encoding) {
  return bytesOrNothing(binding.spkacChallenge(read(spkac, encoding)));
}

// The functions are the class's and the instances', which were all that there was once.
function Certificate() {
  if (!(this instanceof Certificate)) return new Certificate();
}

for (const target of [Certificate.prototype, Certificate]) {
  Object.assign(target, { verifySpkac, exportPublicKey, exportChallenge });
}

module.exports = { Certificate };
