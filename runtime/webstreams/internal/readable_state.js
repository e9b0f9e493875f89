'use strict';

// The state machine of a ReadableStream, apart from its public face: what the WHATWG standard's abstract operations
// on readable streams do. Controllers and readers call it, and tell it what happened.

const { Fifo } = require('internal/events/fifo');
const { StreamState, invalidState, markHandled, nop, react } = require('internal/webstreams/util');

// A stream: 'readable', then 'closed' or 'errored'.
class ReadableState extends StreamState {
  disturbed = false;
  reader = undefined;  // ReaderState of what has it locked.
  controller = undefined;  // What its source sees,
  controllerState = undefined;  // and what it knows.

  constructor(stream) {
    super(stream, 'readable');
  }

  get locked() {
    return this.reader !== undefined;
  }

  cancel(reason) {
    this.disturbed = true;
    if (this.state === 'closed') return Promise.resolve();
    if (this.state === 'errored') return Promise.reject(this.storedError);
    this.close();
    const { reader } = this;
    if (reader?.isByob) {
      const requests = reader.requests;
      reader.requests = new Fifo();
      while (requests.size > 0) requests.shift().close(undefined);
    }
    return react(this.controllerState.cancelSteps(reason), nop);
  }

  close() {
    this.state = 'closed';
    this.settleClosed();
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.resolve();
    if (!reader.isByob) {
      const requests = reader.requests;
      reader.requests = new Fifo();
      while (requests.size > 0) requests.shift().close();
    }
  }

  error(error) {
    this.state = 'errored';
    this.storedError = error;
    this.settleClosed();
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.reject(error);
    markHandled(reader.closed.promise);
    reader.failRequests(error);
  }

  // What the controllers need to know about who waits.
  hasDefaultReader() {
    return this.reader !== undefined && !this.reader.isByob;
  }

  hasByobReader() {
    return this.reader !== undefined && this.reader.isByob;
  }

  get waiting() {
    return this.reader === undefined ? 0 : this.reader.requests.size;
  }

  fulfill(chunk, done) {
    const request = this.reader.requests.shift();
    if (done) request.close(chunk); else request.chunk(chunk);
  }
}

// A reader of either kind: what waits for chunks, and the promise for the end.
class ReaderState {
  requests = new Fifo();

  constructor(stream, isByob) {
    this.stream = stream;  // ReadableState; undefined after releaseLock().
    this.isByob = isByob;
    stream.reader = this;
    this.closed = Promise.withResolvers();
    if (stream.state === 'closed') {
      this.closed.resolve();
    } else if (stream.state === 'errored') {
      this.closed.reject(stream.storedError);
      markHandled(this.closed.promise);
    }
  }

  failRequests(error) {
    const { requests } = this;
    this.requests = new Fifo();
    while (requests.size > 0) requests.shift().error(error);
  }

  cancel(reason) {
    return this.stream.cancel(reason);
  }

  // Default readers. `request` has chunk(value), close() and error(error).
  read(request) {
    const { stream } = this;
    stream.disturbed = true;
    if (stream.state === 'closed') request.close();
    else if (stream.state === 'errored') request.error(stream.storedError);
    else stream.controllerState.pullSteps(request);
  }

  release() {
    const { stream } = this;
    if (stream.state !== 'readable') this.closed = Promise.withResolvers();
    this.closed.reject(invalidState('Reader released'));
    markHandled(this.closed.promise);
    stream.controllerState.releaseSteps();
    stream.reader = undefined;
    this.stream = undefined;
    this.failRequests(invalidState('Releasing reader'));
  }
}

// A promise for one read.
class ReadRequest {
  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers();
    this.promise = promise;
    this.resolve = resolve;
    this.error = reject;
  }

  chunk(value) {
    this.resolve({ value, done: false });
  }

  close(value) {
    this.resolve({ value, done: true });
  }
}

module.exports = { ReadRequest, ReadableState, ReaderState };
