'use strict';

// ReadableStream. What it does on top of its state machine (pipeTo, tee, from, iteration) is in files of their own.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS },
} = require('internal/errors');
const { validateAbortSignal, validateFunction, validateObject } = require('internal/validators');
const { kIsClosedPromise, kIsDisturbed, kIsErrored, kIsReadable, kControllerErrorFunction } =
  require('internal/stream/utils');
const { ReadableState } = require('internal/webstreams/readable_state');
const { DefaultControllerState } = require('internal/webstreams/default_controller');
const { ByteControllerState } = require('internal/webstreams/byte_controller');
const { ReadableStreamBYOBReader, ReadableStreamDefaultReader } = require('internal/webstreams/readers');
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
  markHandled,
  methodOf,
  resolveUndefined,
  sizeAlgorithmOf,
} = require('internal/webstreams/util');
const { kDeserialize, kTransfer, kTransferList } = require('internal/messaging/transferable');

const kBrand = 'ReadableStream';
const kInternal = Symbol('kInternal');

class ReadableStream {
  [kType] = kBrand;

  /**
   * @param {{start?: Function, pull?: Function, cancel?: Function, type?: 'bytes',
   *   autoAllocateChunkSize?: number}} [source]
   * @param {{highWaterMark?: number, size?: Function}} [strategy]
   */
  constructor(source = {}, strategy = {}) {
    this[kState] = new ReadableState(this);
    if (source === kInternal) return;
    if (source === null || (typeof source !== 'object' && typeof source !== 'function')) {
      throw new ERR_INVALID_ARG_TYPE('source', 'Object', source);
    }
    if (strategy !== null && typeof strategy !== 'object' && typeof strategy !== 'function') {
      throw new ERR_INVALID_ARG_TYPE('strategy', 'Object', strategy);
    }
    strategy ??= {};
    const { type } = source;
    const size = strategy.size;
    if (type !== undefined && `${type}` === 'bytes') {
      if (size !== undefined) throw new ERR_INVALID_ARG_VALUE.RangeError('strategy.size', size);
      setUpByteSource(this[kState], source, highWaterMarkOf(strategy, 0));
    } else if (type !== undefined) {
      throw new ERR_INVALID_ARG_VALUE('source.type', type);
    } else {
      const sizeAlgorithm = sizeAlgorithmOf(strategy);
      setUpDefaultSource(this[kState], source, highWaterMarkOf(strategy, 1), sizeAlgorithm);
    }
  }

  /** @param {Iterable | AsyncIterable} iterable */
  static from(iterable) {
    return require('internal/webstreams/from').readableStreamFrom(iterable);
  }

  get locked() {
    return checkThis(this, kBrand).locked;
  }

  cancel(reason = undefined) {
    if (!isBrand(this, kBrand)) return Promise.reject(new ERR_INVALID_THIS(kBrand));
    if (this[kState].locked) return Promise.reject(invalidState('ReadableStream is locked'));
    return this[kState].cancel(reason);
  }

  /** @param {{mode?: 'byob'}} [options] */
  getReader(options = {}) {
    checkThis(this, kBrand);
    validateObject(options ?? {}, 'options');
    const mode = options?.mode;
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw new ERR_INVALID_ARG_VALUE('options.mode', mode);
    return new ReadableStreamBYOBReader(this);
  }

  pipeThrough(transform, options = {}) {
    checkThis(this, kBrand);
    const readable = transform?.readable;
    if (!isBrand(readable, kBrand)) throw new ERR_INVALID_ARG_TYPE('transform.readable', 'ReadableStream', readable);
    const writable = transform?.writable;
    if (!isBrand(writable, 'WritableStream')) {
      throw new ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', writable);
    }
    const how = readPipeOptions(options);
    if (this[kState].locked) throw invalidState('The ReadableStream is locked');
    if (writable[kState].locked) throw invalidState('The WritableStream is locked');
    const { pipeTo } = require('internal/webstreams/pipe');
    markHandled(pipeTo(this[kState], writable[kState], how));
    return readable;
  }

  pipeTo(destination, options = {}) {
    try {
      checkThis(this, kBrand);
      if (!isBrand(destination, 'WritableStream')) {
        throw new ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', destination);
      }
      const how = readPipeOptions(options);
      if (this[kState].locked) throw invalidState('The ReadableStream is locked');
      if (destination[kState].locked) throw invalidState('The WritableStream is locked');
      return require('internal/webstreams/pipe').pipeTo(this[kState], destination[kState], how);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  tee() {
    checkThis(this, kBrand);
    return require('internal/webstreams/tee').tee(this);
  }

  /** @param {{preventCancel?: boolean}} [options] */
  values(options = {}) {
    const state = checkThis(this, kBrand);
    validateObject(options ?? {}, 'options');
    if (state.locked) throw invalidState('ReadableStream is locked');
    return require('internal/webstreams/iterator').createIterator(this, !!options?.preventCancel);
  }

  [kTransferList]() {
    checkThis(this, kBrand);
    return require('internal/webstreams/transfer').transferList(this);
  }

  [kTransfer]() {
    checkThis(this, kBrand);
    return require('internal/webstreams/transfer').transferReadable(this);
  }

  [kDeserialize](data) {
    require('internal/webstreams/transfer').receiveReadable(this, data);
  }

  get [kIsDisturbed]() {
    return this[kState].disturbed;
  }

  get [kIsErrored]() {
    return this[kState].state === 'errored';
  }

  get [kIsReadable]() {
    return this[kState].state === 'readable';
  }

  get [kIsClosedPromise]() {
    return this[kState].closedPromise;
  }

  get [kControllerErrorFunction]() {
    return (error) => this[kState].controllerState.error(error);
  }

  [kInspect](depth, options) {
    checkThis(this, kBrand);
    const { controllerState, locked, state } = this[kState];
    return inspectAs(this, this.constructor.name, depth, options, {
      locked,
      state,
      supportsBYOB: controllerState instanceof ByteControllerState,
    });
  }
}

Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  writable: true,
  value: ReadableStream.prototype.values,
});
defineEnumerable(ReadableStream, ['from']);
defineEnumerable(ReadableStream.prototype,
                 ['locked', 'cancel', 'getReader', 'pipeThrough', 'pipeTo', 'tee', 'values'], 'ReadableStream');

function readPipeOptions(options) {
  options ??= {};
  validateObject(options, 'options');
  const { preventAbort, preventCancel, preventClose, signal } = options;
  if (signal !== undefined) {
    if (signal === null) throw new ERR_INVALID_ARG_TYPE('options.signal', 'AbortSignal', signal);
    validateAbortSignal(signal, 'options.signal');
  }
  return { preventAbort: !!preventAbort, preventCancel: !!preventCancel, preventClose: !!preventClose, signal };
}

function algorithmsOf(source) {
  return {
    pull: methodOf(source, 'pull', 'source', resolveUndefined),
    cancel: methodOf(source, 'cancel', 'source', resolveUndefined),
  };
}

function callStart(source, controller) {
  const { start } = source;
  if (start === undefined) return undefined;
  validateFunction(start, 'source.start');
  return Reflect.apply(start, source, [controller.controller]);
}

function setUpDefaultSource(state, source, highWaterMark, sizeAlgorithm) {
  const controller = new DefaultControllerState(state, algorithmsOf(source), highWaterMark, sizeAlgorithm);
  controller.start(callStart(source, controller));
}

function setUpByteSource(state, source, highWaterMark) {
  const size = source.autoAllocateChunkSize;
  if (size === 0) throw new ERR_INVALID_ARG_VALUE('source.autoAllocateChunkSize', size);
  const controller = new ByteControllerState(
    state, algorithmsOf(source), highWaterMark, size === undefined ? undefined : +size);
  controller.start(callStart(source, controller));
}

/** For built-ins: a stream whose algorithms return promises. */
function createReadableStream({ start, pull, cancel = resolveUndefined }, highWaterMark = 1, sizeAlgorithm = () => 1) {
  const stream = new ReadableStream(kInternal);
  const controller = new DefaultControllerState(stream[kState], { pull, cancel }, highWaterMark, sizeAlgorithm);
  controller.start(start?.(controller));
  return stream;
}

/** The same for bytes. */
function createReadableByteStream({ start, pull, cancel }) {
  const stream = new ReadableStream(kInternal);
  const controller = new ByteControllerState(stream[kState], { pull, cancel }, 0, undefined);
  controller.start(start?.(controller));
  return stream;
}

const isReadableStream = (value) => isBrand(value, kBrand);

module.exports = {
  ReadableStream,
  createReadableByteStream,
  createReadableStream,
  isReadableStream,
};
