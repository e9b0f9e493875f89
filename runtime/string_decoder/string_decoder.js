'use strict';

// The `string_decoder` module: bytes to text, chunk by chunk, where a chunk may end inside a character. The bytes of an
// unfinished character wait in `lastChar` for the next write() or end().

const { Buffer } = require('buffer');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_UNKNOWN_ENCODING },
} = require('internal/errors');
const { normalizeEncoding } = require('internal/util');

const kHeld = Symbol('kHeld');  // Bytes of the unfinished character.
const kHeldCount = Symbol('kHeldCount');
const kMissing = Symbol('kMissing');  // Bytes that would complete it.

/** @param {string} [encoding] */
function StringDecoder(encoding) {
  this.encoding = normalizeEncoding(encoding);
  if (this.encoding === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  this[kHeld] = Buffer.alloc(4);
  this[kHeldCount] = 0;
  this[kMissing] = 0;
}

/**
 * The text that is complete with this chunk.
 * @param {string | ArrayBufferView} buf
 * @returns {string}
 */
StringDecoder.prototype.write = function write(buf) {
  if (typeof buf === 'string') return buf;
  if (!ArrayBuffer.isView(buf)) {
    throw new ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], buf);
  }
  if (this[kHeld] === undefined) throw new ERR_INVALID_THIS('StringDecoder');
  const bytes = buf instanceof Buffer ? buf : Buffer.from(buf.buffer, buf.byteOffset, buf.byteLength);

  switch (this.encoding) {
    case 'utf8': return decodeWith(this, bytes, unfinishedUtf8, true);
    case 'utf16le': return decodeUtf16(this, bytes);
    case 'base64':
    case 'base64url': return decodeWith(this, bytes, unfinishedBase64, false);
    default: return bytes.toString(this.encoding);
  }
};

/**
 * What is left at the end, with replacement characters for what is unfinished. The decoder can be used again.
 * @param {string | ArrayBufferView} [buf]
 * @returns {string}
 */
StringDecoder.prototype.end = function end(buf) {
  const text = buf === undefined ? '' : this.write(buf);
  const count = this[kHeldCount];
  if (count === 0) return text;
  // Half a unit of UTF-16 is nothing; half a pair is its first half.
  const usable = this.encoding === 'utf16le' ? count - (count % 2) : count;
  this[kHeldCount] = 0;
  this[kMissing] = 0;
  return text + this[kHeld].toString(this.encoding, 0, usable);
};

/** Undocumented, used by old programs: decodes from `offset` without what was held. */
StringDecoder.prototype.text = function text(buf, offset) {
  this[kHeldCount] = 0;
  this[kMissing] = 0;
  return this.write(buf.slice(offset));
};

function hold(decoder, bytes, missing) {
  bytes.copy(decoder[kHeld], decoder[kHeldCount]);
  decoder[kHeldCount] += bytes.length;
  decoder[kMissing] = missing;
}

// Completes the held character with the first of `bytes`. Returns how many were taken; the character is complete when
// nothing is missing any more.
function fill(decoder, bytes, needsContinuation) {
  const wanted = Math.min(decoder[kMissing], bytes.length);
  let taken = 0;
  while (taken < wanted) {
    if (needsContinuation && (bytes[taken] & 0xC0) !== 0x80) {
      // Not a continuation: the held bytes stay unfinished for good, and this byte starts anew.
      decoder[kMissing] = taken;
      break;
    }
    ++taken;
  }
  hold(decoder, bytes.subarray(0, taken), decoder[kMissing] - taken);
  return taken;
}

function decodeWith(decoder, bytes, unfinished, needsContinuation) {
  let text = '';
  if (decoder[kMissing] > 0) {
    bytes = bytes.subarray(fill(decoder, bytes, needsContinuation));
    if (decoder[kMissing] > 0) return '';
    text = decoder[kHeld].toString(decoder.encoding, 0, decoder[kHeldCount]);
    decoder[kHeldCount] = 0;
  }
  if (bytes.length === 0) return text;
  const { count, missing } = unfinished(bytes);
  if (count === 0) return text + bytes.toString(decoder.encoding);
  const complete = bytes.length - count;
  hold(decoder, bytes.subarray(complete), missing);
  return text + bytes.toString(decoder.encoding, 0, complete);
}

const kNothing = { count: 0, missing: 0 };

// How many bytes at the end belong to a character that is not complete, and how many it misses.
function unfinishedUtf8(bytes) {
  const last = bytes.length - 1;
  if (bytes[last] < 0x80) return kNothing;
  for (let i = last; i >= 0 && last - i < 4; --i) {
    const byte = bytes[i];
    if ((byte & 0xC0) === 0x80) continue;
    const count = last - i + 1;
    let length = 0;
    if ((byte & 0xE0) === 0xC0) length = 2;
    else if ((byte & 0xF0) === 0xE0) length = 3;
    else if ((byte & 0xF8) === 0xF0) length = 4;
    return count < length ? { count, missing: length - count } : kNothing;
  }
  return kNothing;
}

function unfinishedBase64(bytes) {
  const count = bytes.length % 3;
  return count === 0 ? kNothing : { count, missing: 3 - count };
}

const isHighSurrogate = (highByte) => (highByte & 0xFC) === 0xD8;

function decodeUtf16(decoder, bytes) {
  let text = '';
  if (decoder[kMissing] > 0) {
    bytes = bytes.subarray(fill(decoder, bytes, false));
    if (decoder[kMissing] > 0) return '';
    const held = decoder[kHeld];
    const count = decoder[kHeldCount];
    if (count === 2 && isHighSurrogate(held[1])) {
      // The unit is complete and is the first half of a pair.
      decoder[kMissing] = 2;
      if (bytes.length === 0) return '';
      return decodeUtf16(decoder, bytes);
    }
    text = held.toString('utf16le', 0, count);
    decoder[kHeldCount] = 0;
  }
  if (bytes.length === 0) return text;
  const { count, missing } = unfinishedUtf16(bytes);
  const complete = bytes.length - count;
  if (count > 0) hold(decoder, bytes.subarray(complete), missing);
  return text + bytes.toString('utf16le', 0, complete);
}

function unfinishedUtf16(bytes) {
  const { length } = bytes;
  if (length % 2 === 1) return { count: 1, missing: 1 };
  if (isHighSurrogate(bytes[length - 1])) return { count: 2, missing: 2 };
  return kNothing;
}

Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this[kHeld].subarray(0, 4);
    },
  },
  lastNeed: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this[kMissing];
    },
  },
  lastTotal: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this[kHeldCount] + this[kMissing];
    },
  },
});

module.exports = { StringDecoder };
