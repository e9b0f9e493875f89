'use strict';
// Checks of options: undefined means the default, numbers must be finite and in range.
// Run once per realm by the other files of this folder.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateBoolean: checkBoolean, validateNumber } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');

// False for undefined and NaN, for which defaults are taken.
function validateFiniteNumber(value, name) {
  if (value === undefined) return false;
  if (Number.isFinite(value)) return true;
  if (Number.isNaN(value)) return false;
  validateNumber(value, name);
  throw new ERR_OUT_OF_RANGE(name, 'a finite number', value);
}

function validateRange(value, name, lower, upper, otherwise) {
  if (!validateFiniteNumber(value, name)) return otherwise;
  if (value < lower || value > upper) {
    throw new ERR_OUT_OF_RANGE(name, upper === Infinity ? `>= ${lower}` : `>= ${lower} and <= ${upper}`, value);
  }
  return value;
}

function validateBoolean(value, name, otherwise) {
  if (value === undefined) return otherwise;
  checkBoolean(value, name);
  return value;
}

// A dictionary as bytes, or undefined.
function validateDictionary(dictionary) {
  if (dictionary === undefined || isArrayBufferView(dictionary)) return dictionary;
  if (isAnyArrayBuffer(dictionary)) return require('buffer').Buffer.from(dictionary);
  throw new ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
}

module.exports = { validateBoolean, validateDictionary, validateFiniteNumber, validateRange };
