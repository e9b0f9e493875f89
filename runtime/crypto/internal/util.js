'use strict';
// Arguments that the functions of `crypto` share.
// Run once per realm by the other files of this folder.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { FastBuffer, getCodec, sliceToString } = require('internal/buffer');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');

// Where an object keeps its native half.
const kHandle = Symbol('kHandle');

const kBufferTypes = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

// The bytes of a string (in `encoding`, UTF-8 by default) or of a buffer of any kind.
function toBytes(value, name, encoding = undefined, types = kBufferTypes) {
  if (typeof value === 'string') {
    const { Buffer } = require('buffer');
    // What is no encoding is none, which is UTF-8.
    return Buffer.from(value, encoding !== 'buffer' && Buffer.isEncoding(encoding) ? encoding : 'utf8');
  }
  if (!isArrayBufferView(value) && !isAnyArrayBuffer(value)) throw new ERR_INVALID_ARG_TYPE(name, types, value);
  return value;
}

// A Buffer over the memory, or its text when an encoding is asked for.
function output(arrayBuffer, encoding) {
  const buffer = new FastBuffer(arrayBuffer);
  if (!encoding || encoding === 'buffer') return buffer;
  const codec = getCodec(encoding);
  return codec === undefined ? buffer : sliceToString(codec, buffer, 0, buffer.length);
}

const deprecated = new Set();

/** The warning about an old name of an option, once each. */
function deprecatedOnce(oldName, name) {
  if (deprecated.has(oldName)) return;
  deprecated.add(oldName);
  process.emitWarning(`"options.${oldName}" is deprecated, use "options.${name}" instead.`, 'DeprecationWarning',
                      'DEP0154');
}

/** The number that bytes spell, the first one counting most. @param {Uint8Array} bytes */
function bigIntArrayToUnsignedBigInt(bytes) {
  let number = 0n;
  for (let i = 0; i < bytes.length; i++) number = (number << 8n) | BigInt(bytes[i]);
  return number;
}

/** The same as a number; undefined when it does not fit into 32 bits. */
function bigIntArrayToUnsignedInt(bytes) {
  const number = bigIntArrayToUnsignedBigInt(bytes);
  return bytes.length > 4 && number > 0xffffffffn ? undefined : Number(number);
}

module.exports = { bigIntArrayToUnsignedBigInt, bigIntArrayToUnsignedInt, deprecatedOnce, kHandle, output, toBytes };
