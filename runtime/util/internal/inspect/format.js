'use strict';

// Run with internal/util/inspect at its first use; makes util.format(): printf-like text from any values.

const { inspect, Inspection, inspectDefaultOptions } = require('internal/util/inspect');
const { isBuiltInName } = require('internal/util/inspect/names');
const { isDate, isProxy } = require('internal/util/types');
const { kValidateObjectAllowArray, validateObject } = require('internal/validators');

const kPercent = 37;

/** Whether String(object) would say no more than `[object Object]`: nobody defined a conversion for its class. */
function hasBuiltInToString(value) {
  if (isProxy(value)) {
    [value] = internalBinding('util').getProxyDetails(value);
    if (value === null) return true;
  }
  // Another way to be converted; a date's own is no better than inspect().
  if (typeof value[Symbol.toPrimitive] === 'function' && !isDate(value)) return false;
  if (typeof value.toString !== 'function') return true;
  let object = value;
  while (!Object.hasOwn(object, 'toString')) object = Object.getPrototypeOf(object);
  if (object === value) return false;
  const constructor = Object.getOwnPropertyDescriptor(object, 'constructor')?.value;
  return typeof constructor === 'function' && isBuiltInName(constructor.name);
}

function formatNumber(value, options) {
  const ctx = new Inspection(inspectDefaultOptions);
  if (options?.numericSeparator !== undefined) ctx.numericSeparator = options.numericSeparator;
  return ctx.formatPrimitivePlain(value);
}

function stringify(value) {
  try {
    return `${JSON.stringify(value)}`;
  } catch (error) {
    if (error.name === 'TypeError' && /circular/i.test(error.message)) return '[Circular]';
    throw error;
  }
}

function asString(value, options) {
  if (typeof value === 'number' || typeof value === 'bigint') return formatNumber(value, options);
  if (typeof value !== 'object' || value === null || !hasBuiltInToString(value)) {
    return String(value);
  }
  return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
}

function asNumber(value, convert, options) {
  if (typeof value === 'symbol') return formatNumber(NaN, options);
  return formatNumber(convert(value), options);
}

/** The text for one specifier, undefined for letters that are none. */
function formatSpecifier(letter, value, options) {
  switch (letter) {
    case 's':
      return asString(value, options);
    case 'j':
      return stringify(value);
    case 'd':
      if (typeof value === 'bigint') return formatNumber(value, options);
      return asNumber(value, Number, options);
    case 'i':
      if (typeof value === 'bigint') return formatNumber(value, options);
      return asNumber(value, Number.parseInt, options);
    case 'f':
      return asNumber(value, Number.parseFloat, options);
    case 'O':
      return inspect(value, options);
    case 'o':
      return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case 'c':
      return '';
    default:
      return undefined;
  }
}

/** Replaces the specifiers in args[0]; returns the text and the number of arguments used. */
function fillIn(args, options) {
  const template = args[0];
  let text = '';
  let used = 1;
  let copied = 0;
  for (let i = template.indexOf('%'); i !== -1 && i < template.length - 1;
    i = template.indexOf('%', i + 1)) {
    if (template.charCodeAt(i + 1) === kPercent) {
      text += template.slice(copied, i + 1);
      copied = i + 2;
      i++;
    } else if (used < args.length) {
      const piece = formatSpecifier(template[i + 1], args[used], options);
      if (piece === undefined) continue;
      text += template.slice(copied, i) + piece;
      used++;
      copied = i + 2;
      i++;
    }
  }
  return { text: text + template.slice(copied), used };
}

function formatAll(options, args) {
  const first = args[0];
  if (args.length === 1) return typeof first === 'string' ? first : inspect(first, options);
  let text = '';
  let next = 0;
  if (typeof first === 'string') ({ text, used: next } = fillIn(args, options));
  for (; next < args.length; next++) {
    if (next > 0) text += ' ';
    const value = args[next];
    text += typeof value === 'string' ? value : inspect(value, options);
  }
  return text;
}

function format(...args) {
  return args.length === 0 ? '' : formatAll(undefined, args);
}

/**
 * @param {object} inspectOptions for the values that are inspected
 * @param {...unknown} args
 */
function formatWithOptions(inspectOptions, ...args) {
  validateObject(inspectOptions, 'inspectOptions', kValidateObjectAllowArray);
  return args.length === 0 ? '' : formatAll(inspectOptions, args);
}

module.exports = { format, formatWithOptions };
