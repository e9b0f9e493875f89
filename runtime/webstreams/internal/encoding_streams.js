'use strict';

// TextEncoderStream and TextDecoderStream.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS } } = require('internal/errors');
const { TransformStream } = require('internal/webstreams/transform_stream');
const { defineEnumerable, inspectAs, kInspect } = require('internal/webstreams/util');

const isHighSurrogate = (unit) => unit >= 0xD800 && unit <= 0xDBFF;

class TextEncoderStream {
  #transform;
  #pendingHighSurrogate = '';

  constructor() {
    const { TextEncoder } = require('internal/encoding');
    const encoder = new TextEncoder();
    this.#transform = new TransformStream({
      transform: (chunk, controller) => {
        // Half a pair at the end of a chunk waits for the other half.
        let text = this.#pendingHighSurrogate + `${chunk}`;
        this.#pendingHighSurrogate = '';
        if (text.length > 0 && isHighSurrogate(text.charCodeAt(text.length - 1))) {
          this.#pendingHighSurrogate = text[text.length - 1];
          text = text.slice(0, -1);
        }
        const bytes = encoder.encode(text);
        if (bytes.byteLength > 0) controller.enqueue(bytes);
      },
      flush: (controller) => {
        if (this.#pendingHighSurrogate !== '') controller.enqueue(new Uint8Array([0xEF, 0xBF, 0xBD]));
      },
    });
  }

  get encoding() {
    this.#transform;  // Throws where it is not there.
    return 'utf-8';
  }

  get readable() {
    return this.#transform.readable;
  }

  get writable() {
    return this.#transform.writable;
  }

  [kInspect](depth, options) {
    if (!(this instanceof TextEncoderStream)) throw new ERR_INVALID_THIS('TextEncoderStream');
    const { encoding, readable, writable } = this;
    return inspectAs(this, 'TextEncoderStream', depth, options, { encoding, readable, writable });
  }
}

class TextDecoderStream {
  #decoder;
  #transform;

  /**
   * @param {string} [encoding]
   * @param {{fatal?: boolean, ignoreBOM?: boolean}} [options]
   */
  constructor(encoding = 'utf-8', options = {}) {
    const { TextDecoder } = require('internal/encoding');
    this.#decoder = new TextDecoder(encoding, options);
    this.#transform = new TransformStream({
      transform: (chunk, controller) => {
        // decode() would take it for nothing at all.
        if (chunk === undefined) throw new ERR_INVALID_ARG_TYPE('chunk', 'string', chunk);
        const text = this.#decoder.decode(chunk, { stream: true });
        if (text) controller.enqueue(text);
      },
      flush: (controller) => {
        const text = this.#decoder.decode();
        if (text) controller.enqueue(text);
      },
    });
  }

  get encoding() {
    return this.#decoder.encoding;
  }

  get fatal() {
    return this.#decoder.fatal;
  }

  get ignoreBOM() {
    return this.#decoder.ignoreBOM;
  }

  get readable() {
    return this.#transform.readable;
  }

  get writable() {
    return this.#transform.writable;
  }

  [kInspect](depth, options) {
    if (!(this instanceof TextDecoderStream)) throw new ERR_INVALID_THIS('TextDecoderStream');
    const { encoding, fatal, ignoreBOM, readable, writable } = this;
    const fields = { encoding, fatal, ignoreBOM, readable, writable };
    return inspectAs(this, 'TextDecoderStream', depth, options, fields);
  }
}

defineEnumerable(TextEncoderStream.prototype, ['encoding', 'readable', 'writable'], 'TextEncoderStream');
defineEnumerable(TextDecoderStream.prototype, ['encoding', 'fatal', 'ignoreBOM', 'readable', 'writable'],
                 'TextDecoderStream');

module.exports = { TextDecoderStream, TextEncoderStream };
