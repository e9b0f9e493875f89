'use strict';

// Run on first use; makes the public module punycode: RFC 3492 and the conversion of host names between Unicode and
// ASCII. It is deprecated: packages that want it have a copy of their own.

const { isInsideNodeModules } = require('internal/util');

if (!isInsideNodeModules(100, true)) {
  process.emitWarning(
    'The `punycode` module is deprecated. Please use a userland alternative instead.',
    'DeprecationWarning', 'DEP0040');
}

// The parameters that RFC 3492 gives for Punycode.
const kBase = 36;
const kMinThreshold = 1;
const kMaxThreshold = 26;
const kSkew = 38;
const kDamp = 700;
const kInitialBias = 72;
const kInitialCodePoint = 128;
const kMaxInteger = 2147483647;
const kDelimiter = '-';

const messages = {
  'overflow': 'Overflow: input needs wider integers to process',
  'not-basic': 'Illegal input >= 0x80 (not a basic code point)',
  'invalid-input': 'Invalid input',
};

function fail(kind) {
  throw new RangeError(messages[kind]);
}

/** The code points of a string; lone surrogates count as such. */
function ucs2decode(string) {
  return Array.from(string, (character) => character.codePointAt(0));
}

function ucs2encode(codePoints) {
  return String.fromCodePoint(...codePoints);
}

/** The value of a digit, kBase for what is none. */
function digitValue(code) {
  if (code >= 0x30 && code <= 0x39) return 26 + code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? lower - 0x61 : kBase;
}

function digitCharacter(value) {
  return String.fromCharCode(value < 26 ? 0x61 + value : 0x30 + value - 26);
}

function adapt(delta, count, isFirst) {
  let k = 0;
  delta = isFirst ? Math.floor(delta / kDamp) : delta >> 1;
  delta += Math.floor(delta / count);
  for (; delta > ((kBase - kMinThreshold) * kMaxThreshold) >> 1; k += kBase) {
    delta = Math.floor(delta / (kBase - kMinThreshold));
  }
  return Math.floor(k + (kBase - kMinThreshold + 1) * delta / (delta + kSkew));
}

function thresholdAt(k, bias) {
  return Math.min(Math.max(k - bias, kMinThreshold), kMaxThreshold);
}

/** Reads a variable-length integer at `index` and adds it to `i`. */
function readDelta(input, index, i, bias) {
  let weight = 1;
  for (let k = kBase; ; k += kBase) {
    if (index >= input.length) fail('invalid-input');
    const digit = digitValue(input.charCodeAt(index++));
    if (digit >= kBase) fail('invalid-input');
    if (digit > Math.floor((kMaxInteger - i) / weight)) fail('overflow');
    i += digit * weight;
    const threshold = thresholdAt(k, bias);
    if (digit < threshold) return [i, index];
    if (weight > Math.floor(kMaxInteger / (kBase - threshold))) fail('overflow');
    weight *= kBase - threshold;
  }
}

function decode(input) {
  const output = [];
  const basic = Math.max(input.lastIndexOf(kDelimiter), 0);
  for (let j = 0; j < basic; j++) {
    if (input.charCodeAt(j) >= 0x80) fail('not-basic');
    output.push(input.charCodeAt(j));
  }
  let codePoint = kInitialCodePoint;
  let bias = kInitialBias;
  let i = 0;
  for (let index = basic > 0 ? basic + 1 : 0; index < input.length;) {
    const before = i;
    [i, index] = readDelta(input, index, i, bias);
    const count = output.length + 1;
    bias = adapt(i - before, count, before === 0);
    if (Math.floor(i / count) > kMaxInteger - codePoint) fail('overflow');
    codePoint += Math.floor(i / count);
    i %= count;
    output.splice(i++, 0, codePoint);
  }
  return String.fromCodePoint(...output);
}

function writeDelta(delta, bias) {
  let text = '';
  let rest = delta;
  for (let k = kBase; ; k += kBase) {
    const threshold = thresholdAt(k, bias);
    if (rest < threshold) break;
    const range = kBase - threshold;
    text += digitCharacter(threshold + (rest - threshold) % range);
    rest = Math.floor((rest - threshold) / range);
  }
  return text + digitCharacter(rest);
}

function encode(input) {
  const codePoints = ucs2decode(input);
  let output = codePoints.filter((code) => code < 0x80)
    .map((code) => String.fromCharCode(code)).join('');
  const basicLength = output.length;
  let handled = basicLength;
  if (basicLength > 0) output += kDelimiter;
  let next = kInitialCodePoint;
  let delta = 0;
  let bias = kInitialBias;
  while (handled < codePoints.length) {
    const smallest = codePoints.reduce(
      (least, code) => (code >= next && code < least ? code : least), kMaxInteger);
    if (smallest - next > Math.floor((kMaxInteger - delta) / (handled + 1))) fail('overflow');
    delta += (smallest - next) * (handled + 1);
    next = smallest;
    for (const code of codePoints) {
      if (code < next && ++delta > kMaxInteger) fail('overflow');
      if (code !== next) continue;
      output += writeDelta(delta, bias);
      bias = adapt(delta, handled + 1, handled === basicLength);
      delta = 0;
      handled++;
    }
    delta++;
    next++;
  }
  return output;
}

const separators = /[\u002e\u3002\uff0e\uff61]/g;

/** Converts the labels of a host name, or of the host in a mail address. */
function mapDomain(domain, convert) {
  const at = domain.indexOf('@');
  let head = '';
  if (at !== -1) {
    // Only the part behind the first @ is a host name.
    const parts = domain.split('@');
    head = `${parts[0]}@`;
    domain = parts[1];
  }
  return head + domain.replace(separators, '.').split('.').map(convert).join('.');
}

function toUnicode(input) {
  return mapDomain(input, (label) =>
    (/^xn--/.test(label) ? decode(label.slice(4).toLowerCase()) : label));
}

function toASCII(input) {
  return mapDomain(input, (label) =>
    (/[^\0-\x7f]/.test(label) ? `xn--${encode(label)}` : label));
}

module.exports = {
  version: '2.1.0',
  ucs2: { decode: ucs2decode, encode: ucs2encode },
  decode,
  encode,
  toASCII,
  toUnicode,
};
