'use strict';

// Run in the start-up snapshot, used by every public module; makes the checks of arguments. A failed check throws the
// error Node documents, with a stack that starts at the function whose argument was wrong, not at the check.

const { codes, hideFrames } = require('internal/errors');

const kValidateObjectNone = 0;
const kValidateObjectAllowNullable = 1 << 0;
const kValidateObjectAllowArray = 1 << 1;
const kValidateObjectAllowFunction = 1 << 2;
const kValidateObjectAllowObjects = kValidateObjectAllowArray | kValidateObjectAllowFunction;
const kValidateObjectAllowObjectsAndNull = kValidateObjectAllowObjects | kValidateObjectAllowNullable;

function failType(validator, name, expected, actual) {
  throw hideFrames(new codes.ERR_INVALID_ARG_TYPE(name, expected, actual), validator);
}

function failValue(validator, name, value, reason) {
  throw hideFrames(new codes.ERR_INVALID_ARG_VALUE(name, value, reason), validator);
}

function failRange(validator, name, range, actual) {
  throw hideFrames(new codes.ERR_OUT_OF_RANGE(name, range, actual), validator);
}

function isInt32(value) {
  return value === (value | 0);
}

function isUint32(value) {
  return value === (value >>> 0);
}

function validateString(value, name) {
  if (typeof value !== 'string') failType(validateString, name, 'string', value);
}

function validateStringWithoutNullBytes(value, name) {
  if (typeof value !== 'string') failType(validateStringWithoutNullBytes, name, 'string', value);
  if (value.includes('\u0000')) {
    failValue(validateStringWithoutNullBytes, name, value, 'must be a string without null bytes');
  }
}

function validateBoolean(value, name) {
  if (typeof value !== 'boolean') failType(validateBoolean, name, 'boolean', value);
}

function validateFunction(value, name) {
  if (typeof value !== 'function') failType(validateFunction, name, 'Function', value);
}

/** As validateFunction, but async functions, whose rejections nobody would see, are refused. */
function validatePlainFunction(value, name) {
  if (typeof value !== 'function' || require('internal/util/types').isAsyncFunction(value)) {
    failType(validatePlainFunction, name, 'Function', value);
  }
}

function validateUndefined(value, name) {
  if (value !== undefined) failType(validateUndefined, name, 'undefined', value);
}

function checkInteger(validator, value, name, min, max) {
  if (typeof value !== 'number') failType(validator, name, 'number', value);
  if (!Number.isInteger(value)) failRange(validator, name, 'an integer', value);
  if (value < min || value > max) failRange(validator, name, `>= ${min} && <= ${max}`, value);
}

function validateInteger(
    value, name, min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER) {
  checkInteger(validateInteger, value, name, min, max);
}

function validateInt32(value, name, min = -2147483648, max = 2147483647) {
  checkInteger(validateInt32, value, name, min, max);
}

function validateUint32(value, name, positive = false) {
  checkInteger(validateUint32, value, name, positive ? 1 : 0, 4294967295);
}

function validateNumber(value, name, min = undefined, max = undefined) {
  if (typeof value !== 'number') failType(validateNumber, name, 'number', value);
  const hasMin = min !== undefined && min !== null;
  const hasMax = max !== undefined && max !== null;
  if ((hasMin && value < min) || (hasMax && value > max) ||
      ((hasMin || hasMax) && Number.isNaN(value))) {
    const range = (hasMin ? `>= ${min}` : '') + (hasMin && hasMax ? ' && ' : '') +
      (hasMax ? `<= ${max}` : '');
    failRange(validateNumber, name, range, value);
  }
}

/** False for what means "not given" (undefined, NaN), true for a finite number; everything else throws. */
function validateFiniteNumber(number, name) {
  if (number === undefined) return false;
  if (Number.isFinite(number)) return true;
  if (Number.isNaN(number)) return false;
  if (typeof number !== 'number') failType(validateFiniteNumber, name, 'number', number);
  return failRange(validateFiniteNumber, name, 'a finite number', number);
}

/** A number within the limits, or the default when none is given. */
function checkRangesOrGetDefault(number, name, lower, upper, defaultValue) {
  if (!validateFiniteNumber(number, name)) return defaultValue;
  if (number < lower || number > upper) {
    failRange(checkRangesOrGetDefault, name, `>= ${lower} and <= ${upper}`, number);
  }
  return number;
}

const octalPattern = /^[0-7]+$/;

/** A file mode given as a number or as the octal digits that chmod(1) takes. */
function parseFileMode(value, name, defaultValue = undefined) {
  const mode = value ?? defaultValue;
  if (typeof mode !== 'string') {
    checkInteger(parseFileMode, mode, name, 0, 4294967295);
    return mode;
  }
  if (!octalPattern.test(mode)) {
    failValue(parseFileMode, name, mode, 'must be a 32-bit unsigned integer or an octal string');
  }
  return Number.parseInt(mode, 8);
}

/**
 * @param {unknown} value
 * @param {string} name
 * @param {number} [flags] kValidateObjectAllow... for what else to accept
 */
function validateObject(value, name, flags = kValidateObjectNone) {
  if (typeof value === 'object') {
    if (value === null) {
      if ((flags & kValidateObjectAllowNullable) !== 0) return;
    } else if ((flags & kValidateObjectAllowArray) !== 0 || !Array.isArray(value)) {
      return;
    }
  } else if (typeof value === 'function' && (flags & kValidateObjectAllowFunction) !== 0) {
    return;
  }
  failType(validateObject, name, 'Object', value);
}

/** What Web IDL converts to a dictionary. */
function validateDictionary(value, name) {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object' && typeof value !== 'function') {
    failType(validateDictionary, name, 'a dictionary', value);
  }
}

function checkArray(validator, value, name, minLength) {
  if (!Array.isArray(value)) failType(validator, name, 'Array', value);
  if (value.length < minLength) {
    failValue(validator, name, value, `must have a length of at least ${minLength}`);
  }
}

function validateArray(value, name, minLength = 0) {
  checkArray(validateArray, value, name, minLength);
}

function validateStringArray(value, name) {
  checkArray(validateStringArray, value, name, 0);
  for (let i = 0; i < value.length; i++) {
    if (typeof value[i] !== 'string') {
      failType(validateStringArray, `${name}[${i}]`, 'string', value[i]);
    }
  }
}

function validateBooleanArray(value, name) {
  checkArray(validateBooleanArray, value, name, 0);
  for (let i = 0; i < value.length; i++) {
    if (typeof value[i] !== 'boolean') {
      failType(validateBooleanArray, `${name}[${i}]`, 'boolean', value[i]);
    }
  }
}

function isSignalLike(value) {
  return value !== null && typeof value === 'object' && 'aborted' in value;
}

function validateAbortSignal(signal, name) {
  if (signal !== undefined && !isSignalLike(signal)) {
    failType(validateAbortSignal, name, 'AbortSignal', signal);
  }
}

function validateAbortSignalArray(value, name) {
  checkArray(validateAbortSignalArray, value, name, 0);
  for (let i = 0; i < value.length; i++) {
    if (!isSignalLike(value[i])) {
      failType(validateAbortSignalArray, `${name}[${i}]`, 'AbortSignal', value[i]);
    }
  }
}

function validateOneOf(value, name, oneOf) {
  if (oneOf.includes(value)) return;
  const allowed = oneOf.map((each) => (typeof each === 'string' ? `'${each}'` : String(each)));
  failValue(validateOneOf, name, value, `must be one of: ${allowed.join(', ')}`);
}

function validateUnion(value, name, union) {
  if (!union.includes(value)) {
    failType(validateUnion, name, `('${union.join('|')}')`, value);
  }
}

function validateSignalName(signal, name = 'signal') {
  if (typeof signal !== 'string') failType(validateSignalName, name, 'string', signal);
  const { signals } = require('os').constants;
  if (signals[signal] !== undefined) return;
  const hint = signals[signal.toUpperCase()] === undefined ? '' :
    ' (signals must use all capital letters)';
  throw hideFrames(new codes.ERR_UNKNOWN_SIGNAL(signal + hint), validateSignalName);
}

function validateBuffer(buffer, name = 'buffer') {
  if (!ArrayBuffer.isView(buffer)) {
    failType(validateBuffer, name, ['Buffer', 'TypedArray', 'DataView'], buffer);
  }
}

/** Hexadecimal text has two digits a byte. */
function validateEncoding(data, encoding) {
  const normalized = require('internal/util').normalizeEncoding(encoding);
  if (normalized === 'hex' && data.length % 2 !== 0) {
    failValue(validateEncoding, 'encoding', encoding, `is invalid for data of length ${data.length}`);
  }
}

/** A port as a number; decimal and hexadecimal strings are accepted. */
function validatePort(port, name = 'Port', allowZero = true) {
  const isNumber = typeof port === 'number';
  const isText = typeof port === 'string' && port.trim().length > 0;
  const number = Number(isNumber || isText ? port : NaN);
  if (number !== (number >>> 0) || number > 0xFFFF || (number === 0 && !allowZero)) {
    throw hideFrames(new codes.ERR_SOCKET_BAD_PORT(name, port, allowZero), validatePort);
  }
  return number;
}

function checkIgnored(value, name) {
  if (typeof value === 'string') {
    if (value.length === 0) {
      failValue(validateIgnoreOption, name, value, 'must be a non-empty string');
    }
  } else if (!(value instanceof RegExp) && typeof value !== 'function') {
    failType(validateIgnoreOption, name, ['string', 'RegExp', 'Function'], value);
  }
}

/** The `ignore` of fs.watch(): a pattern or several. */
function validateIgnoreOption(value, name) {
  if (value === undefined || value === null) return;
  if (!Array.isArray(value)) {
    checkIgnored(value, name);
    return;
  }
  for (let i = 0; i < value.length; i++) checkIgnored(value[i], `${name}[${i}]`);
}

// One link of RFC 8288: a target in angle brackets and parameters.
const linkPattern = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;

function checkLink(value, name) {
  if (typeof value !== 'string' || !linkPattern.test(value)) {
    failValue(validateLinkHeaderValue, name, value,
              'must be an array or string of format "</styles.css>; rel=preload; as=style"');
  }
}

/** The value of a Link header from one link or an array of them. */
function validateLinkHeaderValue(hints) {
  if (!Array.isArray(hints)) {
    checkLink(hints, 'hints');
    return hints;
  }
  for (const hint of hints) checkLink(hint, 'hints');
  return hints.join(', ');
}

/** Receivers of class members that keep their state under a symbol. */
function validateThisInternalField(object, fieldKey, className) {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, fieldKey)) {
    throw hideFrames(new codes.ERR_INVALID_THIS(className), validateThisInternalField);
  }
}

module.exports = {
  checkRangesOrGetDefault,
  isInt32,
  isUint32,
  kValidateObjectAllowArray,
  kValidateObjectAllowFunction,
  kValidateObjectAllowNullable,
  kValidateObjectAllowObjects,
  kValidateObjectAllowObjectsAndNull,
  kValidateObjectNone,
  parseFileMode,
  validateAbortSignal,
  validateAbortSignalArray,
  validateArray,
  validateBoolean,
  validateBooleanArray,
  validateBuffer,
  validateDictionary,
  validateEncoding,
  validateFiniteNumber,
  validateFunction,
  validateIgnoreOption,
  validateInt32,
  validateInteger,
  validateLinkHeaderValue,
  validateNumber,
  validateObject,
  validateOneOf,
  validatePlainFunction,
  validatePort,
  validateSignalName,
  validateString,
  validateStringArray,
  validateStringWithoutNullBytes,
  validateThisInternalField,
  validateUint32,
  validateUndefined,
  validateUnion,
};
