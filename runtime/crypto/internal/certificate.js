'use strict';
// crypto.Certificate: SPKAC, the certificate requests of <keygen>.
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const { Buffer } = require('buffer');
const { toBytes } = require('internal/crypto/util');

function verifySpkac(spkac, encoding) {
  return binding.verifySpkac(toBytes(spkac, 'spkac', encoding));
}

function exportPublicKey(spkac, encoding) {
  return Buffer.from(binding.spkacPublicKey(toBytes(spkac, 'spkac', encoding)));
}

function exportChallenge(spkac, encoding) {
  return Buffer.from(binding.spkacChallenge(toBytes(spkac, 'spkac', encoding)));
}

// The functions are the class's and the instances', which were all that there was once.
function Certificate() {
  if (!(this instanceof Certificate)) return new Certificate();
}

for (const target of [Certificate.prototype, Certificate]) {
  Object.assign(target, { verifySpkac, exportPublicKey, exportChallenge });
}

module.exports = { Certificate };
