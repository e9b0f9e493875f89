'use strict';

// The `stream` module: the old Stream class, with everything newer as its properties. Part of the start-up snapshot.

const { Buffer } = require('buffer');
const { isUint8Array } = require('internal/util/types');
const { promisify } = require('internal/util');
const { Stream } = require('internal/stream/legacy');
const { Readable } = require('internal/stream/readable');
const { Writable } = require('internal/stream/writable');
const { Duplex } = require('internal/stream/duplex');
const { PassThrough, Transform } = require('internal/stream/transform');
const { destroyer } = require('internal/stream/destroy');
const { eos } = require('internal/stream/end_of_stream');
const { addAbortSignal } = require('internal/stream/add_abort_signal');
const { getDefaultHighWaterMark, setDefaultHighWaterMark } = require('internal/stream/state');
const { isDestroyed, isDisturbed, isErrored, isReadable, isWritable } = require('internal/stream/utils');
const { installOperators } = require('internal/stream/install_operators');

function pipeline(...streams) {
  return require('internal/stream/pipeline').pipeline(...streams);
}

function compose(...streams) {
  return require('internal/stream/compose').compose(...streams);
}

function duplexPair(options) {
  return require('internal/stream/duplex_pair').duplexPair(options);
}

installOperators(Readable.prototype);

module.exports = Stream;
Object.assign(Stream, {
  isDestroyed,
  isDisturbed,
  isErrored,
  isReadable,
  isWritable,
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  duplexPair,
  pipeline,
  addAbortSignal,
  finished: eos,
  destroy: destroyer,
  compose,
  setDefaultHighWaterMark,
  getDefaultHighWaterMark,
});

// util.promisify gives what stream/promises has.
for (const [fn, name] of [[pipeline, 'pipeline'], [eos, 'finished']]) {
  Object.defineProperty(fn, promisify.custom, {
    __proto__: null,
    enumerable: true,
    get() {
      return require('stream/promises')[name];
    },
  });
}
Object.defineProperty(Stream, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    return require('stream/promises');
  },
});

Stream.Stream = Stream;
Stream._isArrayBufferView = ArrayBuffer.isView;
Stream._isUint8Array = isUint8Array;
Stream._uint8ArrayToBuffer = function _uint8ArrayToBuffer(chunk) {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
};
