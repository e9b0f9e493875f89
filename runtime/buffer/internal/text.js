'use strict';
// The functions of `buffer` that are not Buffer's: atob, btoa, transcode, isUtf8, isAscii.
// Run once per realm by `buffer`.

const binding = internalBinding('buffer');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_MISSING_ARGS } } = require('internal/errors');
const { isAnyArrayBuffer, isTypedArray, isUint8Array } = require('internal/util/types');
const { FastBuffer, getCodec, throwStringTooLong } = require('internal/buffer');

function invalidCharacter(message) {
  const { DOMException } = require('internal/dom_exception');
  return new DOMException(message, 'InvalidCharacterError');
}

function btoa(input) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('input');
  const result = binding.btoa(`${input}`);
  if (result === -1) throw invalidCharacter('Invalid character');
  if (result === undefined) throwStringTooLong();
  return result;
}

// Outcomes of binding.atob that are not a string.
const kAtobInvalidCharacter = -1;
const kAtobBadLength = -2;

function atob(input) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('input');
  const result = binding.atob(`${input}`);
  if (result === kAtobInvalidCharacter) throw invalidCharacter('Invalid character');
  if (result === kAtobBadLength) throw invalidCharacter('The string to be decoded is not correctly encoded.');
  return result;
}

function checkBytes(input) {
  if (!isTypedArray(input) && !isAnyArrayBuffer(input)) {
    throw new ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
  }
}

function isUtf8(input) {
  checkBytes(input);
  return binding.isUtf8(input);
}

function isAscii(input) {
  checkBytes(input);
  return binding.isAscii(input);
}

// The encodings ICU converters exist for, by our codec names, in the numbering of the binding.
const transcodeIds = { __proto__: null, ascii: 0, latin1: 1, utf16le: 2, utf8: 3 };

function transcode(source, fromEncoding, toEncoding) {
  if (!isUint8Array(source)) throw new ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], source);
  if (source.length === 0) return new FastBuffer();
  const from = transcodeIds[getCodec(fromEncoding ?? 'utf8')?.name];
  const to = transcodeIds[getCodec(toEncoding ?? 'utf8')?.name];
  if (from === undefined || to === undefined) throw transcodeError('U_ILLEGAL_ARGUMENT_ERROR', 1);
  const result = binding.transcode(source, from, to);
  if (result === undefined) throw transcodeError('U_INVALID_CHAR_FOUND', 10);
  return new FastBuffer(result);
}

function transcodeError(code, errno) {
  return Object.assign(new Error(`Unable to transcode Buffer [${code}]`), { code, errno });
}

module.exports = { atob, btoa, isAscii, isUtf8, transcode };
