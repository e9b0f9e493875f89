'use strict';

// The state machine of a WritableStream, apart from its public face: what the WHATWG standard's abstract operations on
// writable streams do.

const { Fifo } = require('internal/events/fifo');
const { SizedQueue, StreamState, invalidState, markHandled, promiseOf, react } = require('internal/webstreams/util');

// In the queue of a controller: the stream ends here.
const kCloseSentinel = Symbol('kClose');

// 'writable', then 'erroring' while a write is still under way, then 'errored'; or 'closed'.
class WritableState extends StreamState {
  writer = undefined;  // WriterState of what has it locked.
  controller = undefined;
  backpressure = false;
  writeRequests = new Fifo();
  inFlightWrite = undefined;
  closeRequest = undefined;
  inFlightClose = undefined;
  pendingAbort = undefined;

  constructor(stream) {
    super(stream, 'writable');
  }

  get locked() {
    return this.writer !== undefined;
  }

  closeQueuedOrInFlight() {
    return this.closeRequest !== undefined || this.inFlightClose !== undefined;
  }

  abort(reason) {
    if (this.state === 'closed' || this.state === 'errored') return Promise.resolve();
    this.controller.abortController.abort(reason);
    // A listener of the signal may have changed it.
    if (this.state === 'closed' || this.state === 'errored') return Promise.resolve();
    if (this.pendingAbort !== undefined) return this.pendingAbort.promise;
    const wasErroring = this.state === 'erroring';
    this.pendingAbort = { ...Promise.withResolvers(), reason: wasErroring ? undefined : reason, wasErroring };
    const { promise } = this.pendingAbort;
    if (!wasErroring) this.startErroring(reason);
    return promise;
  }

  close() {
    if (this.state === 'closed' || this.state === 'errored') {
      return Promise.reject(invalidState('WritableStream is closed'));
    }
    const request = Promise.withResolvers();
    this.closeRequest = request;
    if (this.writer !== undefined && this.backpressure && this.state === 'writable') this.writer.ready.resolve();
    this.controller.close();
    return request.promise;
  }

  addWriteRequest() {
    const request = Promise.withResolvers();
    this.writeRequests.push(request);
    return request.promise;
  }

  dealWithRejection(error) {
    if (this.state === 'writable') this.startErroring(error); else this.finishErroring();
  }

  startErroring(reason) {
    this.state = 'erroring';
    this.storedError = reason;
    this.writer?.failReady(reason);
    if (this.inFlightWrite === undefined && this.inFlightClose === undefined && this.controller.started) {
      this.finishErroring();
    }
  }

  finishErroring() {
    this.state = 'errored';
    this.settleClosed();
    this.controller.errorSteps();
    const requests = this.writeRequests;
    this.writeRequests = new Fifo();
    while (requests.size > 0) requests.shift().reject(this.storedError);

    const abort = this.pendingAbort;
    if (abort === undefined) {
      this.rejectCloseAndClosed();
      return;
    }
    this.pendingAbort = undefined;
    if (abort.wasErroring) {
      abort.reject(this.storedError);
      this.rejectCloseAndClosed();
      return;
    }
    react(this.controller.abortSteps(abort.reason), () => {
      abort.resolve();
      this.rejectCloseAndClosed();
    }, (error) => {
      abort.reject(error);
      this.rejectCloseAndClosed();
    });
  }

  rejectCloseAndClosed() {
    if (this.closeRequest !== undefined) {
      this.closeRequest.reject(this.storedError);
      this.closeRequest = undefined;
    }
    if (this.writer !== undefined) this.writer.failClosed(this.storedError);
  }

  finishInFlightWrite(error, failed) {
    const request = this.inFlightWrite;
    this.inFlightWrite = undefined;
    if (!failed) {
      request.resolve();
    } else {
      request.reject(error);
      this.dealWithRejection(error);
    }
  }

  finishInFlightClose(error, failed) {
    const request = this.inFlightClose;
    this.inFlightClose = undefined;
    if (failed) {
      request.reject(error);
      if (this.pendingAbort !== undefined) {
        this.pendingAbort.reject(error);
        this.pendingAbort = undefined;
      }
      this.dealWithRejection(error);
      return;
    }
    request.resolve();
    if (this.state === 'erroring') {
      this.storedError = undefined;
      if (this.pendingAbort !== undefined) {
        this.pendingAbort.resolve();
        this.pendingAbort = undefined;
      }
    }
    this.state = 'closed';
    this.settleClosed();
    this.writer?.closed.resolve();
  }

  updateBackpressure(backpressure) {
    if (this.writer !== undefined && backpressure !== this.backpressure) {
      if (backpressure) this.writer.ready = deferred(); else this.writer.ready.resolve();
    }
    this.backpressure = backpressure;
  }
}

class ControllerState {
  queue = new SizedQueue();
  started = false;
  highWaterMark;
  sizeAlgorithm;
  #abortController = undefined;

  /**
   * @param {WritableState} stream
   * @param {{write: Function, close: Function, abort: Function}} sink
   */
  constructor(stream, { write, close, abort }, highWaterMark, sizeAlgorithm) {
    this.stream = stream;
    this.writeAlgorithm = write;
    this.closeAlgorithm = close;
    this.abortAlgorithm = abort;
    this.highWaterMark = highWaterMark;
    this.sizeAlgorithm = sizeAlgorithm;
    stream.controller = this;
  }

  get abortController() {
    return this.#abortController ??= new (require('internal/abort_controller').AbortController)();
  }

  start(startResult) {
    const { stream } = this;
    stream.updateBackpressure(this.backpressure());
    react(promiseOf(startResult), () => {
      this.started = true;
      this.advance();
    }, (error) => {
      this.started = true;
      stream.dealWithRejection(error);
    });
  }

  desiredSize() {
    return this.highWaterMark - this.queue.size;
  }

  backpressure() {
    return this.desiredSize() <= 0;
  }

  clearAlgorithms() {
    this.writeAlgorithm = this.closeAlgorithm = this.abortAlgorithm = this.sizeAlgorithm = undefined;
  }

  abortSteps(reason) {
    const result = this.abortAlgorithm(reason);
    this.clearAlgorithms();
    return result;
  }

  errorSteps() {
    this.queue.clear();
  }

  error(error) {
    this.clearAlgorithms();
    this.stream.startErroring(error);
  }

  errorIfNeeded(error) {
    if (this.stream.state === 'writable') this.error(error);
  }

  chunkSize(chunk) {
    if (this.sizeAlgorithm === undefined) return 1;
    try {
      return +(0, this.sizeAlgorithm)(chunk);
    } catch (error) {
      this.errorIfNeeded(error);
      return 1;
    }
  }

  write(chunk, size) {
    try {
      this.queue.push(chunk, size);
    } catch (error) {
      this.errorIfNeeded(error);
      return;
    }
    const { stream } = this;
    if (!stream.closeQueuedOrInFlight() && stream.state === 'writable') {
      stream.updateBackpressure(this.backpressure());
    }
    this.advance();
  }

  close() {
    this.queue.push(kCloseSentinel, 0);
    this.advance();
  }

  advance() {
    const { stream } = this;
    if (!this.started || stream.inFlightWrite !== undefined) return;
    if (stream.state === 'erroring') {
      stream.finishErroring();
      return;
    }
    if (this.queue.length === 0) return;
    const chunk = this.queue.peek();
    if (chunk === kCloseSentinel) this.processClose(); else this.processWrite(chunk);
  }

  processClose() {
    const { stream } = this;
    stream.inFlightClose = stream.closeRequest;
    stream.closeRequest = undefined;
    this.queue.shift();
    const result = this.closeAlgorithm();
    this.clearAlgorithms();
    react(result, () => stream.finishInFlightClose(), (error) => stream.finishInFlightClose(error, true));
  }

  processWrite(chunk) {
    const { stream } = this;
    stream.inFlightWrite = stream.writeRequests.shift();
    react(this.writeAlgorithm(chunk), () => {
      stream.finishInFlightWrite();
      const { state } = stream;
      this.queue.shift();
      if (!stream.closeQueuedOrInFlight() && state === 'writable') stream.updateBackpressure(this.backpressure());
      this.advance();
    }, (error) => {
      if (stream.state === 'writable') this.clearAlgorithms();
      stream.finishInFlightWrite(error, true);
    });
  }
}

// Those who wait on a promise that is pending see it rejected; one that has settled is replaced by a rejected one.
// Promises cannot be asked, so settling through here is what tells.
function rejected(current, error) {
  if (!current.settled) {
    current.reject(error);
    markHandled(current.promise);
    current.settled = true;
    return current;
  }
  const replacement = deferred();
  replacement.reject(error);
  replacement.settled = true;
  markHandled(replacement.promise);
  return replacement;
}

function deferred() {
  const { promise, resolve, reject } = Promise.withResolvers();
  return {
    promise,
    settled: false,
    resolve(value) {
      this.settled = true;
      resolve(value);
    },
    reject,
  };
}

// What a writer keeps.
class WriterState {
  closed = deferred();
  ready = deferred();

  constructor(stream) {
    this.stream = stream;  // WritableState; undefined after releaseLock().
    stream.writer = this;
    switch (stream.state) {
      case 'writable':
        if (stream.closeQueuedOrInFlight() || !stream.backpressure) this.ready.resolve();
        break;
      case 'erroring':
        this.failReady(stream.storedError);
        break;
      case 'closed':
        this.ready.resolve();
        this.closed.resolve();
        break;
      default:
        this.failReady(stream.storedError);
        this.failClosed(stream.storedError);
    }
  }

  failReady(error) {
    this.ready = rejected(this.ready, error);
  }

  failClosed(error) {
    this.closed = rejected(this.closed, error);
  }

  desiredSize() {
    const { stream } = this;
    if (stream.state === 'errored' || stream.state === 'erroring') return null;
    return stream.state === 'closed' ? 0 : stream.controller.desiredSize();
  }

  write(chunk) {
    const { stream } = this;
    const { controller } = stream;
    const size = controller.chunkSize(chunk);
    // The size function may have released the writer.
    if (this.stream !== stream) return Promise.reject(invalidState('Mismatched WritableStreams'));
    if (stream.state === 'errored') return Promise.reject(stream.storedError);
    if (stream.closeQueuedOrInFlight() || stream.state === 'closed') {
      return Promise.reject(invalidState('WritableStream is closed'));
    }
    if (stream.state === 'erroring') return Promise.reject(stream.storedError);
    const promise = stream.addWriteRequest();
    controller.write(chunk, size);
    return promise;
  }

  closeWithErrorPropagation() {
    const { stream } = this;
    if (stream.closeQueuedOrInFlight() || stream.state === 'closed') return Promise.resolve();
    if (stream.state === 'errored') return Promise.reject(stream.storedError);
    return stream.close();
  }

  release() {
    const { stream } = this;
    if (stream === undefined) return;
    const error = invalidState('Writer has been released');
    this.failReady(error);
    this.failClosed(error);
    stream.writer = undefined;
    this.stream = undefined;
  }
}

module.exports = { ControllerState, WritableState, WriterState };
