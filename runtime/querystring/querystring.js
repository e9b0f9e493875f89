'use strict';

// Run on first use; makes the public module querystring: `a=1&b=2` to objects and back.

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { isUint8Array } = require('internal/util/types');

const kPercent = 37;
const kPlus = 43;
const kMaxKeys = 1000;

const unreserved = /^[!'()*\-._~0-9A-Za-z]*$/;

/** Percent-encodes what is not safe in a query. */
function qsEscape(value) {
  if (typeof value !== 'string') value = typeof value === 'object' ? String(value) : `${value}`;
  if (unreserved.test(value)) return value;
  try {
    return encodeURIComponent(value);
  } catch {
    return encodeURIComponent(pairSurrogates(value));
  }
}

/** Takes what follows a surrogate for its other half; nothing may follow, and that is an error. */
function pairSurrogates(text) {
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0xd800 || code > 0xdfff) {
      result += text[i];
    } else {
      if (++i === text.length) throw new codes.ERR_INVALID_URI();
      const half = text.charCodeAt(i) & 0x3ff;
      result += String.fromCodePoint(0x10000 + (((code & 0x3ff) << 10) | half));
    }
  }
  return result;
}

function hexValue(code) {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** The bytes of a percent-encoded text; sequences that are not valid stay. */
function unescapeBuffer(text, decodeSpaces = false) {
  if (isUint8Array(text)) text = Buffer.from(text).latin1Slice();
  const result = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === kPercent && i + 2 < text.length) {
      const high = hexValue(text.charCodeAt(i + 1));
      const low = hexValue(text.charCodeAt(i + 2));
      if (high >= 0 && low >= 0) {
        result[length++] = high * 16 + low;
        i += 2;
        continue;
      }
    }
    result[length++] = decodeSpaces && code === kPlus ? 32 : code;
  }
  return length === result.length ? result : result.slice(0, length);
}

/** decodeURIComponent() that does not throw. */
function qsUnescape(text, decodeSpaces = false) {
  try {
    return decodeURIComponent(text);
  } catch {
    return module.exports.unescapeBuffer(text, decodeSpaces).toString();
  }
}

function stringifyPrimitive(value) {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? `${value}` : '';
    case 'bigint':
    case 'boolean':
      return `${value}`;
    default:
      return '';
  }
}

/**
 * @param {Record<string, any>} object
 * @param {string} [separator]
 * @param {string} [equals]
 * @param {{ encodeURIComponent?: (value: string) => string }} [options]
 */
function stringify(object, separator, equals, options) {
  if (object === null || typeof object !== 'object') return '';
  separator ||= '&';
  equals ||= '=';
  const encode = typeof options?.encodeURIComponent === 'function' ?
    options.encodeURIComponent : module.exports.escape;
  const pairs = [];
  for (const key of Object.keys(object)) {
    const start = encode(stringifyPrimitive(key)) + equals;
    const value = object[key];
    const values = Array.isArray(value) ? value : [value];
    for (const each of values) pairs.push(start + encode(stringifyPrimitive(each)));
  }
  return pairs.join(separator);
}

function addPair(result, key, value) {
  if (!Object.hasOwn(result, key)) result[key] = value;
  else if (Array.isArray(result[key])) result[key].push(value);
  else result[key] = [result[key], value];
}

const encodedByte = /%[0-9a-fA-F]{2}/;

/** A decoder that never throws: a custom one that does is replaced for the text it failed at. */
function makeDecoder(decode) {
  const isCustom = decode !== qsUnescape;
  return (text) => {
    if (text.includes('+')) text = text.replaceAll('+', isCustom ? '%20' : ' ');
    // A custom decoder sees everything.
    if (text.length === 0 || (!isCustom && !encodedByte.test(text))) return text;
    try {
      return decode(text);
    } catch {
      return qsUnescape(text, true);
    }
  };
}

/**
 * @param {string} text
 * @param {string} [separator]
 * @param {string} [equals]
 * @param {{ maxKeys?: number, decodeURIComponent?: (text: string) => string }} [options]
 */
function parse(text, separator, equals, options) {
  const result = { __proto__: null };
  if (typeof text !== 'string' || text.length === 0) return result;
  separator = separator ? `${separator}` : '&';
  equals = equals ? `${equals}` : '=';
  let remaining = typeof options?.maxKeys === 'number' ? options.maxKeys : kMaxKeys;
  if (!(remaining > 0)) remaining = Infinity;
  const decode = makeDecoder(typeof options?.decodeURIComponent === 'function' ?
    options.decodeURIComponent : module.exports.unescape);
  for (let start = 0; start <= text.length && remaining > 0;) {
    let end = separator.length > 0 ? text.indexOf(separator, start) : -1;
    if (end === -1) end = text.length;
    if (end > start) {
      const pair = text.slice(start, end);
      const middle = pair.indexOf(equals);
      if (middle === -1) addPair(result, decode(pair), '');
      else addPair(result, decode(pair.slice(0, middle)), decode(pair.slice(middle + equals.length)));
    }
    remaining--;
    start = end + (separator.length || 1);
  }
  return result;
}

module.exports = {
  // Programs replace escape and unescape: both directions look them up here.
  unescapeBuffer,
  unescape: qsUnescape,
  escape: qsEscape,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
};
