'use strict';
// What ends a pipeline: all its bytes as one value. Also the transforms that only watch, and the wait for a writer.
// Evaluated with the first file of `stream/iter` that is asked for.

const { codes: { ERR_INVALID_ARG_VALUE, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateFunction, validateInteger, validateObject, validateString } = require('internal/validators');
const { untilAborted } = require('internal/stream/iter/abort');
const { validateSignal } = require('internal/stream/iter/arguments');
const { concat } = require('internal/stream/iter/bytes');
const { from, fromSync, hasProtocol } = require('internal/stream/iter/from');
const { drainableProtocol } = require('internal/stream/iter/protocols');

function checkOptions(options, { withSignal }) {
  validateObject(options, 'options');
  if (withSignal) validateSignal(options.signal);
  if (options.limit !== undefined) validateInteger(options.limit, 'options.limit', 0, Number.MAX_SAFE_INTEGER);
}

/** Takes batches up to the limit. */
class Collector {
  chunks = [];
  #limit;
  #total = 0;

  constructor(limit) {
    this.#limit = limit;
  }

  add(batch) {
    for (const chunk of batch) {
      this.#total += chunk.byteLength;
      if (this.#total > this.#limit) {
        throw new ERR_OUT_OF_RANGE('totalBytes', `<= ${this.#limit}`, this.#total);
      }
      this.chunks.push(chunk);
    }
  }
}

async function collect(source, options) {
  const { limit, signal } = options;
  signal?.throwIfAborted();
  const stream = from(source);
  const collector = new Collector(limit);
  for await (const batch of signal === undefined ? stream : untilAborted(stream, signal)) collector.add(batch);
  return collector.chunks;
}

function collectSync(source, { limit }) {
  const collector = new Collector(limit);
  for (const batch of fromSync(source)) collector.add(batch);
  return collector.chunks;
}

function decoder({ encoding = 'utf-8' }) {
  validateString(encoding, 'options.encoding');
  const { TextDecoder } = require('internal/encoding');
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new ERR_INVALID_ARG_VALUE.RangeError('options.encoding', encoding);
  }
}

function decode(textDecoder, chunks) {
  let text = '';
  for (const chunk of chunks) text += textDecoder.decode(chunk, { stream: true });
  return text + textDecoder.decode();
}

async function array(source, options = {}) {
  checkOptions(options, { withSignal: true });
  return collect(source, options);
}

async function bytes(source, options = {}) {
  return concat(await array(source, options));
}

async function arrayBuffer(source, options = {}) {
  return (await bytes(source, options)).buffer;
}

async function text(source, options = {}) {
  checkOptions(options, { withSignal: true });
  const textDecoder = decoder(options);
  return decode(textDecoder, await collect(source, options));
}

function arraySync(source, options = {}) {
  checkOptions(options, { withSignal: false });
  return collectSync(source, options);
}

function bytesSync(source, options = {}) {
  return concat(arraySync(source, options));
}

function arrayBufferSync(source, options = {}) {
  return bytesSync(source, options).buffer;
}

function textSync(source, options = {}) {
  checkOptions(options, { withSignal: false });
  const textDecoder = decoder(options);
  return decode(textDecoder, collectSync(source, options));
}

function tap(callback) {
  validateFunction(callback, 'callback');
  return async (chunks, options) => {
    await callback(chunks, options);
    return chunks;
  };
}

function tapSync(callback) {
  validateFunction(callback, 'callback');
  return (chunks) => {
    callback(chunks);
    return chunks;
  };
}

function ondrain(drainable) {
  return hasProtocol(drainable, drainableProtocol) ? drainable[drainableProtocol]() : null;
}

module.exports = {
  array, arrayBuffer, arrayBufferSync, arraySync, bytes, bytesSync, ondrain, tap, tapSync, text, textSync,
};
