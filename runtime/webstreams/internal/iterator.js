'use strict';

// The async iterator of a ReadableStream. Loaded on first use.

const { invalidState, kState } = require('internal/webstreams/util');
const { ReadRequest } = require('internal/webstreams/readable_state');

const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);

const released = () => invalidState('Reader released');

// next() and return() may be called before the last one has settled: they take their turn.
class IteratorState {
  ongoing = undefined;
  finished = false;

  constructor(reader, preventCancel) {
    this.reader = reader;
    this.preventCancel = preventCancel;
  }

  enqueue(step) {
    this.ongoing = this.ongoing === undefined ? step() : this.ongoing.then(step, step);
    return this.ongoing;
  }

  async next() {
    if (this.finished) return { value: undefined, done: true };
    const { reader } = this;
    if (reader.stream === undefined) throw invalidState('The reader is not attached to a stream');
    const request = new ReadRequest();
    reader.read(request);
    let result;
    try {
      result = await request.promise;
    } catch (error) {
      this.finished = true;
      reader.release(released);
      throw error;
    }
    if (result.done) {
      this.finished = true;
      reader.release(released);
      return { value: undefined, done: true };
    }
    return result;
  }

  async return(value) {
    if (this.finished) return { value, done: true };
    this.finished = true;
    const { reader } = this;
    if (reader.stream === undefined) throw invalidState('The reader is not attached to a stream');
    if (this.preventCancel) {
      reader.release(released);
    } else {
      const result = reader.cancel(value);
      reader.release(released);
      await result;
    }
    return { value, done: true };
  }
}

function createIterator(stream, preventCancel) {
  const state = new IteratorState(stream.getReader()[kState], preventCancel);
  return Object.setPrototypeOf({
    next: () => state.enqueue(() => state.next()),
    return: (value) => state.enqueue(() => state.return(value)),
    [Symbol.asyncIterator]() {
      return this;
    },
  }, AsyncIteratorPrototype);
}

module.exports = { createIterator };
