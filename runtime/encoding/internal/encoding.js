'use strict';
// TextEncoder and TextDecoder.
// Run once per realm.

const binding = internalBinding('encoding');
const {
  codes: {
    ERR_ENCODING_INVALID_ENCODED_DATA, ERR_ENCODING_NOT_SUPPORTED, ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS,
  },
} = require('internal/errors');
const { customInspectSymbol: kInspect, kEmptyObject, kEnumerableProperty } = require('internal/util');
const { isAnyArrayBuffer, isArrayBufferView, isUint8Array } = require('internal/util/types');
const { validateObject, validateString, kValidateObjectAllowObjectsAndNull } = require('internal/validators');

// Where binding.encodeInto leaves its two results. Made on first use: the start-up snapshot does not take typed arrays
// at any depth of the heap.
let encodeIntoResults;

class TextEncoder {
  // Marks what the constructor made.
  #brand;

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#brand in value)) throw new ERR_INVALID_THIS('TextEncoder');
  }

  get encoding() {
    TextEncoder.#check(this);
    return 'utf-8';
  }

  encode(input = '') {
    TextEncoder.#check(this);
    return binding.encodeUtf8(`${input}`);
  }

  encodeInto(src, dest) {
    TextEncoder.#check(this);
    validateString(src, 'src');
    if (!isUint8Array(dest)) throw new ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', dest);
    encodeIntoResults ??= new Uint32Array(2);
    binding.encodeInto(src, dest, encodeIntoResults);
    return { read: encodeIntoResults[0], written: encodeIntoResults[1] };
  }

  [kInspect](depth, options) {
    TextEncoder.#check(this);
    if (typeof depth === 'number' && depth < 0) return options.stylize('[TextEncoder]', 'special');
    const { inspect } = require('internal/util/inspect');
    return inspect({ encoding: this.encoding }, options);
  }
}

Object.defineProperties(TextEncoder.prototype, {
  encode: kEnumerableProperty,
  encodeInto: kEnumerableProperty,
  encoding: kEnumerableProperty,
  [kInspect]: { enumerable: false },
  [Symbol.toStringTag]: { configurable: true, value: 'TextEncoder' },
});

// The encoding's name for a label; undefined when there is none.
function getEncodingFromLabel(label) {
  if (label === 'utf-8' || label === 'utf8') return 'utf-8';
  const trimmed = label.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '').toLowerCase();
  return require('internal/encoding/labels').encodingOfLabel.get(trimmed);
}

function throwInvalidList() {
  throw Object.assign(
    new TypeError('The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.'),
    { code: 'ERR_INVALID_ARG_TYPE' });
}

class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  // Native state: for a stream, and for every encoding but UTF-8.
  #handle;
  #streaming = false;

  constructor(encoding = 'utf-8', options = kEmptyObject) {
    encoding = `${encoding}`;
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const name = getEncodingFromLabel(encoding);
    if (name === undefined || name === 'replacement') throw new ERR_ENCODING_NOT_SUPPORTED(encoding);
    this.#encoding = name;
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
    if (name !== 'utf-8') this.#createHandle();
  }

  #createHandle() {
    this.#handle = new binding.Decoder(this.#encoding, this.#fatal, this.#ignoreBOM);
    if (!this.#handle.valid) throw new ERR_ENCODING_NOT_SUPPORTED(this.#encoding);
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#encoding in value)) throw new ERR_INVALID_THIS('TextDecoder');
  }

  decode(input = undefined, options = kEmptyObject) {
    TextDecoder.#check(this);
    if (input === undefined) {
      input = new Uint8Array();
    } else if (!isArrayBufferView(input) && !isAnyArrayBuffer(input)) {
      throwInvalidList();
    }
    let stream = false;
    if (options !== kEmptyObject) {
      validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
      stream = Boolean(options?.stream);
    }
    const result = stream || this.#streaming || this.#encoding !== 'utf-8' ? this.#decodeWithState(input, stream) :
      binding.decodeUtf8(input, this.#fatal, this.#ignoreBOM);
    if (typeof result === 'string') return result;
    if (result === null) require('internal/buffer').throwStringTooLong();
    this.#streaming = false;
    throw new ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding, undefined);
  }

  #decodeWithState(input, stream) {
    if (this.#handle === undefined) this.#createHandle();
    this.#streaming = stream;
    return this.#handle.decode(input, !stream);
  }

  get encoding() {
    TextDecoder.#check(this);
    return this.#encoding;
  }

  get fatal() {
    TextDecoder.#check(this);
    return this.#fatal;
  }

  get ignoreBOM() {
    TextDecoder.#check(this);
    return this.#ignoreBOM;
  }

  [kInspect](depth, options) {
    TextDecoder.#check(this);
    if (typeof depth === 'number' && depth < 0) return options.stylize('[TextDecoder]', 'special');
    const { inspect } = require('internal/util/inspect');
    const { encoding, fatal, ignoreBOM } = this;
    return `TextDecoder ${inspect({ encoding, fatal, ignoreBOM }, options)}`;
  }
}

Object.defineProperties(TextDecoder.prototype, {
  decode: kEnumerableProperty,
  encoding: kEnumerableProperty,
  fatal: kEnumerableProperty,
  ignoreBOM: kEnumerableProperty,
  [kInspect]: { enumerable: false },
  [Symbol.toStringTag]: { configurable: true, value: 'TextDecoder' },
});

module.exports = { TextDecoder, TextEncoder, getEncodingFromLabel };
