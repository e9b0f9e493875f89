'use strict';

// TransformStream: a writable whose chunks come out of a readable, changed.

const {
  codes: { ERR_ILLEGAL_CONSTRUCTOR, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE },
} = require('internal/errors');
const { validateFunction } = require('internal/validators');
const { createReadableStream } = require('internal/webstreams/readable_stream');
const { createWritableStream } = require('internal/webstreams/writable_stream');
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
  react,
  resolveUndefined,
  sizeAlgorithmOf,
} = require('internal/webstreams/util');
const { kDeserialize, kTransfer, kTransferList } = require('internal/messaging/transferable');

const kCreate = Symbol('kCreate');

class TransformState {
  backpressure = undefined;
  backpressureChange = undefined;
  finishPromise = undefined;

  // The algorithms get the controller as their last argument.
  constructor(algorithms) {
    this.transformAlgorithm = algorithms.transform;
    this.flushAlgorithm = algorithms.flush;
    this.cancelAlgorithm = algorithms.cancel;
    this.controller = new TransformStreamDefaultController(kCreate, this);
  }

  connect(startPromise, writableHwm, writableSize, readableHwm, readableSize) {
    this.writable = createWritableStream({
      __proto__: null,
      start: () => startPromise,
      write: (chunk) => this.write(chunk),
      abort: (reason) => this.abort(reason),
      close: () => this.close(),
    }, writableHwm, writableSize);
    this.readable = createReadableStream({
      __proto__: null,
      start: () => startPromise,
      pull: () => this.pull(),
      cancel: (reason) => this.cancel(reason),
    }, readableHwm, readableSize);
    this.setBackpressure(true);
  }

  get readableController() {
    return this.readable[kState].controllerState;
  }

  setBackpressure(backpressure) {
    this.backpressureChange?.resolve();
    this.backpressureChange = Promise.withResolvers();
    this.backpressure = backpressure;
  }

  clearAlgorithms() {
    this.transformAlgorithm = this.flushAlgorithm = this.cancelAlgorithm = undefined;
  }

  error(error) {
    this.readableController.error(error);
    this.errorWritable(error);
  }

  errorWritable(error) {
    this.clearAlgorithms();
    this.writable[kState].controller.errorIfNeeded(error);
    this.unblockWrite();
  }

  unblockWrite() {
    if (this.backpressure) this.setBackpressure(false);
  }

  // ---- From the controller ----

  enqueue(chunk) {
    const { readableController } = this;
    if (!readableController.canCloseOrEnqueue()) throw invalidState('Unable to enqueue');
    try {
      readableController.enqueue(chunk);
    } catch (error) {
      this.errorWritable(error);
      throw this.readable[kState].storedError;
    }
    const backpressure = !readableController.shouldPull();
    if (backpressure !== this.backpressure) this.setBackpressure(true);
  }

  terminate() {
    this.readableController.close();
    this.errorWritable(invalidState('TransformStream has been terminated'));
  }

  // ---- The writable side ----

  async transform(chunk) {
    try {
      await this.transformAlgorithm(chunk, this.controller);
    } catch (error) {
      this.error(error);
      throw error;
    }
  }

  async write(chunk) {
    if (this.backpressure) {
      await this.backpressureChange.promise;
      const { state, storedError } = this.writable[kState];
      if (state === 'erroring') throw storedError;
    }
    // Cancelled meanwhile: what is written goes nowhere.
    if (this.transformAlgorithm === undefined) return undefined;
    return this.transform(chunk);
  }

  // Cancelling, aborting and closing all end the transformer, whichever comes first.
  finish(algorithm, onFulfilled, onRejected) {
    if (this.finishPromise !== undefined) return this.finishPromise.promise;
    this.finishPromise = Promise.withResolvers();
    const { promise, resolve, reject } = this.finishPromise;
    const running = algorithm();
    this.clearAlgorithms();
    react(running, () => {
      const error = onFulfilled();
      if (error === undefined) resolve(); else reject(error.value);
    }, (error) => {
      onRejected(error);
      reject(error);
    });
    return promise;
  }

  abort(reason) {
    const readable = this.readable[kState];
    return this.finish(() => this.cancelAlgorithm(reason), () => {
      if (readable.state === 'errored') return { value: readable.storedError };
      this.readableController.error(reason);
      return undefined;
    }, (error) => this.readableController.error(error));
  }

  close() {
    const readable = this.readable[kState];
    return this.finish(() => this.flushAlgorithm(this.controller), () => {
      if (readable.state === 'errored') return { value: readable.storedError };
      this.readableController.close();
      return undefined;
    }, (error) => this.readableController.error(error));
  }

  // ---- The readable side ----

  pull() {
    this.setBackpressure(false);
    return this.backpressureChange.promise;
  }

  cancel(reason) {
    const writable = this.writable[kState];
    return this.finish(() => this.cancelAlgorithm(reason), () => {
      if (writable.state === 'errored') return { value: writable.storedError };
      writable.controller.errorIfNeeded(reason);
      this.unblockWrite();
      return undefined;
    }, (error) => {
      writable.controller.errorIfNeeded(error);
      this.unblockWrite();
    });
  }
}

class TransformStreamDefaultController {
  [kType] = 'TransformStreamDefaultController';

  constructor(token = undefined, state = undefined) {
    if (token !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    this[kState] = state;
  }

  get desiredSize() {
    return checkThis(this, 'TransformStreamDefaultController').readableController.desiredSize;
  }

  enqueue(chunk = undefined) {
    checkThis(this, 'TransformStreamDefaultController').enqueue(chunk);
  }

  error(reason = undefined) {
    checkThis(this, 'TransformStreamDefaultController').error(reason);
  }

  terminate() {
    checkThis(this, 'TransformStreamDefaultController').terminate();
  }

  [kInspect](depth, options) {
    checkThis(this, 'TransformStreamDefaultController');
    return inspectAs(this, this.constructor.name, depth, options, { stream: this[kState].stream });
  }
}

function strategyOf(strategy, name) {
  if (strategy !== null && typeof strategy !== 'object' && typeof strategy !== 'function') {
    throw new ERR_INVALID_ARG_TYPE(name, 'Object', strategy);
  }
  return strategy ?? {};
}

class TransformStream {
  [kType] = 'TransformStream';

  /**
   * @param {{start?: Function, transform?: Function, flush?: Function, cancel?: Function}} [transformer]
   * @param {{highWaterMark?: number, size?: Function}} [writableStrategy]
   * @param {{highWaterMark?: number, size?: Function}} [readableStrategy]
   */
  constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
    if (transformer === null || (typeof transformer !== 'object' && typeof transformer !== 'function')) {
      throw new ERR_INVALID_ARG_TYPE('transformer', 'Object', transformer);
    }
    writableStrategy = strategyOf(writableStrategy, 'writableStrategy');
    readableStrategy = strategyOf(readableStrategy, 'readableStrategy');
    const { readableType, writableType, start } = transformer;
    if (readableType !== undefined) {
      throw new ERR_INVALID_ARG_VALUE.RangeError('transformer.readableType', readableType);
    }
    if (writableType !== undefined) {
      throw new ERR_INVALID_ARG_VALUE.RangeError('transformer.writableType', writableType);
    }
    const readableHwm = highWaterMarkOf(readableStrategy, 0);
    const readableSize = sizeAlgorithmOf(readableStrategy);
    const writableHwm = highWaterMarkOf(writableStrategy, 1);
    const writableSize = sizeAlgorithmOf(writableStrategy);

    const state = new TransformState({
      transform: methodOf(transformer, 'transform', 'transformer', async (chunk, controller) => {
        controller.enqueue(chunk);
      }),
      flush: methodOf(transformer, 'flush', 'transformer', resolveUndefined),
      cancel: methodOf(transformer, 'cancel', 'transformer', resolveUndefined),
    });
    this[kState] = state;
    state.stream = this;
    const startPromise = Promise.withResolvers();
    state.connect(startPromise.promise, writableHwm, writableSize, readableHwm, readableSize);
    if (start !== undefined) validateFunction(start, 'transformer.start');
    startPromise.resolve(start === undefined ? undefined : Reflect.apply(start, transformer, [state.controller]));
  }

  get readable() {
    return checkThis(this, 'TransformStream').readable;
  }

  get writable() {
    return checkThis(this, 'TransformStream').writable;
  }

  [kTransferList]() {
    checkThis(this, 'TransformStream');
    return [this.readable, this.writable];
  }

  [kTransfer]() {
    checkThis(this, 'TransformStream');
    return require('internal/webstreams/transfer').transferTransform(this);
  }

  [kDeserialize](data) {
    require('internal/webstreams/transfer').receiveTransform(this, data);
  }

  [kInspect](depth, options) {
    checkThis(this, 'TransformStream');
    const { readable, writable, backpressure } = this[kState];
    return inspectAs(this, this.constructor.name, depth, options, { readable, writable, backpressure });
  }
}

defineEnumerable(TransformStream.prototype, ['readable', 'writable'], 'TransformStream');
defineEnumerable(TransformStreamDefaultController.prototype, ['desiredSize', 'enqueue', 'error', 'terminate'],
                 'TransformStreamDefaultController');

const isTransformStream = (value) => isBrand(value, 'TransformStream');

module.exports = { TransformStream, TransformStreamDefaultController, isTransformStream };
