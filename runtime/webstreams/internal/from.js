'use strict';

// ReadableStream.from: a stream of what an iterable yields. Loaded on first use.

const { codes: { ERR_ARG_NOT_ITERABLE, ERR_INVALID_STATE } } = require('internal/errors');
const { createReadableStream } = require('internal/webstreams/readable_stream');

function iteratorOf(iterable) {
  const asyncMethod = iterable?.[Symbol.asyncIterator];
  const method = asyncMethod ?? iterable?.[Symbol.iterator];
  if (typeof method !== 'function') throw new ERR_ARG_NOT_ITERABLE(iterable);
  const iterator = method.call(iterable);
  if (iterator === null || (typeof iterator !== 'object' && typeof iterator !== 'function')) {
    throw new ERR_INVALID_STATE.TypeError('The iterator method must return an object');
  }
  return { iterator, isAsync: asyncMethod != null };
}

function readableStreamFrom(iterable) {
  const { iterator, isAsync } = iteratorOf(iterable);
  const { next } = iterator;
  let controller;
  return createReadableStream({
    __proto__: null,
    start(state) {
      controller = state;
    },
    async pull() {
      const result = await next.call(iterator);
      if (result === null || typeof result !== 'object') {
        throw new ERR_INVALID_STATE.TypeError('The promise or iterator.next() method must return an object');
      }
      if (result.done) controller.close(); else controller.enqueue(isAsync ? result.value : await result.value);
    },
    async cancel(reason) {
      const method = iterator.return;
      if (method === undefined || method === null) return;
      const result = await method.call(iterator, reason);
      if (result === null || typeof result !== 'object') {
        throw new ERR_INVALID_STATE.TypeError('The iterator.return() method must return an object');
      }
    },
  }, 0);
}

module.exports = { readableStreamFrom };
