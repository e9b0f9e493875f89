'use strict';
// Keys as JSON Web Keys (RFC 7517, 7518, 8037 and the drafts for ML-DSA).
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const {
  codes: {
    ERR_CRYPTO_INVALID_CURVE, ERR_CRYPTO_INVALID_JWK, ERR_CRYPTO_JWK_UNSUPPORTED_CURVE,
    ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE,
  },
} = require('internal/errors');
const { Buffer } = require('buffer');

const kPrivate = 2;

// JWK's name of each number of an RSA key to OpenSSL's.
const kRsaPublic = { n: 'n', e: 'e' };
const kRsaPrivate = {
  d: 'd', p: 'rsa-factor1', q: 'rsa-factor2', dp: 'rsa-exponent1', dq: 'rsa-exponent2', qi: 'rsa-coefficient1',
};

const kCurves = [
  { crv: 'P-256', group: 'prime256v1', size: 32 },
  { crv: 'secp256k1', group: 'secp256k1', size: 32 },
  { crv: 'P-384', group: 'secp384r1', size: 48 },
  { crv: 'P-521', group: 'secp521r1', size: 66 },
];

const kOkp = {
  '__proto__': null, 'ed25519': 'Ed25519', 'ed448': 'Ed448', 'x25519': 'X25519', 'x448': 'X448',
};

function invalid(message) {
  return Object.assign(new ERR_CRYPTO_INVALID_JWK(), { message });
}

function encode(arrayBuffer, size = 0) {
  let bytes = Buffer.from(arrayBuffer);
  if (bytes.length < size) bytes = Buffer.concat([Buffer.alloc(size - bytes.length), bytes]);
  return bytes.toString('base64url');
}

// Export

function exportRsa(handle) {
  const jwk = { kty: 'RSA' };
  const names = handle.type === kPrivate ? { ...kRsaPublic, ...kRsaPrivate } : kRsaPublic;
  for (const name of Object.keys(names)) jwk[name] = encode(handle.bignum(names[name]));
  return jwk;
}

function exportEc(handle) {
  const curve = kCurves.find(({ group }) => group === handle.text('group'));
  if (curve === undefined) {
    throw new ERR_CRYPTO_JWK_UNSUPPORTED_CURVE(`Unsupported JWK EC curve: ${handle.text('group')}.`);
  }
  const jwk = {
    kty: 'EC', x: encode(handle.bignum('qx'), curve.size), y: encode(handle.bignum('qy'), curve.size), crv: curve.crv,
  };
  if (handle.type === kPrivate) jwk.d = encode(handle.bignum('priv'), curve.size);
  return jwk;
}

function exportOkp(handle, crv) {
  const jwk = { crv };
  if (handle.type === kPrivate) jwk.d = encode(handle.bytes('priv'));
  return { ...jwk, x: encode(handle.bytes('pub')), kty: 'OKP' };
}

// SLH-DSA's variants end in a small letter.
function akpName(algorithm) {
  return algorithm.startsWith('slh-') ? algorithm.slice(0, -1).toUpperCase() + algorithm.slice(-1) : algorithm.toUpperCase();
}

function exportAkp(handle) {
  const jwk = { kty: 'AKP', alg: akpName(handle.algorithm), pub: encode(handle.bytes('pub')) };
  if (handle.type !== kPrivate) return jwk;
  if (handle.algorithm.startsWith('slh-')) return { ...jwk, priv: encode(handle.bytes('priv')) };
  const seed = handle.bytes('seed');
  if (seed === undefined) {
    throw Object.assign(new Error('key does not have an available seed'), { code: 'ERR_CRYPTO_OPERATION_FAILED' });
  }
  return { ...jwk, priv: encode(seed) };
}

function exportJwk(handle) {
  const type = handle.algorithm;
  if (type === 'rsa') return exportRsa(handle);
  if (type === 'ec') return exportEc(handle);
  if (type in kOkp) return exportOkp(handle, kOkp[type]);
  if (/^(?:ml-dsa|ml-kem|slh-dsa)-/.test(type)) return exportAkp(handle);
  throw new ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE();
}

// Import

function bytesOf(jwk, name, what) {
  const value = jwk[name];
  if (typeof value !== 'string') throw invalid(what);
  return Buffer.from(value, 'base64url');
}

function importRsa(jwk) {
  const what = 'Invalid JWK RSA key';
  const isPrivate = jwk.d !== undefined;
  const list = [];
  for (const name of Object.keys(kRsaPublic)) list.push(kRsaPublic[name], [bytesOf(jwk, name, what)]);
  if (isPrivate) for (const name of Object.keys(kRsaPrivate)) list.push(kRsaPrivate[name], [bytesOf(jwk, name, what)]);
  return finish(binding.keyFromParameters('RSA', isPrivate, list), what);
}

function importEc(jwk) {
  const what = 'Invalid JWK EC key';
  const curve = kCurves.find(({ crv }) => crv === jwk.crv);
  if (curve === undefined) throw new ERR_CRYPTO_INVALID_CURVE();
  const pad = (bytes) => Buffer.concat([Buffer.alloc(Math.max(0, curve.size - bytes.length)), bytes]);
  const x = pad(bytesOf(jwk, 'x', what));
  const y = pad(bytesOf(jwk, 'y', what));
  if (x.length !== curve.size || y.length !== curve.size) throw invalid(what);
  const list = ['group', curve.group, 'pub', Buffer.concat([Buffer.of(4), x, y])];
  const isPrivate = jwk.d !== undefined;
  if (isPrivate) list.push('priv', [bytesOf(jwk, 'd', what)]);
  return finish(binding.keyFromParameters('EC', isPrivate, list), what);
}

function importOkp(jwk) {
  const what = 'Invalid JWK OKP key';
  const type = Object.keys(kOkp).find((name) => kOkp[name] === jwk.crv);
  if (type === undefined) throw invalid('Unsupported JWK OKP curve');
  const x = bytesOf(jwk, 'x', what);
  if (jwk.d === undefined) return finish(binding.keyFromRaw(type, false, x), what);
  const handle = finish(binding.keyFromRaw(type, true, bytesOf(jwk, 'd', what)), what);
  if (!x.equals(Buffer.from(handle.bytes('pub')))) throw invalid(what);
  return handle;
}

function importAkp(jwk) {
  const what = 'Invalid JWK AKP key';
  if (typeof jwk.alg !== 'string' ||
      !/^(?:ML-(?:DSA-(?:44|65|87)|KEM-(?:512|768|1024))|SLH-DSA-(?:SHA2|SHAKE)-(?:128|192|256)[fs])$/.test(jwk.alg)) {
    throw invalid('Unsupported JWK AKP "alg"');
  }
  const pub = bytesOf(jwk, 'pub', what);
  if (jwk.priv === undefined) return finish(binding.keyFromRaw(jwk.alg, false, pub), what);
  const seed = bytesOf(jwk, 'priv', what);
  const handle = finish(jwk.alg.startsWith('SLH') ? binding.keyFromRaw(jwk.alg, true, seed) :
    binding.keyFromParameters(jwk.alg, true, ['seed', seed]), what);
  if (!pub.equals(Buffer.from(handle.bytes('pub')))) throw invalid(what);
  return handle;
}

function finish(handle, what) {
  if (handle === undefined) throw invalid(what);
  return handle;
}

const kImports = { __proto__: null, RSA: importRsa, EC: importEc, OKP: importOkp, AKP: importAkp };

/** The native key of a JWK; one with a private part serves as a public key, too. */
function importJwk(jwk, wantPrivate) {
  const read = kImports[jwk.kty];
  if (read === undefined) throw invalid(`${jwk.kty} is not a supported JWK key type`);
  const name = jwk.kty === 'AKP' ? 'priv' : 'd';
  if (jwk.kty === 'EC' && typeof jwk.crv !== 'string') throw invalid('Invalid JWK EC key');
  if (jwk.kty === 'EC' && !kCurves.some(({ crv }) => crv === jwk.crv)) throw new ERR_CRYPTO_INVALID_CURVE();
  const handle = read(wantPrivate ? jwk : { ...jwk, [name]: undefined });
  if (wantPrivate && jwk[name] === undefined) throw invalid('JWK does not contain private key material');
  return handle;
}

module.exports = { exportJwk, importJwk, kCurves };
