'use strict';

// Run on first use of util.styleText(); puts text between the escape sequences of colors and modifiers.

const { codes } = require('internal/errors');
const { shouldColorize } = require('internal/util/colors');
const { inspect } = require('internal/util/inspect');
const {
  validateBoolean,
  validateObject,
  validateOneOf,
  validateString,
} = require('internal/validators');

const kEndBoldAndDim = 22;
const kEndForeground = 39;

function isStream(value) {
  if (value === null || typeof value !== 'object') return false;
  const has = (...names) => names.every((name) => typeof value[name] === 'function');
  return Boolean(value._readableState || value._writableState) ||
    has('write', 'on') || has('pipe', 'on') ||
    has('pipeThrough', 'getReader', 'cancel') || has('getWriter', 'abort');
}

/** The codes for `#rgb` and `#rrggbb`. */
function parseHexColor(format) {
  if (!/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(format)) {
    throw new codes.ERR_INVALID_ARG_VALUE(
      'format', format, 'must be a valid hex color (#RGB or #RRGGBB)');
  }
  const digits = format.length === 4 ? format.replace(/[0-9a-f]/gi, '$&$&') : format;
  const channels = [1, 3, 5].map((i) => Number.parseInt(digits.slice(i, i + 2), 16));
  return [`38;2;${channels.join(';')}`, kEndForeground];
}

function codesOf(format) {
  if (typeof format === 'string' && format.startsWith('#')) return parseHexColor(format);
  const known = inspect.colors[format];
  if (known === undefined) validateOneOf(format, 'format', Object.getOwnPropertyNames(inspect.colors));
  return known;
}

function style(text, [open, close]) {
  const start = `\u001b[${open}m`;
  const end = `\u001b[${close}m`;
  // What a nested style ends has to go on; bold and dim are ended together.
  const resume = close === kEndBoldAndDim ? `${end}${start}` : start;
  const inner = text.replaceAll(end, (match, position) =>
    (position + end.length < text.length ? resume : end));
  return `${start}${inner}${end}`;
}

/**
 * @param {string | string[]} format
 * @param {string} text
 * @param {{ validateStream?: boolean, stream?: object }} [options]
 */
function styleText(format, text, options = {}) {
  validateString(text, 'text');
  validateObject(options, 'options');
  const { validateStream = true, stream = process.stdout } = options;
  validateBoolean(validateStream, 'options.validateStream');
  let plain = false;
  if (validateStream) {
    if (!isStream(stream)) {
      throw new codes.ERR_INVALID_ARG_TYPE(
        'stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
    }
    plain = !shouldColorize(stream);
  }
  const formats = Array.isArray(format) ? format : [format];
  let result = text;
  for (let i = formats.length - 1; i >= 0; i--) {
    if (formats[i] === 'none') continue;
    const pair = codesOf(formats[i]);
    if (!plain) result = style(result, pair);
  }
  return result;
}

module.exports = { styleText };
