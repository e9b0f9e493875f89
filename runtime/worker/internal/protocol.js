'use strict';

// The messages between a worker and its parent on their own channel: {type, ...}. Run in both.

// Parent to worker.
const LOAD = 'load';      // {target, kind: file | classic | data-url, argv, execArgv, optionValues, env, workerData, ...}
const STDIN = 'stdin';    // {chunk, encoding}; chunk null at the end

// Worker to parent.
const ONLINE = 'online';
const OUTPUT = 'output';  // {stream: stdout | stderr, chunk, encoding}
const ERROR = 'error';    // {error, properties, name, stack}
const UNSERIALIZABLE_ERROR = 'unserializable error';

// Structured cloning keeps an error's standard parts; its own enumerable properties (code, errno) travel beside it.
function serializeError(error) {
  const { structuredClone } = require('internal/messaging');
  const properties = {};
  if (error !== null && typeof error === 'object') {
    for (const key of Object.keys(error)) {
      try {
        properties[key] = structuredClone(error[key]);
      } catch {
        // A property that cannot travel stays behind; the error itself matters more.
      }
    }
  }
  const isError = require('internal/util/types').isNativeError(error);
  return {
    type: ERROR, error, properties, name: isError ? error.name : undefined, stack: isError ? error.stack : undefined,
  };
}

function deserializeError({ error, properties, name, stack }) {
  if (error === null || typeof error !== 'object') return error;
  Object.assign(error, properties);
  for (const [key, value] of [['name', name], ['stack', stack]]) {
    if (value === undefined || error[key] === value) continue;
    Object.defineProperty(error, key, { __proto__: null, value, writable: true, configurable: true });
  }
  return error;
}

module.exports = { ERROR, LOAD, ONLINE, OUTPUT, STDIN, UNSERIALIZABLE_ERROR, deserializeError, serializeError };
