'use strict';

// The messages between a worker and its parent on their own channel: {type, ...}. Run in both.

// Parent to worker.
const LOAD = 'load';      // {target, kind: file | classic | data-url | hooks, argv, execArgv, optionValues, env, workerData, ...}
const STDIN = 'stdin';    // {chunk, encoding}; chunk null at the end

// Either way.
const WANTED = 'wanted';  // {stream: stdin | stdout | stderr}: what was written there is read, more may be written

// Worker to parent.
const ONLINE = 'online';
const INSPECTABLE = 'inspectable';  // {waits}: the inspector's frontends may connect
const OUTPUT = 'output';  // {stream: stdout | stderr, chunk, encoding}
const ERROR = 'error';    // {error, properties, name, stack} or {symbol: [key, description]}
const UNSERIALIZABLE_ERROR = 'unserializable error';

// To the thread of asynchronous module hooks (kind 'hooks'), and from it.
const REQUEST = 'request';                // {id, method: resolve | load | register, args}
const RESULT = 'result';                  // {id, result}
const FAILURE = 'failure';                // {id, failure: an ERROR message} or {id, inspected}
const NEVER_SETTLES = 'never settles';    // {id}
const EXIT = 'exit';                      // {code}

const maxDepth = 8;

// Structured cloning keeps an error's standard parts; its own enumerable properties (code, errno) travel beside it, and so
// do those of its causes.
function serializeError(error, depth = 0) {
  if (typeof error === 'symbol') return { type: ERROR, symbol: [Symbol.keyFor(error), error.description] };
  const { isNativeError } = require('internal/util/types');
  const message = { type: ERROR, error, properties: propertiesOf(error) };
  if (!isNativeError(error)) return message;
  const { name, stack, cause } = error;
  // Causes may form a circle.
  const follow = depth < maxDepth && isNativeError(cause);
  return { ...message, name, stack, cause: follow ? serializeError(cause, depth + 1) : undefined };
}

function propertiesOf(error) {
  const properties = {};
  if (error === null || typeof error !== 'object') return properties;
  const { structuredClone } = require('internal/messaging');
  for (const key of Object.keys(error)) {
    try {
      properties[key] = structuredClone(error[key]);
    } catch {
      // A property that cannot travel stays behind; the error itself matters more.
    }
  }
  return properties;
}

function deserializeError({ error, properties, name, stack, cause, symbol }) {
  if (symbol !== undefined) return symbol[0] === undefined ? Symbol(symbol[1]) : Symbol.for(symbol[0]);
  if (error === null || typeof error !== 'object') return error;
  Object.assign(error, properties);
  const values = { name, stack, cause: cause && deserializeError(cause) };
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || error[key] === value) continue;
    const enumerable = Object.hasOwn(properties, key);
    Object.defineProperty(error, key, { __proto__: null, value, writable: true, configurable: true, enumerable });
  }
  return error;
}

module.exports = {
  ERROR, EXIT, FAILURE, LOAD, NEVER_SETTLES, INSPECTABLE, ONLINE, OUTPUT, REQUEST, RESULT, STDIN, UNSERIALIZABLE_ERROR,
  WANTED,
  deserializeError, serializeError,
};
