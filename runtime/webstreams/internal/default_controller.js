'use strict';

// ReadableStreamDefaultController: a queue of chunks of any kind.

const { codes: { ERR_ILLEGAL_CONSTRUCTOR } } = require('internal/errors');
const {
  SizedQueue,
  checkThis,
  defineEnumerable,
  inspectAs,
  invalidState,
  kInspect,
  kState,
  kType,
  promiseOf,
} = require('internal/webstreams/util');

const kCreate = Symbol('kCreate');

class DefaultControllerState {
  queue = new SizedQueue();
  started = false;
  closeRequested = false;
  pulling = false;
  pullAgain = false;

  /**
   * @param {ReadableState} stream
   * @param {{pull: Function, cancel: Function}} source
   */
  constructor(stream, { pull, cancel }, highWaterMark, sizeAlgorithm) {
    this.stream = stream;
    this.pull = pull;
    this.cancel = cancel;
    this.highWaterMark = highWaterMark;
    this.sizeAlgorithm = sizeAlgorithm;
    this.controller = new ReadableStreamDefaultController(kCreate, this);
    stream.controller = this;
  }

  start(startResult) {
    promiseOf(startResult).then(() => {
      this.started = true;
      this.callPullIfNeeded();
    }, (error) => this.error(error));
  }

  get desiredSize() {
    switch (this.stream.state) {
      case 'errored': return null;
      case 'closed': return 0;
      default: return this.highWaterMark - this.queue.size;
    }
  }

  canCloseOrEnqueue() {
    return !this.closeRequested && this.stream.state === 'readable';
  }

  enqueue(chunk) {
    if (!this.canCloseOrEnqueue()) return;
    if (this.stream.locked && this.stream.waiting > 0) {
      this.stream.fulfill(chunk, false);
    } else {
      try {
        const size = (0, this.sizeAlgorithm)(chunk);
        this.queue.push(chunk, +size);
      } catch (error) {
        this.error(error);
        throw error;
      }
    }
    this.callPullIfNeeded();
  }

  close() {
    if (!this.canCloseOrEnqueue()) return;
    this.closeRequested = true;
    if (this.queue.length === 0) {
      this.clearAlgorithms();
      this.stream.close();
    }
  }

  error(error) {
    if (this.stream.state !== 'readable') return;
    this.queue.clear();
    this.clearAlgorithms();
    this.stream.error(error);
  }

  clearAlgorithms() {
    this.pull = this.cancel = this.sizeAlgorithm = undefined;
  }

  shouldPull() {
    if (!this.canCloseOrEnqueue() || !this.started) return false;
    if (this.stream.locked && this.stream.waiting > 0) return true;
    return this.desiredSize > 0;
  }

  callPullIfNeeded() {
    if (!this.shouldPull()) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    this.pull(this.controller).then(() => {
      this.pulling = false;
      if (this.pullAgain) {
        this.pullAgain = false;
        this.callPullIfNeeded();
      }
    }, (error) => this.error(error));
  }

  cancelSteps(reason) {
    this.queue.clear();
    const { cancel } = this;
    this.clearAlgorithms();
    return cancel(reason);
  }

  pullSteps(request) {
    if (this.queue.length > 0) {
      const chunk = this.queue.shift();
      if (this.closeRequested && this.queue.length === 0) {
        this.clearAlgorithms();
        this.stream.close();
      } else {
        this.callPullIfNeeded();
      }
      request.chunk(chunk);
      return;
    }
    this.stream.reader.requests.push(request);
    this.callPullIfNeeded();
  }

  releaseSteps() {}
}

class ReadableStreamDefaultController {
  [kType] = 'ReadableStreamDefaultController';

  constructor(token = undefined, state = undefined) {
    if (token !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this[kState] = state;
  }

  get desiredSize() {
    return checkThis(this, 'ReadableStreamDefaultController').desiredSize;
  }

  close() {
    const state = checkThis(this, 'ReadableStreamDefaultController');
    if (!state.canCloseOrEnqueue()) throw invalidState('Controller is already closed');
    state.close();
  }

  enqueue(chunk = undefined) {
    const state = checkThis(this, 'ReadableStreamDefaultController');
    if (!state.canCloseOrEnqueue()) throw invalidState('Controller is already closed');
    state.enqueue(chunk);
  }

  error(error = undefined) {
    checkThis(this, 'ReadableStreamDefaultController').error(error);
  }

  [kInspect](depth, options) {
    checkThis(this, 'ReadableStreamDefaultController');
    return inspectAs(this, this.constructor.name, depth, options, {});
  }
}

defineEnumerable(ReadableStreamDefaultController.prototype, ['desiredSize', 'close', 'enqueue', 'error'],
                 'ReadableStreamDefaultController');

module.exports = { DefaultControllerState, ReadableStreamDefaultController };
