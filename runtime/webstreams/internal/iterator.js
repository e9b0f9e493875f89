'use strict';

// The async iterator of a ReadableStream. Loaded on first use.

const { invalidState, kState, react } = require('internal/webstreams/util');
const { codes: { ERR_INVALID_THIS } } = require('internal/errors');
const { ReadRequest, ReaderState } = require('internal/webstreams/readable_state');

const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);

// next() and return() may be called before the last one has settled: they take their turn.
class IteratorState {
  ongoing = undefined;
  finished = false;

  constructor(reader, preventCancel) {
    this.reader = reader;
    this.preventCancel = preventCancel;
  }

  enqueue(step) {
    this.ongoing = this.ongoing === undefined ? step() : react(this.ongoing, step, step);
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
      reader.release();
      throw error;
    }
    if (result.done) {
      this.finished = true;
      reader.release();
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
      reader.release();
    } else {
      const result = reader.cancel(value);
      reader.release();
      await result;
    }
    return { value, done: true };
  }
}

const states = new WeakMap();

function stateOf(iterator) {
  const state = states.get(iterator);
  if (state === undefined) throw new ERR_INVALID_THIS('ReadableStreamAsyncIterator');
  return state;
}

const ReadableStreamAsyncIteratorPrototype = Object.setPrototypeOf({
  next() {
    try {
      const state = stateOf(this);
      return state.enqueue(() => state.next());
    } catch (error) {
      return Promise.reject(error);
    }
  },
  return(value) {
    try {
      const state = stateOf(this);
      return state.enqueue(() => state.return(value));
    } catch (error) {
      return Promise.reject(error);
    }
  },
}, AsyncIteratorPrototype);

function createIterator(stream, preventCancel) {
  const iterator = Object.create(ReadableStreamAsyncIteratorPrototype);
  states.set(iterator, new IteratorState(new ReaderState(stream[kState], false), preventCancel));
  return iterator;
}

module.exports = { createIterator };
