'use strict';
// DiffieHellman, DiffieHellmanGroup, ECDH and the stateless diffieHellman().
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const {
  codes: {
    ERR_CRYPTO_ECDH_INVALID_FORMAT, ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY, ERR_CRYPTO_INCOMPATIBLE_KEY,
    ERR_CRYPTO_INVALID_CURVE, ERR_CRYPTO_INVALID_KEYLEN, ERR_CRYPTO_INVALID_KEYPAIR, ERR_CRYPTO_INVALID_KEYTYPE,
    ERR_CRYPTO_INVALID_STATE, ERR_CRYPTO_OPERATION_FAILED, ERR_CRYPTO_UNKNOWN_DH_GROUP, ERR_INVALID_ARG_TYPE,
    ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { validateFunction, validateInt32, validateObject, validateString } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { deprecate } = require('internal/util');
const { Buffer } = require('buffer');
const { FastBuffer } = require('internal/buffer');
const { output, toBytes } = require('internal/crypto/util');

const kHandle = Symbol('kHandle');
const kDefaultGenerator = 2;
const kNumberOrBytes = ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function withMessage(ErrorClass, message) {
  return Object.assign(new ErrorClass(message), { message });
}

function invalidArgument(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}

function isBytesLike(value) {
  return typeof value === 'string' || isArrayBufferView(value) || isAnyArrayBuffer(value);
}

function DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  if (!(this instanceof DiffieHellman)) return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  if (typeof sizeOrKey !== 'number' && !isBytesLike(sizeOrKey)) {
    throw new ERR_INVALID_ARG_TYPE('sizeOrKey', kNumberOrBytes, sizeOrKey);
  }
  if (typeof sizeOrKey === 'number') validateInt32(sizeOrKey, 'sizeOrKey');
  // (prime, generator): the encoding was left out.
  if (keyEncoding && !Buffer.isEncoding(keyEncoding) && keyEncoding !== 'buffer') {
    genEncoding = generator;
    generator = keyEncoding;
    keyEncoding = false;
  }
  if (typeof sizeOrKey !== 'number') sizeOrKey = toBytes(sizeOrKey, 'sizeOrKey', keyEncoding || undefined);
  if (!generator) {
    generator = kDefaultGenerator;
  } else if (typeof generator === 'number') {
    validateInt32(generator, 'generator');
  } else if (isBytesLike(generator)) {
    if (typeof sizeOrKey === 'number') throw invalidArgument('Second argument must be an int32');
    generator = toBytes(generator, 'generator', genEncoding);
  } else {
    throw new ERR_INVALID_ARG_TYPE('generator', kNumberOrBytes, generator);
  }
  open(this, sizeOrKey, generator);
}

function invalidParameters() {
  return Object.assign(new TypeError('Invalid DH parameters'), { code: 'ERR_INVALID_ARG_VALUE' });
}

function open(self, sizeOrPrime, generator) {
  const handle = new binding.DiffieHellman(sizeOrPrime, generator);
  const { error } = handle;
  if (error !== undefined) throw error.code === undefined ? invalidParameters() : error;
  self[kHandle] = handle;
  Object.defineProperty(self, 'verifyError', {
    __proto__: null, enumerable: true, value: handle.verifyError, writable: false,
  });
}

function DiffieHellmanGroup(name) {
  if (!(this instanceof DiffieHellmanGroup)) return new DiffieHellmanGroup(name);
  if (typeof name !== 'string') throw invalidArgument('Group name must be a string');
  const prime = binding.groupPrime(name.toLowerCase());
  if (prime === undefined) throw new ERR_CRYPTO_UNKNOWN_DH_GROUP();
  open(this, prime, kDefaultGenerator);
}

const kSecretErrors = [
  undefined,
  () => withMessage(ERR_CRYPTO_INVALID_KEYLEN, 'Supplied key is too small'),
  () => withMessage(ERR_CRYPTO_INVALID_KEYLEN, 'Supplied key is too large'),
  invalidParameters,
];

const dhMethods = {
  generateKeys(encoding) {
    return output(this[kHandle].generateKeys(), encoding);
  },

  computeSecret(key, inputEncoding, outputEncoding) {
    const secret = this[kHandle].computeSecret(toBytes(key, 'otherPublicKey', inputEncoding));
    if (typeof secret === 'number') {
      throw kSecretErrors[secret]();
    }
    return output(secret, outputEncoding);
  },

  getPrime(encoding) {
    return output(this[kHandle].getPrime(), encoding);
  },

  getGenerator(encoding) {
    return output(this[kHandle].getGenerator(), encoding);
  },

  getPublicKey(encoding) {
    const key = this[kHandle].getPublicKey();
    if (key === undefined) {
      throw withMessage(ERR_CRYPTO_INVALID_STATE, 'No public key - did you forget to generate one?');
    }
    return output(key, encoding);
  },

  getPrivateKey(encoding) {
    const key = this[kHandle].getPrivateKey();
    if (key === undefined) {
      throw withMessage(ERR_CRYPTO_INVALID_STATE, 'No private key - did you forget to generate one?');
    }
    return output(key, encoding);
  },
};

const dhSetters = {
  setPublicKey(key, encoding) {
    this[kHandle].setPublicKey(toBytes(key, 'key', encoding));
    return this;
  },

  setPrivateKey(key, encoding) {
    this[kHandle].setPrivateKey(toBytes(key, 'key', encoding));
    return this;
  },
};

Object.assign(DiffieHellman.prototype, dhMethods, dhSetters);
// Groups are what they are: no setters.
Object.assign(DiffieHellmanGroup.prototype, dhMethods);

function createDiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
}

function createDiffieHellmanGroup(name) {
  return new DiffieHellmanGroup(name);
}

// ECDH

const kForms = { '__proto__': null, 'compressed': 2, 'uncompressed': 4, 'hybrid': 6 };

function pointForm(format) {
  if (!format) return kForms.uncompressed;
  const form = kForms[format];
  if (form === undefined) throw new ERR_CRYPTO_ECDH_INVALID_FORMAT(format);
  return form;
}

function ECDH(curve) {
  if (!(this instanceof ECDH)) return new ECDH(curve);
  validateString(curve, 'curve');
  this[kHandle] = new binding.ECDH(curve);
  if (!this[kHandle].valid) throw new ERR_CRYPTO_INVALID_CURVE();
}

Object.assign(ECDH.prototype, {
  computeSecret(key, inputEncoding, outputEncoding) {
    const secret = this[kHandle].computeSecret(toBytes(key, 'otherPublicKey', inputEncoding));
    // Without a private key of this side's there is no telling whose fault it is.
    if (secret === null && this[kHandle].getPrivateKey() !== undefined) throw new ERR_CRYPTO_INVALID_KEYPAIR();
    if (secret === undefined || secret === null) throw new ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY();
    return output(secret, outputEncoding);
  },

  setPrivateKey(key, encoding) {
    if (!this[kHandle].setPrivateKey(toBytes(key, 'key', encoding))) {
      throw Object.assign(new RangeError('Private key is not valid for specified curve.'),
                          { code: new ERR_CRYPTO_INVALID_KEYTYPE().code });
    }
    return this;
  },

  setPublicKey(key, encoding) {
    if (!this[kHandle].setPublicKey(toBytes(key, 'key', encoding))) {
      throw withMessage(ERR_CRYPTO_OPERATION_FAILED, 'Failed to convert Buffer to EC_POINT');
    }
    return this;
  },

  getPrivateKey(encoding) {
    const key = this[kHandle].getPrivateKey();
    if (key === undefined) throw withMessage(ERR_CRYPTO_OPERATION_FAILED, 'Failed to get ECDH private key');
    return output(key, encoding);
  },

  generateKeys(encoding, format) {
    this[kHandle].generateKeys();
    return this.getPublicKey(encoding, format);
  },

  getPublicKey(encoding, format) {
    const key = this[kHandle].getPublicKey(pointForm(format));
    if (key === undefined) throw withMessage(ERR_CRYPTO_OPERATION_FAILED, 'Failed to get ECDH public key');
    return output(key, encoding);
  },
});
ECDH.prototype.setPublicKey = deprecate(
  ECDH.prototype.setPublicKey, 'ecdh.setPublicKey() is deprecated.', 'DEP0031');

ECDH.convertKey = function convertKey(key, curve, inputEncoding, outputEncoding, format) {
  validateString(curve, 'curve');
  const bytes = toBytes(key, 'key', inputEncoding);
  const form = pointForm(format);
  const converted = binding.convertPoint(curve, bytes, form);
  if (converted === null) throw new ERR_CRYPTO_INVALID_CURVE();
  if (converted === undefined) {
    // The point at infinity is nothing to convert.
    if (bytes.byteLength === 1 && new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, 1)[0] === 0) {
      return output(new Uint8Array(1).buffer, outputEncoding);
    }
    throw withMessage(ERR_CRYPTO_OPERATION_FAILED, 'Failed to convert Buffer to EC_POINT');
  }
  return output(converted, outputEncoding);
};

function createECDH(curve) {
  return new ECDH(curve);
}

// Without state

const kAgreementTypes = new Set(['dh', 'ec', 'x448', 'x25519']);

function diffieHellman(options, callback) {
  const { preparePrivateKey, preparePublicKey } = require('internal/crypto/key_object');
  validateObject(options, 'options');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const { privateKey, publicKey } = options;
  if (!privateKey) throw new ERR_INVALID_ARG_VALUE('options.privateKey', privateKey);
  if (!publicKey) throw new ERR_INVALID_ARG_VALUE('options.publicKey', publicKey);
  const own = preparePrivateKey(privateKey, 'options.privateKey');
  const peer = preparePublicKey(publicKey, 'options.publicKey');
  const [ownType, peerType] = [own.algorithm, peer.algorithm];
  if (ownType !== peerType || !kAgreementTypes.has(ownType)) {
    throw new ERR_CRYPTO_INCOMPATIBLE_KEY('key types for Diffie-Hellman', `${ownType} and ${peerType}`);
  }
  if (callback === undefined) return new FastBuffer(binding.deriveSecret(own, peer));
  binding.deriveSecret(own, peer, (error, secret) => (error ? callback(error) : callback(null, new FastBuffer(secret))));
}

module.exports = {
  DiffieHellman,
  DiffieHellmanGroup,
  ECDH,
  createDiffieHellman,
  createDiffieHellmanGroup,
  createECDH,
  diffieHellman,
  getDiffieHellman: createDiffieHellmanGroup,
};
