'use strict';
// Random bytes, integers and UUIDs, and the comparison that takes the same time for every input.
// Run once per realm by `crypto`.

const binding = internalBinding('crypto');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE },
} = require('internal/errors');
const { validateBoolean, validateFunction, validateNumber, validateObject } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { FastBuffer } = require('internal/buffer');

const kMaxInt32 = 2 ** 31 - 1;
const kMaxPossibleLength = kMaxInt32;

function assertOffset(offset, elementSize, length) {
  validateNumber(offset, 'offset');
  offset *= elementSize;
  const maxLength = Math.min(length, kMaxPossibleLength);
  if (Number.isNaN(offset) || offset > maxLength || offset < 0) {
    throw new ERR_OUT_OF_RANGE('offset', `>= 0 && <= ${maxLength}`, offset);
  }
  return offset >>> 0;
}

function assertSize(size, elementSize, offset, length) {
  validateNumber(size, 'size');
  size *= elementSize;
  if (Number.isNaN(size) || size > kMaxPossibleLength || size < 0) {
    throw new ERR_OUT_OF_RANGE('size', `>= 0 && <= ${kMaxPossibleLength}`, size);
  }
  if (size + offset > length) throw new ERR_OUT_OF_RANGE('size + offset', `<= ${length}`, size + offset);
  return size >>> 0;
}

function randomBytes(size, callback) {
  size = assertSize(size, 1, 0, Infinity);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const buffer = new FastBuffer(size);
  if (callback === undefined) {
    binding.randomFill(buffer.buffer, 0, size);
    return buffer;
  }
  // The callback is bound to where it came from; the original `this` is undefined.
  binding.randomFill(buffer.buffer, 0, size, (error) => (error ? callback(error) : callback(null, buffer)));
  return undefined;
}

function checkFillTarget(buf) {
  if (!isAnyArrayBuffer(buf) && !isArrayBufferView(buf)) {
    throw new ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buf);
  }
  return buf.BYTES_PER_ELEMENT || 1;
}

function fillRange(buf, elementSize, offset, size) {
  offset = offset === undefined ? 0 : assertOffset(offset, elementSize, buf.byteLength);
  size = size === undefined ? buf.byteLength - offset : assertSize(size, elementSize, offset, buf.byteLength);
  return { offset, size };
}

function randomFillSync(buf, offset = 0, size) {
  const elementSize = checkFillTarget(buf);
  const range = fillRange(buf, elementSize, offset, size);
  if (range.size !== 0) binding.randomFill(buf, range.offset, range.size);
  return buf;
}

// randomFill(buf[, offset[, size]], callback)
function randomFill(buf, offset, size, callback) {
  const elementSize = checkFillTarget(buf);
  if (typeof offset === 'function') {
    callback = offset;
    offset = 0;
    size = undefined;
  } else if (typeof size === 'function') {
    callback = size;
    size = undefined;
  } else {
    validateFunction(callback, 'callback');
  }
  const range = fillRange(buf, elementSize, offset, size);
  if (range.size === 0) {
    callback(null, buf);
    return;
  }
  binding.randomFill(buf, range.offset, range.size, (error) => (error ? callback(error) : callback(null, buf)));
}

// 48 bit random numbers, drawn from a supply that is filled a page at a time.
const kRange = 2 ** 48;
const kSupplySize = 6 * 1024;
let supply;
let supplyOffset = kSupplySize;

function draw48() {
  supply ??= new FastBuffer(kSupplySize);
  if (supplyOffset === kSupplySize) {
    randomFillSync(supply);
    supplyOffset = 0;
  }
  const value = supply.readUIntBE(supplyOffset, 6);
  supply.fill(0, supplyOffset, supplyOffset + 6);
  supplyOffset += 6;
  return value;
}

function checkRange(min, max, minGiven) {
  if (!Number.isSafeInteger(min)) throw new ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range < kRange)) {
    throw new ERR_OUT_OF_RANGE(minGiven ? 'max - min' : 'max', `<= ${kRange - 1}`, range);
  }
  return range;
}

// randomInt([min, ]max[, callback])
function randomInt(min, max, callback) {
  const minGiven = max !== undefined && typeof max !== 'function';
  if (!minGiven) {
    callback = max;
    max = min;
    min = 0;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  const range = checkRange(min, max, minGiven);
  // Numbers from the last, incomplete stretch of `range` would make the low results likelier: draw again.
  const limit = kRange - kRange % range;
  let value;
  do {
    value = draw48();
  } while (value >= limit);
  value = value % range + min;
  if (callback === undefined) return value;
  process.nextTick(callback, undefined, value);
  return undefined;
}

// UUIDs, from a supply of random bytes for 128 of them.
const kUuids = 128;
let uuidBytes;
let uuidsLeft = 0;

function serialize(bytes, start) {
  // Version 4, variant 1.
  bytes[start + 6] = (bytes[start + 6] & 0x0f) | 0x40;
  bytes[start + 8] = (bytes[start + 8] & 0x3f) | 0x80;
  const hex = bytes.hexSlice(start, start + 16);
  bytes.fill(0, start, start + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function randomUUID(options) {
  if (options !== undefined) validateObject(options, 'options');
  const disableEntropyCache = options?.disableEntropyCache ?? false;
  validateBoolean(disableEntropyCache, 'options.disableEntropyCache');
  if (disableEntropyCache) return serialize(randomFillSync(new FastBuffer(16)), 0);
  uuidBytes ??= new FastBuffer(16 * kUuids);
  if (uuidsLeft === 0) {
    randomFillSync(uuidBytes);
    uuidsLeft = kUuids;
  }
  return serialize(uuidBytes, --uuidsLeft * 16);
}

// Time-ordered: 48 bits of milliseconds, version 7, then random bits.
function randomUUIDv7(options) {
  if (options !== undefined) validateObject(options, 'options');
  validateBoolean(options?.disableEntropyCache ?? false, 'options.disableEntropyCache');
  const bytes = randomFillSync(new FastBuffer(16));
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.hexSlice(0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function checkComparable(value, name) {
  if (!isArrayBufferView(value) && !isAnyArrayBuffer(value)) {
    throw Object.assign(
      new TypeError(`The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`),
      { code: 'ERR_INVALID_ARG_TYPE' });
  }
}

function timingSafeEqual(buf1, buf2) {
  checkComparable(buf1, 'buf1');
  checkComparable(buf2, 'buf2');
  return binding.timingSafeEqual(buf1, buf2);
}

// No two processes have the same random numbers.
function forgetProcess() {
  supply = uuidBytes = undefined;
  supplyOffset = kSupplySize;
  uuidsLeft = 0;
}

module.exports = {
  forgetProcess, randomBytes, randomFill, randomFillSync, randomInt, randomUUID, randomUUIDv7, timingSafeEqual,
};
