'use strict';

// WritableState: what a writable side knows about itself. See state.js for the bits.

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
const kFinalCalled = bit(0);
const kNeedDrain = bit(1);
const kEnding = bit(2);  // end() was called.
const kEnded = bit(3);  // end() has returned.
const kFinished = bit(4);
const kDecodeStrings = bit(5);
const kWriting = bit(6);  // A _write is under way.
const kBufferProcessing = bit(7);
const kPrefinished = bit(8);
const kAllBuffers = bit(9);
const kAllNoop = bit(10);
const kOnFinished = bit(11);
const kHasWritable = bit(12);
const kWritable = bit(13);
const kDefaultEncoding = bit(14);
const kWriteCallback = bit(15);
const kAfterWrite = bit(16);
const kBuffered = bit(17);

const kOnFinishedValue = Symbol('kOnFinishedValue');
const kWriteCallbackValue = Symbol('kWriteCallbackValue');
const kAfterWriteValue = Symbol('kAfterWriteTickInfoValue');
const kBufferedValue = Symbol('kBufferedValue');

function nop() {}

/**
 * @param {object | undefined} options
 * @param {boolean} isDuplex
 * @param {(error?: Error | null) => void} onwrite the callback of every _write of this stream
 */
function WritableState(options, isDuplex, onwrite) {
  let bits = kAutoDestroy | kEmitClose | kConstructed | kSync | kDecodeStrings | kAllBuffers | kAllNoop;
  if (options !== undefined && options !== null) {
    if (options.objectMode || (isDuplex && options.writableObjectMode)) bits |= kObjectMode;
    if (options.emitClose === false) bits &= ~kEmitClose;
    if (options.autoDestroy === false) bits &= ~kAutoDestroy;
    if (options.decodeStrings === false) bits &= ~kDecodeStrings;
  }
  this[kBits] = bits;
  this.highWaterMark = highWaterMarkFrom(options, 'writableHighWaterMark', isDuplex, (bits & kObjectMode) !== 0);
  // What was written and not yet taken by _write: bytes, or objects.
  this.length = 0;
  this.corked = 0;
  this.onwrite = onwrite;
  this.writelen = 0;
  this.bufferedIndex = 0;
  // Callbacks of write() and _final() that are still to come: 'finish' waits for them.
  this.pendingcb = 0;
  this[kBufferedValue] = null;

  const defaultEncoding = options?.defaultEncoding;
  if (defaultEncoding && defaultEncoding !== 'utf8' && defaultEncoding !== 'utf-8') {
    require('internal/stream/readable_state').checkEncoding(defaultEncoding);
    this.defaultEncoding = defaultEncoding;
  }
}

defineCommonBits(WritableState.prototype);
defineBit(WritableState.prototype, 'finalCalled', kFinalCalled);
defineBit(WritableState.prototype, 'needDrain', kNeedDrain);
defineBit(WritableState.prototype, 'ending', kEnding);
defineBit(WritableState.prototype, 'ended', kEnded);
defineBit(WritableState.prototype, 'finished', kFinished);
defineBit(WritableState.prototype, 'decodeStrings', kDecodeStrings);
defineBit(WritableState.prototype, 'writing', kWriting);
defineBit(WritableState.prototype, 'bufferProcessing', kBufferProcessing);
defineBit(WritableState.prototype, 'prefinished', kPrefinished);
defineBit(WritableState.prototype, 'allBuffers', kAllBuffers);
defineBit(WritableState.prototype, 'allNoop', kAllNoop);
defineOptional(WritableState.prototype, 'defaultEncoding', kDefaultEncoding, kDefaultEncodingValue, 'utf8');
defineOptional(WritableState.prototype, 'writecb', kWriteCallback, kWriteCallbackValue, nop);
defineOptional(WritableState.prototype, 'afterWriteTickInfo', kAfterWrite, kAfterWriteValue, null);

Object.defineProperties(WritableState.prototype, {
  // Undefined, or what the owner of a duplex set to switch the side off.
  writable: {
    __proto__: null,
    get() {
      return (this[kBits] & kHasWritable) === 0 ? undefined : (this[kBits] & kWritable) !== 0;
    },
    set(value) {
      if (value == null) this[kBits] &= ~(kHasWritable | kWritable);
      else if (value) this[kBits] |= kHasWritable | kWritable;
      else this[kBits] = (this[kBits] | kHasWritable) & ~kWritable;
    },
  },
  buffered: {
    __proto__: null,
    get() {
      return (this[kBits] & kBuffered) !== 0 ? this[kBufferedValue] : [];
    },
    set(value) {
      this[kBufferedValue] = value;
      if (value) this[kBits] |= kBuffered; else this[kBits] &= ~kBuffered;
    },
  },
  getBuffer: {
    __proto__: null,
    value: function getBuffer() {
      return (this[kBits] & kBuffered) === 0 ? [] : this[kBufferedValue].slice(this.bufferedIndex);
    },
    writable: true,
    configurable: true,
  },
  bufferedRequestCount: {
    __proto__: null,
    get() {
      return (this[kBits] & kBuffered) === 0 ? 0 : this[kBufferedValue].length - this.bufferedIndex;
    },
  },
});

module.exports = {
  WritableState,
  kAfterWrite,
  kAfterWriteValue,
  kAllBuffers,
  kAllNoop,
  kBuffered,
  kBufferedValue,
  kBufferProcessing,
  kDecodeStrings,
  kDefaultEncoding,
  kEnded,
  kEnding,
  kFinalCalled,
  kFinished,
  kNeedDrain,
  kOnFinished,
  kOnFinishedValue,
  kPrefinished,
  kWriteCallback,
  kWriteCallbackValue,
  kWriting,
  nop,
};
