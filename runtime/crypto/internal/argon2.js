'use strict';
// argon2 and argon2Sync.
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const { validateFunction, validateInteger, validateObject, validateOneOf, validateString } =
  require('internal/validators');
const { output, toBytes } = require('internal/crypto/util');

function read(algorithm, parameters) {
  validateString(algorithm, 'algorithm');
  validateOneOf(algorithm, 'algorithm', ['argon2d', 'argon2i', 'argon2id']);
  validateObject(parameters, 'parameters');
  const message = toBytes(parameters.message, 'parameters.message');
  const nonce = toBytes(parameters.nonce, 'parameters.nonce');
  const secret = parameters.secret === undefined ? undefined : toBytes(parameters.secret, 'parameters.secret');
  const associatedData = parameters.associatedData === undefined ? undefined :
    toBytes(parameters.associatedData, 'parameters.associatedData');
  validateInteger(nonce.byteLength, 'parameters.nonce.byteLength', 8, 2 ** 32 - 1);
  const { parallelism, tagLength, memory, passes } = parameters;
  const kMax = 2 ** 32 - 1;
  validateInteger(parallelism, 'parameters.parallelism', 1, 2 ** 24 - 1);
  validateInteger(tagLength, 'parameters.tagLength', 4, kMax);
  validateInteger(memory, 'parameters.memory', 8 * parallelism, kMax);
  validateInteger(passes, 'parameters.passes', 1, kMax);
  const list = ['pass', message, 'salt', nonce, 'lanes', parallelism, 'memcost', memory, 'iter', passes];
  if (secret?.byteLength) list.push('secret', secret);
  if (associatedData?.byteLength) list.push('ad', associatedData);
  return [algorithm, list, tagLength];
}

function argon2(algorithm, parameters, callback) {
  const args = read(algorithm, parameters);
  validateFunction(callback, 'callback');
  binding.kdf(...args, (error, bits) => (error ? callback(error) : callback(null, output(bits))));
}

function argon2Sync(algorithm, parameters) {
  return output(binding.kdf(...read(algorithm, parameters)));
}

module.exports = { argon2, argon2Sync };
