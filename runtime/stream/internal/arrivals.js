'use strict';

// What those wait for who pull from a Readable: its async iterator, and `stream/iter`. Loaded on first use.

const { aggregateTwoErrors } = require('internal/errors');
const { eos } = require('internal/stream/end_of_stream');

class Arrivals {
  /** Undefined: not over; null: ended well; otherwise what went wrong. */
  outcome = undefined;
  #wake = undefined;

  /** @param {Readable} stream of this or another copy of the library */
  constructor(stream) {
    const signal = () => {
      const wake = this.#wake;
      this.#wake = undefined;
      wake?.();
    };
    stream.on('readable', signal);
    const cleanup = eos(stream, { writable: false }, (err) => {
      if (err) this.fail(err); else this.outcome = null;
      signal();
    });
    /** Takes the listeners away; not where an error may still come, which they keep from being unhandled. */
    this.stop = () => {
      stream.off('readable', signal);
      cleanup();
    };
  }

  /** Until there may be something to read, or the outcome is known. */
  wait() {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Adds to what went wrong; the sum of it. */
  fail(error) {
    this.outcome = aggregateTwoErrors(this.outcome, error);
    return this.outcome;
  }
}

module.exports = { Arrivals };
