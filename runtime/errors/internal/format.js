'use strict';

// Run on first use by computed_codes.js and the modules that word their own errors; makes the phrases that several
// messages share: lists, the kind of a received value, the sentence of ERR_INVALID_ARG_TYPE.

/** @type {typeof import('../../util/internal/inspect')} */
let inspectModule;

// Loaded late: inspect needs this module's owner.
function inspect(value, options) {
  inspectModule ??= require('internal/util/inspect');
  return inspectModule.inspect(value, options);
}

/**
 * `a`, `a or b`, `a, b, or c`.
 * @param {string[]} items
 * @param {string} [conjunction]
 */
function formatList(items, conjunction = 'and') {
  const last = items.length - 1;
  if (last < 0) return '';
  if (last === 0) return `${items[0]}`;
  if (last === 1) return `${items[0]} ${conjunction} ${items[1]}`;
  return `${items.slice(0, last).join(', ')}, ${conjunction} ${items[last]}`;
}

/** Puts `_` between groups of three digits of an integer written in decimal. */
function addNumericalSeparator(digits) {
  const sign = digits[0] === '-' ? '-' : '';
  let result = '';
  let end = digits.length;
  for (; end - sign.length > 3; end -= 3) result = `_${digits.slice(end - 3, end)}${result}`;
  return `${digits.slice(0, end)}${result}`;
}

function quoted(string) {
  const shown = string.length > 28 ? `${string.slice(0, 25)}...` : string;
  return shown.includes("'") ? JSON.stringify(shown) : `'${shown}'`;
}

/** What a value is, as the end of `Received ...`. */
function determineSpecificType(value) {
  if (value === null || value === undefined) return `${value}`;
  switch (typeof value) {
    case 'function':
      return `function ${value.name}`;
    case 'object': {
      const name = value.constructor?.name;
      return name === undefined ? `${inspect(value, { depth: -1 })}` : `an instance of ${name}`;
    }
    case 'string':
      return `type string (${quoted(value)})`;
    case 'number':
      return `type number (${Object.is(value, -0) ? '-0' : value})`;
    case 'bigint':
      return `type bigint (${value}n)`;
    case 'boolean':
      return `type boolean (${value})`;
    default: {
      let shown = inspect(value, { colors: false });
      if (shown.length > 28) shown = `${shown.slice(0, 25)}...`;
      return `type ${typeof value} (${shown})`;
    }
  }
}

const typeNames = new Set([
  'string', 'function', 'number', 'object', 'boolean', 'bigint', 'symbol',
  // Written like classes, but callers mean the result of typeof.
  'Function', 'Object',
]);
const classPattern = /^(?:[A-Z][a-z0-9]*)+$/;

function sortExpectations(expected) {
  const types = [];
  const instances = [];
  const others = [];
  for (const name of expected) {
    if (typeNames.has(name)) types.push(name.toLowerCase());
    else if (classPattern.test(name)) instances.push(name);
    else others.push(name);
  }
  // Beside other classes `object` reads better as one of them.
  const object = types.indexOf('object');
  if (instances.length > 0 && object !== -1) {
    types.splice(object, 1);
    instances.push('Object');
  }
  return { types, instances, others };
}

function describeExpectations(expected) {
  const { types, instances, others } = sortExpectations(expected);
  const parts = [];
  if (types.length > 0) {
    parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${formatList(types, 'or')}`);
  }
  if (instances.length > 0) parts.push(`an instance of ${formatList(instances, 'or')}`);
  if (others.length > 1) {
    parts.push(`one of ${formatList(others, 'or')}`);
  } else if (others.length === 1) {
    const [other] = others;
    parts.push(other.toLowerCase() === other ? other : `an ${other}`);
  }
  return parts.join(' or ');
}

function describeSubject(name) {
  if (name.endsWith(' argument')) return `The ${name}`;
  return `The "${name}" ${name.includes('.') ? 'property' : 'argument'}`;
}

/**
 * @param {string} name
 * @param {string | string[]} expected
 * @param {unknown} actual
 */
function invalidArgTypeMessage(name, expected, actual) {
  const expectations = describeExpectations(Array.isArray(expected) ? expected : [expected]);
  const received = determineSpecificType(actual);
  return `${describeSubject(`${name}`)} must be ${expectations}. Received ${received}`;
}

module.exports = {
  addNumericalSeparator,
  determineSpecificType,
  formatList,
  inspect,
  invalidArgTypeMessage,
};
