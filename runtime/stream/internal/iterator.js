'use strict';

// The async iterator of a Readable. Loaded on first use.

const { aggregateTwoErrors } = require('internal/errors');
const { eos } = require('internal/stream/end_of_stream');
const { destroyer } = require('internal/stream/destroy');
const { isWritable } = require('internal/stream/utils');

/**
 * @param {Readable} stream of this or another copy of the library
 * @param {{destroyOnReturn?: boolean}} [options]
 */
function createAsyncIterator(stream, options) {
  if (typeof stream.read !== 'function') {
    const { Readable } = require('internal/stream/readable');
    stream = Readable.wrap(stream, { objectMode: true });
  }
  const iterator = iterate(stream, options);
  iterator.stream = stream;
  return iterator;
}

async function* iterate(stream, options) {
  // Undefined: not over; null: ended well.
  let outcome;
  let wake;
  const signal = () => {
    const pending = wake;
    wake = undefined;
    pending?.();
  };
  stream.on('readable', signal);
  const cleanup = eos(stream, { writable: false }, (err) => {
    outcome = err ? aggregateTwoErrors(outcome, err) : null;
    signal();
  });

  try {
    while (true) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) {
        yield chunk;
      } else if (outcome) {
        throw outcome;
      } else if (outcome === null) {
        return;
      } else {
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
    }
  } catch (err) {
    outcome = aggregateTwoErrors(outcome, err);
    throw outcome;
  } finally {
    // The writable side of a duplex outlives a readable side that has ended.
    const halfOpen = outcome === null && stream.allowHalfOpen === true && isWritable(stream) === true;
    if ((outcome || options?.destroyOnReturn !== false) && !halfOpen &&
        (outcome === undefined || stream._readableState.autoDestroy)) {
      destroyer(stream, null);
    } else {
      stream.off('readable', signal);
      cleanup();
    }
  }
}

module.exports = { createAsyncIterator };
