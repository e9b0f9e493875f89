'use strict';

// The async iterator of a Readable. Loaded on first use.

const { Arrivals } = require('internal/stream/arrivals');
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
  const arrivals = new Arrivals(stream);
  try {
    while (true) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) yield chunk;
      else if (arrivals.outcome) throw arrivals.outcome;
      else if (arrivals.outcome === null) return;
      else await arrivals.wait();
    }
  } catch (err) {
    throw arrivals.fail(err);
  } finally {
    // The writable side of a duplex outlives a readable side that has ended.
    const { outcome } = arrivals;
    const halfOpen = outcome === null && stream.allowHalfOpen === true && isWritable(stream) === true;
    if ((outcome || options?.destroyOnReturn !== false) && !halfOpen &&
        (outcome === undefined || stream._readableState.autoDestroy)) {
      destroyer(stream, null);
    } else {
      arrivals.stop();
    }
  }
}

module.exports = { createAsyncIterator };
