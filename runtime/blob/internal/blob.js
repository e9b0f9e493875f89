'use strict';
// The Blob class. A blob is a list of parts, each a piece of memory or a range of a file; slices share them.
// Memory lives in SharedArrayBuffers nobody else has, so that a clone in another thread shares it too.
// Run once per realm.

const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_STATE, ERR_INVALID_THIS },
} = require('internal/errors');
const { customInspectSymbol: kInspect, kEmptyObject, kEnumerableProperty } = require('internal/util');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { kClone, kDeserialize } = require('internal/messaging/transferable');

// A part is { bytes } or { read, start }, with `size`; read(start, end) promises a Uint8Array.

// The largest piece that one read asks for.
const kReadChunk = 64 * 1024;

function typeError(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}

// In a program that becomes a snapshot there is no shared memory; its clones get copies.
function allocate(size) {
  const Memory = typeof SharedArrayBuffer === 'function' ? SharedArrayBuffer : ArrayBuffer;
  return new Uint8Array(new Memory(size));
}

function memoryPart(source) {
  const view = isArrayBufferView(source) ? source : new Uint8Array(source);
  const bytes = allocate(view.byteLength);
  bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return { bytes, size: bytes.length };
}

function textPart(value, endings) {
  let text = value.toWellFormed();
  if (endings === 'native') text = text.replace(/\r\n|\r|\n/g, process.platform === 'win32' ? '\r\n' : '\n');
  const { Buffer } = require('buffer');
  const size = Buffer.byteLength(text);
  const bytes = allocate(size);
  Buffer.prototype.utf8Write.call(bytes, text, 0, size);
  return { bytes, size };
}

// The sequence of a constructor's first argument: Blobs and buffers as they are, everything else as text.
function convertSources(sources) {
  const method = sources === null || typeof sources !== 'object' ? undefined : sources[Symbol.iterator];
  if (typeof method !== 'function') throw typeError('Value cannot be converted to sequence.');
  const converted = [];
  for (const source of { [Symbol.iterator]: () => Reflect.apply(method, sources, []) }) {
    if (typeof source === 'symbol') {
      throw typeError(`Value[${converted.length}] is a Symbol and cannot be converted to a string.`);
    }
    converted.push(isBlob(source) || isAnyArrayBuffer(source) || isArrayBufferView(source) ? source : `${source}`);
  }
  return converted;
}

function toParts(converted, endings) {
  return converted.flatMap((source) => {
    if (typeof source === 'string') return textPart(source, endings);
    return isBlob(source) ? partsOf(source) : memoryPart(source);
  });
}

function slicePart(part, start, end) {
  if (part.bytes !== undefined) return { bytes: part.bytes.subarray(start, end), size: end - start };
  return { ...part, start: part.start + start, size: end - start };
}

function sliceParts(parts, start, end) {
  const sliced = [];
  let position = 0;
  for (const part of parts) {
    const from = Math.max(start - position, 0);
    const to = Math.min(end - position, part.size);
    if (from < to) sliced.push(slicePart(part, from, to));
    position += part.size;
  }
  return sliced;
}

// A media type, lower case; nothing when it has characters that no media type has.
function normalizeType(value) {
  const type = `${value}`;
  return /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase();
}

// A [Clamp] long long of Web IDL.
function toLongLong(value, name) {
  if (typeof value === 'bigint') throw typeError(`${name} is a BigInt and cannot be converted to a number.`);
  if (typeof value === 'symbol') throw typeError(`${name} is a Symbol and cannot be converted to a number.`);
  const number = +value;
  if (Number.isNaN(number)) return 0;
  const clamped = Math.min(Math.max(number, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  return roundHalfToEven(clamped);
}

function roundHalfToEven(number) {
  const floor = Math.floor(number);
  const fraction = number - floor;
  if (fraction !== 0.5) return Math.round(number);
  return floor % 2 === 0 ? floor : floor + 1;
}

// Makes the constructor take parts that are ready.
const kParts = Symbol('parts');

class Blob {
  #parts;
  #size;
  #type = '';

  constructor(sources = [], options = kEmptyObject) {
    if (sources === kParts) {
      this.#setParts(options.parts);
      this.#type = options.type;
      return;
    }
    const converted = convertSources(sources);
    if (options !== null && options !== undefined && typeof options !== 'object' && typeof options !== 'function') {
      throw typeError(`The "options" argument must be a dictionary. ${received(options)}`);
    }
    const { endings: givenEndings, type: givenType } = options ?? kEmptyObject;
    const endings = givenEndings === undefined ? 'transparent' : `${givenEndings}`;
    if (endings !== 'transparent' && endings !== 'native') {
      throw new ERR_INVALID_ARG_VALUE('options.endings', endings);
    }
    const type = givenType === undefined ? '' : normalizeType(givenType);
    this.#setParts(toParts(converted, endings));
    this.#type = type;
  }

  #setParts(parts) {
    this.#parts = parts;
    this.#size = parts.reduce((sum, part) => sum + part.size, 0);
  }

  // Internal access, taken off the class below.
  static isBlob(value) { return typeof value === 'object' && value !== null && #parts in value; }
  static partsOf(blob) { return blob.#parts; }

  [kInspect](depth, options) {
    check(this);
    const { inspect } = require('internal/util/inspect');
    if (depth < 0) return options.stylize('[Blob]', 'special');
    const nested = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `Blob ${inspect({ size: this.size, type: this.type }, nested)}`;
  }

  [kClone]() {
    if (this.#parts.some((part) => part.read !== undefined)) {
      throw new ERR_INVALID_STATE('File-backed Blobs are not cloneable');
    }
    return {
      data: { parts: this.#parts, type: this.#type },
      deserializeInfo: 'internal/blob:ClonedBlob',
    };
  }

  [kDeserialize]({ parts, type }) {
    this.#setParts(parts);
    this.#type = type;
  }

  get type() {
    check(this);
    return this.#type;
  }

  get size() {
    check(this);
    return this.#size;
  }

  slice(start = 0, end = undefined, contentType = '') {
    check(this);
    const size = this.#size;
    const clamp = (position) => (position < 0 ? Math.max(size + position, 0) : Math.min(position, size));
    const from = clamp(toLongLong(start, 'start'));
    const to = Math.max(end === undefined ? size : clamp(toLongLong(end, 'end')), from);
    return new Blob(kParts, { parts: sliceParts(this.#parts, from, to), type: normalizeType(contentType) });
  }

  async arrayBuffer() {
    check(this);
    return (await readAll(this.#parts, this.#size)).buffer;
  }

  async text() {
    check(this);
    const { TextDecoder } = require('internal/encoding');
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await readAll(this.#parts, this.#size));
  }

  async bytes() {
    check(this);
    return readAll(this.#parts, this.#size);
  }

  stream() {
    check(this);
    const chunks = readChunks(this.#parts);
    const { ReadableStream } = require('stream/web');
    return new ReadableStream({
      type: 'bytes',
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        controller.close();
        // A reader with a buffer of its own waits for an answer even at the end.
        controller.byobRequest?.respond(0);
      },
      cancel() {
        return chunks.return();
      },
    }, { highWaterMark: 0 });
  }

  textStream() {
    check(this);
    const { TextDecoderStream } = require('stream/web');
    return this.stream().pipeThrough(new TextDecoderStream());
  }
}

const { isBlob, partsOf } = Blob;
delete Blob.isBlob;
delete Blob.partsOf;

function check(value) {
  if (!isBlob(value)) throw new ERR_INVALID_THIS('Blob');
}

function received(value) {
  return new ERR_INVALID_ARG_TYPE('options', 'object', value).message.replace(/^.*(?=Received)/s, '');
}

// The bytes of the parts one after the other, copied: what a blob gives away can be changed.
async function* readChunks(parts) {
  for (const part of parts) {
    if (part.bytes !== undefined) {
      if (part.size > 0) yield new Uint8Array(part.bytes);
    } else {
      yield* readPart(part);
    }
  }
}

// At least one read, so that a file that has changed is noticed even when it was empty.
async function* readPart({ read, start, size }) {
  const end = start + size;
  let position = start;
  do {
    const next = Math.min(position + kReadChunk, end);
    const chunk = await read(position, next);
    if (next > position) yield chunk;
    position = next;
  } while (position < end);
}

async function readAll(parts, size) {
  const bytes = new Uint8Array(size);
  let position = 0;
  for (const part of parts) {
    if (part.bytes !== undefined) {
      bytes.set(part.bytes, position);
      position += part.size;
      continue;
    }
    for await (const chunk of readPart(part)) {
      bytes.set(chunk, position);
      position += chunk.length;
    }
  }
  return bytes;
}

Object.defineProperties(Blob.prototype, {
  type: kEnumerableProperty,
  size: kEnumerableProperty,
  slice: kEnumerableProperty,
  arrayBuffer: kEnumerableProperty,
  text: kEnumerableProperty,
  bytes: kEnumerableProperty,
  stream: kEnumerableProperty,
  textStream: kEnumerableProperty,
  [kInspect]: { enumerable: false },
  [kClone]: { enumerable: false },
  [kDeserialize]: { enumerable: false },
  [Symbol.toStringTag]: { configurable: true, value: 'Blob' },
});

// Filled by [kDeserialize].
function ClonedBlob() {
  return new Blob(kParts, { parts: [], type: '' });
}

// For fs.openAsBlob: a blob whose bytes are read when they are asked for.
function createBlobFromSource({ size, type, read }) {
  return new Blob(kParts, { parts: [{ read, start: 0, size }], type });
}

// What URL.createObjectURL has given a name.
const objectURLs = new Map();
const kObjectURLPrefix = 'blob:nodedata:';

function storeObjectURL(blob) {
  const id = require('crypto').randomUUID();
  objectURLs.set(id, blob);
  return `${kObjectURLPrefix}${id}`;
}

function objectId(url) {
  return url.startsWith(kObjectURLPrefix) ? url.slice(kObjectURLPrefix.length) : undefined;
}

function revokeObjectURL(url) {
  objectURLs.delete(objectId(url));
}

function resolveObjectURL(url) {
  const blob = objectURLs.get(objectId(`${url}`));
  return blob === undefined ? undefined : new Blob(kParts, { parts: partsOf(blob), type: blob.type });
}

module.exports = {
  Blob,
  ClonedBlob,
  createBlobFromSource,
  isBlob,
  resolveObjectURL,
  revokeObjectURL,
  storeObjectURL,
};
