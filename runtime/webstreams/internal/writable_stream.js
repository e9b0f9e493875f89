'use strict';

// WritableStream, its writer and its controller: the public face of writable_state.js.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { kControllerErrorFunction, kIsClosedPromise, kIsErrored, kIsWritable } = require('internal/stream/utils');
const { ControllerState, WritableState, WriterState } = require('internal/webstreams/writable_state');
const {
  checkThis,
  defineEnumerable,
  highWaterMarkOf,
  inspectAs,
  invalidState,
  isBrand,
  kInspect,
  kState,
  kType,
  methodOf,
  resolveUndefined,
  sizeAlgorithmOf,
} = require('internal/webstreams/util');
const { kDeserialize, kTransfer, kTransferList } = require('internal/messaging/transferable');

const kInternal = Symbol('kInternal');

class WritableStreamDefaultController {
  [kType] = 'WritableStreamDefaultController';

  constructor(token = undefined, state = undefined) {
    if (token !== kInternal) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this[kState] = state;
  }

  get signal() {
    return checkThis(this, 'WritableStreamDefaultController').abortController.signal;
  }

  error(error = undefined) {
    checkThis(this, 'WritableStreamDefaultController').errorIfNeeded(error);
  }

  [kInspect](depth, options) {
    checkThis(this, 'WritableStreamDefaultController');
    return inspectAs(this, this.constructor.name, depth, options, { stream: this[kState].stream.stream });
  }
}

class WritableStream {
  [kType] = 'WritableStream';

  /**
   * @param {{start?: Function, write?: Function, close?: Function, abort?: Function}} [sink]
   * @param {{highWaterMark?: number, size?: Function}} [strategy]
   */
  constructor(sink = undefined, strategy = {}) {
    this[kState] = new WritableState(this);
    if (sink === kInternal) return;
    if (sink === null || (sink !== undefined && typeof sink !== 'object' && typeof sink !== 'function')) {
      throw new ERR_INVALID_ARG_TYPE('sink', 'Object', sink);
    }
    if (strategy !== null && typeof strategy !== 'object' && typeof strategy !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('strategy', 'Object', strategy);
    }
    sink ??= {};
    strategy ??= {};
    if (sink.type !== undefined) throw new ERR_INVALID_ARG_VALUE.RangeError('type', sink.type);
    const sizeAlgorithm = sizeAlgorithmOf(strategy);
    const highWaterMark = highWaterMarkOf(strategy, 1);

    const write = methodOf(sink, 'write', 'sink', resolveUndefined);
    const state = new ControllerState(this[kState], {
      write: (chunk) => write(chunk, state.controller),
      close: methodOf(sink, 'close', 'sink', resolveUndefined),
      abort: methodOf(sink, 'abort', 'sink', resolveUndefined),
    }, highWaterMark, sizeAlgorithm);
    state.controller = new WritableStreamDefaultController(kInternal, state);
    const { start } = sink;
    if (start !== undefined) validateFunction(start, 'sink.start');
    state.start(start === undefined ? undefined : Reflect.apply(start, sink, [state.controller]));
  }

  get locked() {
    return checkThis(this, 'WritableStream').locked;
  }

  abort(reason = undefined) {
    if (!isBrand(this, 'WritableStream')) return Promise.reject(new ERR_INVALID_THIS('WritableStream'));
    if (this[kState].locked) return Promise.reject(invalidState('WritableStream is locked'));
    return this[kState].abort(reason);
  }

  close() {
    if (!isBrand(this, 'WritableStream')) return Promise.reject(new ERR_INVALID_THIS('WritableStream'));
    if (this[kState].locked) return Promise.reject(invalidState('WritableStream is locked'));
    if (this[kState].closeQueuedOrInFlight()) {
      return Promise.reject(invalidState('Failure closing WritableStream'));
    }
    return this[kState].close();
  }

  getWriter() {
    checkThis(this, 'WritableStream');
    return new WritableStreamDefaultWriter(this);
  }

  [kTransferList]() {
    checkThis(this, 'WritableStream');
    return require('internal/webstreams/transfer').transferList(this);
  }

  [kTransfer]() {
    checkThis(this, 'WritableStream');
    return require('internal/webstreams/transfer').transferWritable(this);
  }

  [kDeserialize](data) {
    require('internal/webstreams/transfer').receiveWritable(this, data);
  }

  get [kIsErrored]() {
    return this[kState].state === 'errored';
  }

  get [kIsWritable]() {
    return this[kState].state === 'writable';
  }

  get [kIsClosedPromise]() {
    return this[kState].closedPromise;
  }

  get [kControllerErrorFunction]() {
    return (error) => this[kState].controller.errorIfNeeded(error);
  }

  [kInspect](depth, options) {
    checkThis(this, 'WritableStream');
    const { locked, state } = this[kState];
    return inspectAs(this, this.constructor.name, depth, options, { locked, state });
  }
}

const kReleased = 'Writer is not bound to a WritableStream';

function writerOf(value) {
  const writer = checkThis(value, 'WritableStreamDefaultWriter');
  if (writer.stream === undefined) throw invalidState(kReleased);
  return writer;
}

class WritableStreamDefaultWriter {
  [kType] = 'WritableStreamDefaultWriter';

  /** @param {WritableStream} stream */
  constructor(stream) {
    if (!isBrand(stream, 'WritableStream')) throw new ERR_INVALID_ARG_TYPE('stream', 'WritableStream', stream);
    if (stream[kState].locked) throw invalidState('WritableStream is locked');
    this[kState] = new WriterState(stream[kState]);
  }

  get closed() {
    if (!isBrand(this, 'WritableStreamDefaultWriter')) {
      return Promise.reject(new ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    return this[kState].closed.promise;
  }

  get desiredSize() {
    return writerOf(this).desiredSize();
  }

  get ready() {
    if (!isBrand(this, 'WritableStreamDefaultWriter')) {
      return Promise.reject(new ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    return this[kState].ready.promise;
  }

  abort(reason = undefined) {
    try {
      return writerOf(this).stream.abort(reason);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  close() {
    try {
      const { stream } = writerOf(this);
      if (stream.closeQueuedOrInFlight()) throw invalidState('Failure to close WritableStream');
      return stream.close();
    } catch (error) {
      return Promise.reject(error);
    }
  }

  releaseLock() {
    checkThis(this, 'WritableStreamDefaultWriter').release();
  }

  write(chunk = undefined) {
    try {
      return writerOf(this).write(chunk);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  [kInspect](depth, options) {
    checkThis(this, 'WritableStreamDefaultWriter');
    const writer = this[kState];
    return inspectAs(this, this.constructor.name, depth, options, {
      stream: writer.stream?.stream,
      close: writer.closed.promise,
      ready: writer.ready.promise,
      desiredSize: writer.stream === undefined ? undefined : writer.desiredSize(),
    });
  }
}

defineEnumerable(WritableStream.prototype, ['locked', 'abort', 'close', 'getWriter'], 'WritableStream');
defineEnumerable(WritableStreamDefaultWriter.prototype,
                 ['closed', 'desiredSize', 'ready', 'abort', 'close', 'releaseLock', 'write'],
                 'WritableStreamDefaultWriter');
defineEnumerable(WritableStreamDefaultController.prototype, ['signal', 'error'], 'WritableStreamDefaultController');

/** For built-ins: a stream whose algorithms return promises. */
function createWritableStream({ start, write, close, abort }, highWaterMark = 1, sizeAlgorithm = () => 1) {
  const stream = new WritableStream(kInternal);
  const state = new ControllerState(stream[kState], { write, close, abort }, highWaterMark, sizeAlgorithm);
  state.controller = new WritableStreamDefaultController(kInternal, state);
  state.start(start?.());
  return stream;
}

const isWritableStream = (value) => isBrand(value, 'WritableStream');

module.exports = {
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
  createWritableStream,
  isWritableStream,
};
