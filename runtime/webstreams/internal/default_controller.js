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
} = require('internal/webstreams/util');
const { ReadableControllerState } = require('internal/webstreams/readable_controller');

const kCreate = Symbol('kCreate');

class DefaultControllerState extends ReadableControllerState {
  queue = new SizedQueue();
  sizeAlgorithm;

  constructor(stream, source, highWaterMark, sizeAlgorithm) {
    super(stream, source, highWaterMark);
    this.sizeAlgorithm = sizeAlgorithm;
    this.controller = stream.controller = new ReadableStreamDefaultController(kCreate, this);
  }

  get queuedSize() {
    return this.queue.size;
  }

  clearQueue() {
    this.queue.clear();
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
    super.clearAlgorithms();
    this.sizeAlgorithm = undefined;
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
