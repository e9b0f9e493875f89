'use strict';
// tls.DEFAULT_*: what programs may change for all of their connections. The command line's options go before the built-in
// values.
// Run once per realm by `tls` and internal/tls/secure_context.

const { getOptionValue } = require('internal/options');

// Set by assignment to tls.DEFAULT_*.
const assigned = { __proto__: null };

function fromOptions(table, otherwise) {
  for (const [option, value] of table) if (getOptionValue(option)) return value;
  return otherwise;
}

const kMinOptions = [
  ['--tls-min-v1.0', 'TLSv1'], ['--tls-min-v1.1', 'TLSv1.1'], ['--tls-min-v1.2', 'TLSv1.2'], ['--tls-min-v1.3', 'TLSv1.3'],
];
const kMaxOptions = [['--tls-max-v1.3', 'TLSv1.3'], ['--tls-max-v1.2', 'TLSv1.2']];

function ciphers() {
  return assigned.ciphers ?? require('internal/crypto/constants').constants.defaultCipherList;
}

function ecdhCurve() {
  return assigned.ecdhCurve ?? 'auto';
}

function minVersion() {
  return assigned.minVersion ?? fromOptions(kMinOptions, 'TLSv1.2');
}

function maxVersion() {
  return assigned.maxVersion ?? fromOptions(kMaxOptions, 'TLSv1.3');
}

module.exports = { assigned, ciphers, ecdhCurve, maxVersion, minVersion };
