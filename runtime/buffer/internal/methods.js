'use strict';
// Buffer.prototype: search, comparison, copying, filling and conversion to strings.
// Run once per realm by `buffer`.

const binding = internalBinding('buffer');
const {
  codes: {
    ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_BUFFER_SIZE, ERR_OUT_OF_RANGE,
    ERR_UNKNOWN_ENCODING,
  },
  hideStackFrames,
} = require('internal/errors');
const { validateNumber, validateString } = require('internal/validators');
const { isArrayBufferView, isUint8Array } = require('internal/util/types');
const {
  FastBuffer, encodeString, getByteLength, getCodec, getLength, sliceToString,
} = require('internal/buffer');

const { kMaxLength } = binding;
const utf8 = getCodec('utf8');

const checkSize = hideStackFrames((size) => {
  validateNumber(size, 'size');
  if (!(size >= 0 && size <= kMaxLength)) throw new ERR_OUT_OF_RANGE('size', `>= 0 && <= ${kMaxLength}`, size);
});

const validateOffset = hideStackFrames((value, name, min, max) => {
  if (typeof value !== 'number') validateNumber(value, name);
  if (Math.floor(value) !== value) throw new ERR_OUT_OF_RANGE(name, 'an integer', value);
  if (value < min || value > max) throw new ERR_OUT_OF_RANGE(name, `>= ${min} && <= ${max}`, value);
});

function codecFor(encoding) {
  const codec = getCodec(encoding);
  if (codec === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  return codec;
}

function toString(encoding, start, end) {
  const length = getLength(this);
  if (arguments.length === 0) return sliceToString(utf8, this, 0, length);
  if (start === undefined || start <= 0) {
    start = 0;
  } else if (start >= length) {
    return '';
  } else {
    start = Math.trunc(start) || 0;
  }
  if (end === undefined || end > length) {
    end = length;
  } else {
    end = Math.trunc(end) || 0;
  }
  if (end <= start) return '';
  return sliceToString(encoding === undefined ? utf8 : codecFor(encoding), this, start, end);
}

function write(string, offset, length, encoding) {
  if (typeof string !== 'string') {
    throw Object.assign(new TypeError('argument must be a string'), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  // write(string), write(string, encoding), write(string, offset[, length][, encoding])
  const size = getLength(this);
  if (offset === undefined) return utf8.write(this, string, 0, size);
  if (length === undefined && typeof offset === 'string') {
    encoding = offset;
    length = size;
    offset = 0;
  } else {
    validateOffset(offset, 'offset', 0, size);
    const remaining = size - offset;
    if (length === undefined) {
      length = remaining;
    } else if (typeof length === 'string') {
      encoding = length;
      length = remaining;
    } else {
      validateOffset(length, 'length', 0, size);
      if (length > remaining) length = remaining;
    }
  }
  if (!encoding || encoding === 'utf8') return utf8.write(this, string, offset, length);
  return codecFor(encoding).write(this, string, offset, length);
}

function equals(otherBuffer) {
  if (!isUint8Array(otherBuffer)) {
    throw new ERR_INVALID_ARG_TYPE('otherBuffer', ['Buffer', 'Uint8Array'], otherBuffer);
  }
  if (this === otherBuffer) return true;
  const length = getByteLength(this);
  if (length !== getByteLength(otherBuffer)) return false;
  return length === 0 || binding.compare(this, otherBuffer) === 0;
}

function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  if (!isUint8Array(target)) throw new ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  const length = getByteLength(this);
  const targetLength = getByteLength(target);
  if (arguments.length === 1) return binding.compare(this, target);
  if (targetStart === undefined) targetStart = 0;
  else validateOffset(targetStart, 'targetStart', 0, Number.MAX_SAFE_INTEGER);
  if (targetEnd === undefined) targetEnd = targetLength;
  else validateOffset(targetEnd, 'targetEnd', 0, targetLength);
  if (sourceStart === undefined) sourceStart = 0;
  else validateOffset(sourceStart, 'sourceStart', 0, Number.MAX_SAFE_INTEGER);
  if (sourceEnd === undefined) sourceEnd = length;
  else validateOffset(sourceEnd, 'sourceEnd', 0, length);
  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return binding.compareRange(this, sourceStart, sourceEnd - sourceStart,
                              target, targetStart, targetEnd - targetStart);
}

function copy(target, targetStart, sourceStart, sourceEnd) {
  if (!isArrayBufferView(this)) throw new ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], this);
  if (!isArrayBufferView(target)) throw new ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  targetStart = targetStart === undefined ? 0 : toInteger(targetStart);
  if (targetStart < 0) throw new ERR_OUT_OF_RANGE('targetStart', '>= 0', targetStart);
  const length = this.byteLength;
  sourceStart = sourceStart === undefined ? 0 : toInteger(sourceStart);
  if (sourceStart < 0 || sourceStart > length) {
    throw new ERR_OUT_OF_RANGE('sourceStart', `>= 0 && <= ${length}`, sourceStart);
  }
  sourceEnd = sourceEnd === undefined ? length : toInteger(sourceEnd);
  if (sourceEnd < 0) throw new ERR_OUT_OF_RANGE('sourceEnd', '>= 0', sourceEnd);
  const room = target.byteLength - targetStart;
  if (room <= 0 || sourceStart >= sourceEnd) return 0;
  const count = Math.min(sourceEnd - sourceStart, room, length - sourceStart);
  binding.copy(this, target, targetStart, sourceStart, count);
  return count;
}

function toInteger(value) {
  const number = +value;
  return Number.isNaN(number) ? 0 : Math.trunc(number);
}

// fill(value[, offset[, end]][, encoding])
function fillMethod(value, offset, end, encoding) {
  return fill(this, value, offset, end, encoding);
}

function fill(buffer, value, offset, end, encoding) {
  if (typeof value === 'string') {
    if (typeof offset === 'string') {
      encoding = offset;
      offset = undefined;
      end = undefined;
    } else if (typeof end === 'string') {
      encoding = end;
      end = undefined;
    }
    value = fillPattern(value, encoding);
  } else if (typeof value === 'boolean') {
    value = +value;
  }
  const { length } = buffer;
  if (offset === undefined) {
    offset = 0;
    end = length;
  } else {
    validateOffset(offset, 'offset', 0, Number.MAX_SAFE_INTEGER);
    if (end === undefined) end = length;
    else validateOffset(end, 'end', 0, length);
    if (offset >= end) return buffer;
  }
  // Only when `length` is not the true one.
  if (end > getByteLength(buffer)) throw new ERR_BUFFER_OUT_OF_BOUNDS();
  if (isArrayBufferView(value)) {
    if (value.byteLength === 0) throw new ERR_INVALID_ARG_VALUE('value', value);
    binding.fillPattern(buffer, value, offset, end);
  } else {
    Uint8Array.prototype.fill.call(buffer, +value & 255, offset, end);
  }
  return buffer;
}

// A string to fill with, as a number when one byte will do, else as bytes.
function fillPattern(value, encoding) {
  const codec = fillCodec(encoding);
  if (value.length === 0) return 0;
  if (value.length === 1) {
    const code = value.charCodeAt(0);
    if (code < 128 && (codec.name === 'utf8' || codec.name === 'latin1' || codec.name === 'ascii')) return code;
  }
  const bytes = encodeString(value, codec);
  if (bytes.length === 0) throw new ERR_INVALID_ARG_VALUE('value', value);
  return bytes;
}

function fillCodec(encoding) {
  if (encoding === undefined) return utf8;
  validateString(encoding, 'encoding');
  return encoding === '' ? utf8 : codecFor(encoding);
}

// indexOf(value[, start[, end]][, encoding]), in each of the three

function indexOf(value, start, end, encoding) {
  return search(this, value, start, end, encoding, true);
}

function lastIndexOf(value, start, end, encoding) {
  return search(this, value, start, end, encoding, false);
}

function includes(value, start, end, encoding) {
  return search(this, value, start, end, encoding, true) !== -1;
}

function search(buffer, value, start, end, encoding, forward) {
  if (!isArrayBufferView(buffer)) {
    throw new ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer);
  }
  if (typeof start === 'string') {
    encoding = start;
    start = undefined;
    end = undefined;
  } else if (typeof end === 'string') {
    encoding = end;
    end = undefined;
  }
  const { byteLength } = buffer;
  start = searchStart(+start, byteLength, forward);
  if (end !== undefined) {
    end = Math.min(Math.max(toInteger(end), 0), byteLength);
    if (end < byteLength) buffer = new FastBuffer(buffer.buffer, buffer.byteOffset, end);
  }
  if (typeof value === 'number') return binding.indexOfNumber(buffer, value & 255, start, forward);
  const codec = encoding === undefined ? utf8 : getCodec(encoding);
  if (typeof value === 'string') {
    if (codec === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
    value = value.length === 0 ? new FastBuffer() : encodeString(value, codec);
  } else if (!isUint8Array(value)) {
    throw new ERR_INVALID_ARG_TYPE('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
  }
  return binding.indexOfBytes(buffer, value, start, codec?.name === 'utf16le', forward);
}

// The first position to look at, counted from the start unless it lies before it. NaN (and so undefined) means
// the whole buffer.
function searchStart(start, length, forward) {
  if (Number.isNaN(start)) return forward ? 0 : length;
  start = Math.trunc(Math.min(Math.max(start, -length - 1), length));
  return start < 0 && start + length >= 0 ? start + length : start;
}

function toJSON() {
  const length = getLength(this);
  const data = [];
  for (let i = 0; i < length; i++) data.push(this[i]);
  return { type: 'Buffer', data };
}

function subarray(start, end) {
  const length = getLength(this);
  start = adjustOffset(start, length);
  end = end !== undefined ? adjustOffset(end, length) : length;
  return new FastBuffer(this.buffer, this.byteOffset + start, end > start ? end - start : 0);
}

// What TypedArray.prototype.subarray does to its arguments.
function adjustOffset(offset, length) {
  offset = Math.trunc(offset);
  if (offset === 0 || Number.isNaN(offset)) return 0;
  if (offset < 0) return Math.max(offset + length, 0);
  return Math.min(offset, length);
}

function slice(start, end) {
  return this.subarray(start, end);
}

// Below this a loop in JS beats the call.
const kSwapInJs = 64;

function swapElements(buffer, width, swapNative) {
  const length = getLength(buffer);
  if (length % width !== 0) throw new ERR_INVALID_BUFFER_SIZE(`${width * 8}-bits`);
  if (length >= kSwapInJs) {
    swapNative(buffer);
    return buffer;
  }
  for (let base = 0; base < length; base += width) {
    for (let i = 0; i < width / 2; i++) {
      const other = base + width - 1 - i;
      const byte = buffer[base + i];
      buffer[base + i] = buffer[other];
      buffer[other] = byte;
    }
  }
  return buffer;
}

function swap16() { return swapElements(this, 2, binding.swap16); }
function swap32() { return swapElements(this, 4, binding.swap32); }
function swap64() { return swapElements(this, 8, binding.swap64); }

function addMethods(Buffer) {
  Object.assign(Buffer.prototype, {
    copy, toString, equals, compare, indexOf, lastIndexOf, includes, fill: fillMethod, write, toJSON, subarray, slice,
    swap16, swap32, swap64, toLocaleString: toString,
  });
}

module.exports = { addMethods, checkSize, fill };
