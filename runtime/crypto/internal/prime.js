'use strict';
// generatePrime(Sync) and checkPrime(Sync).
// Run once per realm, on first use.

const binding = internalBinding('crypto');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateBoolean, validateFunction, validateInt32, validateObject } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { Buffer } = require('buffer');

const kTypes = ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'];

function toUnsigned(value, name) {
  if (typeof value === 'bigint') {
    if (value < 0) throw new ERR_OUT_OF_RANGE(name, '>= 0', value);
    const hex = value.toString(16);
    return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  }
  if (isArrayBufferView(value) || isAnyArrayBuffer(value)) return value;
  throw new ERR_INVALID_ARG_TYPE(name, kTypes, value);
}

function outOfRange(message) {
  return Object.assign(new RangeError(message), { code: 'ERR_OUT_OF_RANGE' });
}

function readOptions(size, options) {
  validateInt32(size, 'size', 1);
  validateObject(options, 'options');
  const { safe = false, bigint = false } = options;
  let { add, rem } = options;
  validateBoolean(safe, 'options.safe');
  validateBoolean(bigint, 'options.bigint');
  if (add !== undefined) add = toUnsigned(add, 'options.add');
  if (rem !== undefined) rem = toUnsigned(rem, 'options.rem');
  if (add !== undefined) {
    // A number with more bits than the prime can have, or a remainder that is none, would never be found.
    if (!binding.primeOptionsFit(size, add, undefined)) throw outOfRange('invalid options.add');
    if (!binding.primeOptionsFit(size, add, rem)) throw outOfRange('invalid options.rem');
  }
  return { args: [size, safe, add, rem], bigint };
}

function toPrime(arrayBuffer, bigint) {
  return bigint ? BigInt(`0x${Buffer.from(arrayBuffer).toString('hex')}`) : arrayBuffer;
}

function generatePrime(size, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  validateFunction(callback, 'callback');
  const { args, bigint } = readOptions(size, options);
  binding.generatePrime(...args, (error, prime) => (error ? callback(error) : callback(undefined, toPrime(prime, bigint))));
}

function generatePrimeSync(size, options = {}) {
  const { args, bigint } = readOptions(size, options);
  return toPrime(binding.generatePrime(...args), bigint);
}

function readCandidate(candidate, options) {
  const number = toUnsigned(candidate, 'candidate');
  validateObject(options, 'options');
  // How many rounds: OpenSSL does as many as it takes.
  validateInt32(options.checks ?? 0, 'options.checks', 0);
  return number;
}

function checkPrime(candidate, options = {}, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  const number = readCandidate(candidate, options);
  validateFunction(callback, 'callback');
  binding.checkPrime(number, callback);
}

function checkPrimeSync(candidate, options = {}) {
  return binding.checkPrime(readCandidate(candidate, options));
}

module.exports = { checkPrime, checkPrimeSync, generatePrime, generatePrimeSync };
