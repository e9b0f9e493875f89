'use strict';

// ReadableStreamDefaultReader and ReadableStreamBYOBReader.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_THIS, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { validateNumber, validateObject } = require('internal/validators');
const { ReadRequest, ReaderState } = require('internal/webstreams/readable_state');
const { ByteControllerState } = require('internal/webstreams/byte_controller');
const {
  checkThis,
  defineEnumerable,
  inspectAs,
  invalidState,
  isBrand,
  kInspect,
  kState,
  kType,
} = require('internal/webstreams/util');

const notAttached = () => invalidState('The reader is not attached to a stream');

function streamStateOf(stream) {
  if (!isBrand(stream, 'ReadableStream')) throw new ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
  return stream[kState];
}

class ReadableStreamDefaultReader {
  [kType] = 'ReadableStreamDefaultReader';

  /** @param {ReadableStream} stream */
  constructor(stream) {
    const state = streamStateOf(stream);
    if (state.locked) throw invalidState('ReadableStream is locked');
    this[kState] = new ReaderState(state, false);
  }

  read() {
    if (!isBrand(this, 'ReadableStreamDefaultReader')) {
      return Promise.reject(new ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    }
    const reader = this[kState];
    if (reader.stream === undefined) return Promise.reject(notAttached());
    const request = new ReadRequest();
    reader.read(request);
    return request.promise;
  }

  releaseLock() {
    const reader = checkThis(this, 'ReadableStreamDefaultReader');
    if (reader.stream !== undefined) reader.release();
  }

  get closed() {
    if (!isBrand(this, 'ReadableStreamDefaultReader')) {
      return Promise.reject(new ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    }
    return this[kState].closed.promise;
  }

  cancel(reason = undefined) {
    if (!isBrand(this, 'ReadableStreamDefaultReader')) {
      return Promise.reject(new ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    }
    if (this[kState].stream === undefined) return Promise.reject(notAttached());
    return this[kState].cancel(reason);
  }

  [kInspect](depth, options) {
    checkThis(this, 'ReadableStreamDefaultReader');
    const reader = this[kState];
    return inspectAs(this, this.constructor.name, depth, options, {
      stream: reader.stream?.stream,
      readRequests: reader.requests.size,
      close: reader.closed.promise,
    });
  }
}

class ReadableStreamBYOBReader {
  [kType] = 'ReadableStreamBYOBReader';

  /** @param {ReadableStream} stream */
  constructor(stream) {
    const state = streamStateOf(stream);
    if (state.locked) throw invalidState('ReadableStream is locked');
    if (!(state.controllerState instanceof ByteControllerState)) {
      throw new ERR_INVALID_ARG_VALUE('stream', stream, 'must be a byte stream');
    }
    this[kState] = new ReaderState(state, true);
  }

  /**
   * @param {ArrayBufferView} view its buffer is taken away; the result has another view of the same memory
   * @param {{min?: number}} [options]
   */
  async read(view, options = {}) {
    const reader = checkThis(this, 'ReadableStreamBYOBReader');
    if (!ArrayBuffer.isView(view)) {
      throw new ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
    }
    validateObject(options, 'options');
    if (view.byteLength === 0) throw invalidState('View or Viewed ArrayBuffer is zero-length or detached');
    if (view.buffer.byteLength === 0) throw invalidState('View or Viewed ArrayBuffer is zero-length or detached');
    const min = options.min ?? 1;
    validateNumber(min, 'options.min');
    if (!Number.isInteger(min)) throw new ERR_INVALID_ARG_VALUE('options.min', min, 'must be an integer');
    if (min <= 0) throw new ERR_INVALID_ARG_VALUE('options.min', min, 'must be greater than 0');
    const measure = view instanceof DataView ? 'byteLength' : 'length';
    if (min > view[measure]) throw new ERR_OUT_OF_RANGE('options.min', `<= view.${measure}`, min);
    const { stream } = reader;
    if (stream === undefined) throw notAttached();

    const request = new ReadRequest();
    stream.disturbed = true;
    if (stream.state === 'errored') {
      request.error(stream.storedError);
    } else {
      stream.controllerState.pullInto(view, min, request);
    }
    return request.promise;
  }

  releaseLock() {
    const reader = checkThis(this, 'ReadableStreamBYOBReader');
    if (reader.stream !== undefined) reader.release();
  }

  get closed() {
    if (!isBrand(this, 'ReadableStreamBYOBReader')) {
      return Promise.reject(new ERR_INVALID_THIS('ReadableStreamBYOBReader'));
    }
    return this[kState].closed.promise;
  }

  cancel(reason = undefined) {
    if (!isBrand(this, 'ReadableStreamBYOBReader')) {
      return Promise.reject(new ERR_INVALID_THIS('ReadableStreamBYOBReader'));
    }
    if (this[kState].stream === undefined) return Promise.reject(notAttached());
    return this[kState].cancel(reason);
  }

  [kInspect](depth, options) {
    checkThis(this, 'ReadableStreamBYOBReader');
    const reader = this[kState];
    return inspectAs(this, this.constructor.name, depth, options, {
      stream: reader.stream?.stream,
      requests: reader.requests.size,
      close: reader.closed.promise,
    });
  }
}

defineEnumerable(ReadableStreamDefaultReader.prototype, ['read', 'releaseLock', 'closed', 'cancel'],
                 'ReadableStreamDefaultReader');
defineEnumerable(ReadableStreamBYOBReader.prototype, ['read', 'releaseLock', 'closed', 'cancel'],
                 'ReadableStreamBYOBReader');

module.exports = { ReadableStreamBYOBReader, ReadableStreamDefaultReader };
