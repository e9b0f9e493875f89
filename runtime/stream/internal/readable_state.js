'use strict';

// ReadableState: what a readable side knows about itself. See state.js for the bits.

const {
  defineBit,
  defineCommonBits,
  defineOptional,
  highWaterMarkFrom,
  kAutoDestroy,
  kBits,
  kConstructed,
  kDefaultEncodingValue,
  kEmitClose,
  kFirstOwnBit,
  kObjectMode,
  kSync,
} = require('internal/stream/state');

const bit = (n) => 1 << (kFirstOwnBit + n);
const kEnded = bit(0);  // The source has pushed null.
const kEndEmitted = bit(1);
const kReading = bit(2);  // _read was called and has not pushed yet.
const kNeedReadable = bit(3);
const kEmittedReadable = bit(4);
const kReadableListening = bit(5);
const kResumeScheduled = bit(6);
const kMultiAwaitDrain = bit(7);
const kReadingMore = bit(8);
const kDataEmitted = bit(9);
const kDecoder = bit(10);
const kDefaultEncoding = bit(11);
// flowing and paused are null until somebody decides.
const kHasFlowing = bit(12);
const kFlowing = bit(13);
const kHasPaused = bit(14);
const kPaused = bit(15);
const kDataListening = bit(16);

const kDecoderValue = Symbol('kDecoderValue');
const kEncodingValue = Symbol('kEncodingValue');

/**
 * @param {object | undefined} options
 * @param {boolean} isDuplex
 */
function ReadableState(options, isDuplex) {
  // Destroyed by default when it has ended; 'close' is emitted; synchronous until _read has returned once.
  let bits = kAutoDestroy | kEmitClose | kConstructed | kSync;
  if (options !== undefined && options !== null) {
    if (options.objectMode || (isDuplex && options.readableObjectMode)) bits |= kObjectMode;
    if (options.emitClose === false) bits &= ~kEmitClose;
    if (options.autoDestroy === false) bits &= ~kAutoDestroy;
  }
  this[kBits] = bits;
  this.highWaterMark = highWaterMarkFrom(options, 'readableHighWaterMark', isDuplex, (bits & kObjectMode) !== 0);
  // A queue: [bufferIndex] is its head.
  this.buffer = [];
  this.bufferIndex = 0;
  this.length = 0;
  this.pipes = [];
  // The destination that is full, or a Set of them once there are several pipes.
  this.awaitDrainWriters = null;

  if (options) {
    const { defaultEncoding, encoding } = options;
    if (defaultEncoding && defaultEncoding !== 'utf8' && defaultEncoding !== 'utf-8') {
      checkEncoding(defaultEncoding);
      this.defaultEncoding = defaultEncoding;
    }
    if (encoding) this.useDecoder(encoding);
  }
}

function checkEncoding(encoding) {
  const { Buffer } = require('buffer');
  if (Buffer.isEncoding(encoding)) return;
  const { codes: { ERR_UNKNOWN_ENCODING } } = require('internal/errors');
  throw new ERR_UNKNOWN_ENCODING(encoding);
}

defineCommonBits(ReadableState.prototype);
defineBit(ReadableState.prototype, 'ended', kEnded);
defineBit(ReadableState.prototype, 'endEmitted', kEndEmitted);
defineBit(ReadableState.prototype, 'reading', kReading);
defineBit(ReadableState.prototype, 'needReadable', kNeedReadable);
defineBit(ReadableState.prototype, 'emittedReadable', kEmittedReadable);
defineBit(ReadableState.prototype, 'readableListening', kReadableListening);
defineBit(ReadableState.prototype, 'resumeScheduled', kResumeScheduled);
defineBit(ReadableState.prototype, 'multiAwaitDrain', kMultiAwaitDrain);
defineBit(ReadableState.prototype, 'readingMore', kReadingMore);
defineBit(ReadableState.prototype, 'dataEmitted', kDataEmitted);
defineOptional(ReadableState.prototype, 'defaultEncoding', kDefaultEncoding, kDefaultEncodingValue, 'utf8');
defineOptional(ReadableState.prototype, 'decoder', kDecoder, kDecoderValue, null);
defineOptional(ReadableState.prototype, 'encoding', kDecoder, kEncodingValue, null);
defineTernary('flowing', kHasFlowing, kFlowing);

// True, false, or null.
function defineTernary(name, hasMask, mask) {
  Object.defineProperty(ReadableState.prototype, name, {
    __proto__: null,
    enumerable: false,
    get() {
      return (this[kBits] & hasMask) === 0 ? null : (this[kBits] & mask) !== 0;
    },
    set(value) {
      if (value == null) this[kBits] &= ~(hasMask | mask);
      else if (value) this[kBits] |= hasMask | mask;
      else this[kBits] = (this[kBits] | hasMask) & ~mask;
    },
  });
}

Object.defineProperties(ReadableState.prototype, {
  pipesCount: {
    __proto__: null,
    get() {
      return this.pipes.length;
    },
  },
  paused: {
    __proto__: null,
    get() {
      return (this[kBits] & kPaused) !== 0;
    },
    set(value) {
      this[kBits] |= kHasPaused;
      if (value) this[kBits] |= kPaused; else this[kBits] &= ~kPaused;
    },
  },
  useDecoder: {
    __proto__: null,
    value(encoding) {
      const { StringDecoder } = require('string_decoder');
      this.decoder = new StringDecoder(encoding);
      this.encoding = this.decoder.encoding;
    },
  },
});

module.exports = {
  ReadableState,
  checkEncoding,
  kDataEmitted,
  kDataListening,
  kDecoder,
  kDefaultEncoding,
  kEmittedReadable,
  kEndEmitted,
  kEnded,
  kFlowing,
  kHasFlowing,
  kHasPaused,
  kMultiAwaitDrain,
  kNeedReadable,
  kPaused,
  kReadableListening,
  kReading,
  kReadingMore,
  kResumeScheduled,
};
