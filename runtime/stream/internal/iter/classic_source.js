'use strict';
// Between `stream/iter` and stream.Readable, both ways.
// Evaluated with `stream/iter`, or when a Readable is first asked for its batches.

const { AbortError, codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateAbortSignal, validateInteger, validateObject } = require('internal/validators');
const { Arrivals } = require('internal/stream/arrivals');
const { destroyer } = require('internal/stream/destroy');
const { abandon } = require('internal/stream/iter/abort');
const { isUint8Array } = require('internal/util/types');
const { asyncChunksOf, hasProtocol, isAsyncIterable, isSyncIterable } = require('internal/stream/iter/from');
const { markValidated, toAsyncStreamable } = require('internal/stream/iter/protocols');

const kDefaultHighWaterMark = 64 * 1024;

// From a Readable

/** What is buffered now, chunk by chunk: read() without a size would join them, and it may always find more. */
function readBuffered(stream) {
  const state = stream._readableState;
  const batch = [];
  let left = Math.max(1, (state?.buffer?.length ?? 0) - (state?.bufferIndex ?? 0));
  for (; left > 0 && !stream.destroyed; left--) {
    const size = state?.objectMode ? undefined : state?.buffer?.[state.bufferIndex]?.length;
    const chunk = stream.read(size);
    if (chunk === null) break;
    batch.push(chunk);
  }
  return batch;
}

async function normalize(batch) {
  if (batch.every(isUint8Array)) return batch;
  return Array.fromAsync(asyncChunksOf(batch));
}

async function* batchesOfReadable(stream) {
  const arrivals = new Arrivals(stream);
  try {
    while (true) {
      const batch = readBuffered(stream);
      if (batch.length > 0) yield await normalize(batch);
      else if (arrivals.outcome) throw arrivals.outcome;
      else if (arrivals.outcome === null) return;
      else await arrivals.wait();
    }
  } catch (error) {
    throw arrivals.fail(error);
  } finally {
    if (arrivals.outcome === null) arrivals.stop(); else destroyer(stream, null);
  }
}

/** The batches of a Readable, or of what looks like one; what its toAsyncStreamable gives. */
function readableSource(stream) {
  const source = batchesOfReadable(stream);
  source.stream = stream;
  return markValidated(source);
}

// One source for each stream: two would take each other's chunks. Made on first use, as all of this file.
const sources = new WeakMap();

function fromReadable(readable) {
  const isReadable = hasProtocol(readable, toAsyncStreamable) ||
    (typeof readable?.read === 'function' && typeof readable.on === 'function' && typeof readable.off === 'function');
  if (!isReadable) throw new ERR_INVALID_ARG_TYPE('readable', 'Readable', readable);
  let source = sources.get(readable);
  if (source === undefined) {
    source = hasProtocol(readable, toAsyncStreamable) ? readable[toAsyncStreamable]() : readableSource(readable);
    sources.set(readable, source);
  }
  return source;
}

// To a Readable

function highWaterMarkOf(options) {
  validateObject(options, 'options');
  const { highWaterMark = kDefaultHighWaterMark } = options;
  validateInteger(highWaterMark, 'options.highWaterMark', 0);
  return highWaterMark;
}

function toReadable(source, options = {}) {
  if (!isAsyncIterable(source)) throw new ERR_INVALID_ARG_TYPE('source', 'AsyncIterable', source);
  const highWaterMark = highWaterMarkOf(options);
  const { signal } = options;
  if (signal !== undefined) validateAbortSignal(signal, 'signal');

  const { Readable } = require('stream');
  const iterator = source[Symbol.asyncIterator]();
  let over = false;
  let pumping = false;
  let wake;

  async function pump() {
    pumping = true;
    try {
      while (!over) {
        const { done, value: batch } = await iterator.next();
        if (done) {
          over = true;
          readable.push(null);
          return;
        }
        for (const chunk of batch) {
          if (over) return;
          if (!readable.push(chunk)) await new Promise((resolve) => { wake = resolve; });
        }
      }
    } catch (error) {
      over = true;
      readable.destroy(error);
    }
  }

  const readable = new Readable({
    highWaterMark,
    read() {
      if (pumping) wake?.();
      else pump();
    },
    destroy(error, callback) {
      wake?.();
      if (!over) abandon(iterator);
      over = true;
      callback(error);
    },
  });
  if (signal?.aborted) readable.destroy(new AbortError(undefined, { cause: signal.reason }));
  else if (signal !== undefined) require('stream').addAbortSignal(signal, readable);
  return readable;
}

function toReadableSync(source, options = {}) {
  if (typeof source !== 'string' && !isSyncIterable(source)) {
    throw new ERR_INVALID_ARG_TYPE('source', 'Iterable', source);
  }
  const highWaterMark = highWaterMarkOf(options);
  const { Readable } = require('stream');
  const iterator = source[Symbol.iterator]();
  let over = false;
  let rest = [];
  return new Readable({
    highWaterMark,
    read() {
      try {
        while (true) {
          while (rest.length > 0) {
            if (!this.push(rest.shift())) return;
          }
          const { done, value: batch } = iterator.next();
          over = done;
          if (done) {
            this.push(null);
            return;
          }
          rest = [...batch];
        }
      } catch (error) {
        over = true;
        this.destroy(error);
      }
    },
    destroy(error, callback) {
      if (!over) iterator.return?.();
      over = true;
      callback(error);
    },
  });
}

module.exports = { fromReadable, readableSource, toReadable, toReadableSync };
