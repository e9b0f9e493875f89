'use strict';
// One consumer of several, of broadcast() or of share().
// Evaluated with the first file of `stream/iter` that is asked for.

const { markValidated } = require('internal/stream/iter/protocols');

function done() {
  return { __proto__: null, done: true, value: undefined };
}

/** A place in the buffer, and the reads that wait there. */
class Consumer {
  cursor = 0;
  reads = [];
  // { error } when it was stopped with one.
  stopped;
  unfollow = () => {};

  close(stopped) {
    this.stopped = stopped;
    this.unfollow();
    for (const { resolve, reject } of this.reads.splice(0)) {
      if (stopped) reject(stopped.error);
      else resolve(done());
    }
  }
}

/** A consumer as a source. `remove` takes it off. */
function consumerSource(read, remove) {
  const leave = async () => {
    remove();
    return done();
  };
  return markValidated({
    __proto__: null,
    [Symbol.asyncIterator]() {
      return { __proto__: null, next: read, return: leave, throw: leave };
    },
  });
}

module.exports = { Consumer, consumerSource, done };
