'use strict';
// Errors of tests, as data that can be serialized, and back. Loaded by the v8-serializer reporter and its reader.

const { inspect } = require('internal/util/inspect');
const { isNativeError } = require('internal/util/types');

const kKind = 'gyre:kind';

function canBeCloned(value) {
  try {
    require('v8').serialize(value);
    return true;
  } catch {
    return false;
  }
}

const inspected = (value) => ({ __proto__: null, [kKind]: 'inspected', text: inspect(value) });

function encode(value, seen = new Set()) {
  if (typeof value === 'symbol' || typeof value === 'function') return inspected(value);
  if (value === null || typeof value !== 'object') return value;
  if (isNativeError(value)) return seen.has(value) ? undefined : encodeError(value, seen);
  try {
    if (typeof value[inspect.custom] === 'function') return inspected(value);
  } catch {
    // It cannot be printed its own way; its properties travel.
    return { ...value, [inspect.custom]: undefined };
  }
  return canBeCloned(value) ? value : inspected(value);
}

function encodeError(error, seen) {
  seen.add(error);
  const properties = { __proto__: null };
  for (const key of Object.getOwnPropertyNames(error)) {
    try {
      properties[key] = [encode(error[key], seen), Object.prototype.propertyIsEnumerable.call(error, key)];
    } catch {
      // A getter that throws has nothing to tell.
    }
  }
  return { __proto__: null, [kKind]: 'error', name: error.name, properties };
}

function decode(value) {
  switch (value?.[kKind]) {
    case 'inspected': {
      const { text } = value;
      return { [inspect.custom]: () => text };
    }
    case 'error': {
      const error = new Error();
      for (const [key, [property, enumerable]] of Object.entries(value.properties)) {
        Object.defineProperty(error, key, {
          __proto__: null, configurable: true, enumerable, value: decode(property), writable: true,
        });
      }
      if (error.name !== value.name) {
        Object.defineProperty(error, 'name', { __proto__: null, configurable: true, value: value.name, writable: true });
      }
      return error;
    }
    default:
      return value;
  }
}

module.exports = { decode, encode };
