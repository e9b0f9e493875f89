'use strict';
// crypto.constants: numbers of OpenSSL's headers, and the default cipher lists of tls.
// Run once per realm, on first use.

const kDefaultCipherList = [
  'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES256-GCM-SHA384',
  'DHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'DHE-RSA-AES128-SHA256', 'ECDHE-RSA-AES256-SHA384',
  'DHE-RSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA256', 'DHE-RSA-AES256-SHA256', 'HIGH', '!aNULL', '!eNULL', '!EXPORT',
  '!DES', '!RC4', '!MD5', '!PSK', '!SRP', '!CAMELLIA',
].join(':');

// Made from one list in C++, which has the headers.
const constants = { __proto__: null, ...internalBinding('crypto').constants };
constants.defaultCoreCipherList = kDefaultCipherList;
constants.TLS1_VERSION = 0x0301;
constants.TLS1_1_VERSION = 0x0302;
constants.TLS1_2_VERSION = 0x0303;
constants.TLS1_3_VERSION = 0x0304;
constants.POINT_CONVERSION_COMPRESSED = 2;
constants.POINT_CONVERSION_UNCOMPRESSED = 4;
constants.POINT_CONVERSION_HYBRID = 6;
const { getOptionValue } = require('internal/options');
constants.defaultCipherList = getOptionValue('--tls-cipher-list') || kDefaultCipherList;

module.exports = { constants: Object.freeze(constants) };
