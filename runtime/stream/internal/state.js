'use strict';

// What the states of readable and writable sides share. A state keeps its booleans as the bits of one small integer,
// so that a stream is cheap to make and to hold; each bit also has an accessor of the name that programs know from
// `stream._readableState`.

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateInteger } = require('internal/validators');

const kBits = Symbol('kState');
// Values that few streams have get a slot when they are set.
const kErroredValue = Symbol('kErroredValue');
const kDefaultEncodingValue = Symbol('kDefaultEncodingValue');

// The same bit means the same on both sides: destroy.js sets them without knowing which it has.
const kObjectMode = 1 << 0;
const kErrorEmitted = 1 << 1;
const kAutoDestroy = 1 << 2;
const kEmitClose = 1 << 3;
const kDestroyed = 1 << 4;
const kClosed = 1 << 5;
const kCloseEmitted = 1 << 6;
const kErrored = 1 << 7;
const kConstructed = 1 << 8;
const kSync = 1 << 9;
// Bits from here on belong to one side.
const kFirstOwnBit = 10;

let defaultHighWaterMark = 64 * 1024;
let defaultObjectModeHighWaterMark = 16;

/** @param {boolean} objectMode */
function getDefaultHighWaterMark(objectMode) {
  return objectMode ? defaultObjectModeHighWaterMark : defaultHighWaterMark;
}

/**
 * @param {boolean} objectMode
 * @param {number} value
 */
function setDefaultHighWaterMark(objectMode, value) {
  validateInteger(value, 'value', 0);
  if (objectMode) defaultObjectModeHighWaterMark = value; else defaultHighWaterMark = value;
}

// `ofSide` is the option for one side of a duplex, which gives way to the plain option.
function highWaterMarkFrom(options, ofSide, isDuplex, objectMode) {
  let value = options?.highWaterMark ?? undefined;
  let name = 'highWaterMark';
  if (value === undefined && isDuplex) {
    value = options?.[ofSide] ?? undefined;
    name = ofSide;
  }
  if (value === undefined) return getDefaultHighWaterMark(objectMode);
  if (!Number.isInteger(value) || value < 0) throw new ERR_INVALID_ARG_VALUE(`options.${name}`, value);
  return Math.floor(value);
}

// Defines the accessor of one bit.
function defineBit(prototype, name, mask) {
  Object.defineProperty(prototype, name, {
    __proto__: null,
    enumerable: false,
    get() {
      return (this[kBits] & mask) !== 0;
    },
    set(value) {
      if (value) this[kBits] |= mask; else this[kBits] &= ~mask;
    },
  });
}

// Defines a value that is present only while its bit is set, and `absent` otherwise.
function defineOptional(prototype, name, mask, slot, absent) {
  Object.defineProperty(prototype, name, {
    __proto__: null,
    enumerable: false,
    get() {
      return (this[kBits] & mask) !== 0 ? this[slot] : absent;
    },
    set(value) {
      if (value) {
        this[slot] = value;
        this[kBits] |= mask;
      } else {
        this[kBits] &= ~mask;
      }
    },
  });
}

function defineCommonBits(prototype) {
  defineBit(prototype, 'objectMode', kObjectMode);
  defineBit(prototype, 'errorEmitted', kErrorEmitted);
  defineBit(prototype, 'autoDestroy', kAutoDestroy);
  defineBit(prototype, 'emitClose', kEmitClose);
  defineBit(prototype, 'destroyed', kDestroyed);
  defineBit(prototype, 'closed', kClosed);
  defineBit(prototype, 'closeEmitted', kCloseEmitted);
  defineBit(prototype, 'constructed', kConstructed);
  defineBit(prototype, 'sync', kSync);
  defineOptional(prototype, 'errored', kErrored, kErroredValue, null);
}

module.exports = {
  defineBit,
  defineCommonBits,
  defineOptional,
  getDefaultHighWaterMark,
  highWaterMarkFrom,
  kAutoDestroy,
  kBits,
  kCloseEmitted,
  kClosed,
  kConstructed,
  kDefaultEncodingValue,
  kDestroyed,
  kEmitClose,
  kErrorEmitted,
  kErrored,
  kErroredValue,
  kFirstOwnBit,
  kObjectMode,
  kSync,
  setDefaultHighWaterMark,
};
