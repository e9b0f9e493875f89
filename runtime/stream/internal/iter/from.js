'use strict';
// from() and fromSync(): sources of batches out of whatever a program has. Strings and buffers are one chunk, iterables
// are flattened; nothing is read before the result is iterated.
// Evaluated with the first of its files that is asked for.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { isPromise, isUint8Array } = require('internal/util/types');
const { isBatch, toChunk } = require('internal/stream/iter/bytes');
const { isObject } = require('internal/stream/iter/arguments');
const { isValidated, markValidated, toAsyncStreamable, toStreamable } = require('internal/stream/iter/protocols');

const kMaxBatch = 128;
const kSyncTypes = ['string', 'ArrayBuffer', 'ArrayBufferView', 'Iterable', 'toStreamable'];
const kAsyncTypes = [
  'string', 'ArrayBuffer', 'ArrayBufferView', 'Iterable', 'AsyncIterable', 'toStreamable', 'toAsyncStreamable',
];

function isSyncIterable(value) {
  return isObject(value) && typeof value[Symbol.iterator] === 'function';
}

function isAsyncIterable(value) {
  return isObject(value) && typeof value[Symbol.asyncIterator] === 'function';
}

function hasProtocol(value, symbol) {
  return isObject(value) && typeof value[symbol] === 'function';
}

function isThenable(value) {
  return isPromise(value) || (isObject(value) && typeof value.then === 'function');
}

/** An iterable whose batches are known to be good. */
function syncSource(generate) {
  return markValidated({ __proto__: null, *[Symbol.iterator]() { yield* generate(); } });
}

function asyncSource(generate) {
  return markValidated({ __proto__: null, async *[Symbol.asyncIterator]() { yield* generate(); } });
}

function* inPieces(batch) {
  if (batch.length <= kMaxBatch) {
    if (batch.length > 0) yield batch;
    return;
  }
  for (let i = 0; i < batch.length; i += kMaxBatch) yield batch.slice(i, i + kMaxBatch);
}

/** The chunks of one value of a sync iterable, however deep they are in it. */
function* chunksOf(value) {
  const chunk = toChunk(value);
  if (chunk !== undefined) {
    yield chunk;
  } else if (hasProtocol(value, toStreamable)) {
    yield* chunksOf(value[toStreamable]());
  } else if (isSyncIterable(value)) {
    for (const item of value) yield* chunksOf(item);
  } else {
    throw new ERR_INVALID_ARG_TYPE('value', kSyncTypes, value);
  }
}

/**
 * The batches of a sync iterable. Chunks that follow one another make one batch, so that a generator of small chunks
 * does not cost a promise each; any other value is a batch of its own.
 */
function* batchesOf(iterable) {
  let batch = [];
  for (const value of iterable) {
    if (isUint8Array(value)) {
      batch.push(value);
      if (batch.length < kMaxBatch) continue;
    }
    if (batch.length > 0) yield batch;
    batch = [];
    if (!isUint8Array(value)) yield* inPieces(isBatch(value) ? value : [...chunksOf(value)]);
  }
  if (batch.length > 0) yield batch;
}

/** The same for from(): values may be promises. */
async function* asyncBatchesOf(iterable) {
  let batch = [];
  for (let value of iterable) {
    if (isUint8Array(value)) {
      batch.push(value);
      if (batch.length < kMaxBatch) continue;
    }
    if (batch.length > 0) yield batch;
    batch = [];
    if (isUint8Array(value)) continue;
    if (isThenable(value)) value = await value;
    yield* inPieces(isBatch(value) ? value : [...chunksOf(value)]);
  }
  if (batch.length > 0) yield batch;
}

/** The chunks of one value of an async iterable, which may itself be async. */
async function* asyncChunksOf(value) {
  if (isThenable(value)) value = await value;
  const chunk = toChunk(value);
  if (chunk !== undefined) {
    yield chunk;
  } else if (hasProtocol(value, toAsyncStreamable)) {
    yield* asyncChunksOf(value[toAsyncStreamable]());
  } else if (hasProtocol(value, toStreamable)) {
    yield* asyncChunksOf(value[toStreamable]());
  } else if (isAsyncIterable(value)) {
    for await (const item of value) yield* asyncChunksOf(item);
  } else if (isSyncIterable(value)) {
    for (const item of value) yield* asyncChunksOf(item);
  } else {
    throw new ERR_INVALID_ARG_TYPE('value', kAsyncTypes, value);
  }
}

async function* batchesOfAsync(iterable) {
  for await (const value of iterable) {
    if (isUint8Array(value)) yield [value];
    else if (isBatch(value)) yield* inPieces(value);
    else yield* inPieces(await Array.fromAsync(asyncChunksOf(value)));
  }
}

/**
 * An async iterable of anything. The generator that makes batches of it cannot be told to stop while it waits for the
 * source, so return() goes to the source itself then.
 */
function iterableSource(iterable) {
  return markValidated({
    __proto__: null,
    [Symbol.asyncIterator]() {
      const iterator = iterable[Symbol.asyncIterator]();
      const batches = batchesOfAsync({ [Symbol.asyncIterator]: () => iterator });
      let waiting = false;
      return {
        __proto__: null,
        async next() {
          waiting = true;
          try {
            return await batches.next();
          } finally {
            waiting = false;
          }
        },
        async return(value) {
          if (!waiting) return batches.return(value);
          await iterator.return?.();
          return { __proto__: null, done: true, value };
        },
        [Symbol.asyncIterator]() { return this; },
      };
    },
  });
}

function checkNotNull(input) {
  if (input === null || input === undefined) throw new ERR_INVALID_ARG_TYPE('input', 'a non-null value', input);
}

function fromSync(input) {
  checkNotNull(input);
  const chunk = toChunk(input);
  if (chunk !== undefined) return syncSource(() => [[chunk]]);
  if (isValidated(input) && isSyncIterable(input)) return input;
  if (hasProtocol(input, toStreamable)) return fromSync(input[toStreamable]());
  if (isSyncIterable(input)) return syncSource(() => (isBatch(input) ? inPieces(input) : batchesOf(input)));
  for (const [matches, what] of [[isAsyncIterable, 'AsyncIterable'], [isThenable, 'Promise']]) {
    if (!matches(input)) continue;
    throw new ERR_INVALID_ARG_TYPE('input', `a synchronous input (not ${what})`, input);
  }
  throw new ERR_INVALID_ARG_TYPE('input', kSyncTypes, input);
}

function from(input) {
  checkNotNull(input);
  const chunk = toChunk(input);
  if (chunk !== undefined) return asyncSource(() => [[chunk]]);
  if (isValidated(input) && isAsyncIterable(input)) return input;
  if (hasProtocol(input, toAsyncStreamable)) {
    const streamable = input[toAsyncStreamable]();
    if (!isThenable(streamable)) return from(streamable);
    return asyncSource(async function*() { yield* from(await streamable)[Symbol.asyncIterator](); });
  }
  if (hasProtocol(input, toStreamable)) return from(input[toStreamable]());
  if (isAsyncIterable(input)) return iterableSource(input);
  if (isSyncIterable(input)) {
    if (isValidated(input)) return asyncSource(() => input);
    return asyncSource(() => (isBatch(input) ? inPieces(input) : asyncBatchesOf(input)));
  }
  throw new ERR_INVALID_ARG_TYPE('input', kAsyncTypes, input);
}

module.exports = {
  asyncChunksOf,
  asyncSource,
  from,
  fromSync,
  hasProtocol,
  isAsyncIterable,
  isSyncIterable,
  isThenable,
  syncSource,
};
