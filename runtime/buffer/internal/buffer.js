'use strict';
// The class behind every Buffer, its allocation and its string codecs.
// Run once per realm; `buffer` builds the public Buffer on it, stream handles and fs make buffers with it.

const binding = internalBinding('buffer');
const { codes: { ERR_BUFFER_OUT_OF_BOUNDS } } = require('internal/errors');
const { addNumericAccessors } = require('internal/buffer/numbers');

const { kStringMaxLength } = binding;

// Getters that no own property of a buffer can shadow; they throw on anything that is not a typed array.
const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);

function getterOf(name) {
  const { get } = Object.getOwnPropertyDescriptor(TypedArrayPrototype, name);
  return Function.prototype.call.bind(get);
}

const getLength = getterOf('length');
const getByteLength = getterOf('byteLength');

class FastBuffer extends Uint8Array {
  // Uint8Array takes (length) and (arrayBuffer, byteOffset, length). An explicit constructor
  // spares the iteration over arguments that an implicit one would do.
  constructor(bufferOrLength, byteOffset, length) {
    super(bufferOrLength, byteOffset, length);
  }
}

// --zero-fill-buffers, looked up when memory is first asked for.
let zeroFill;

function createUnsafeArrayBuffer(size) {
  zeroFill ??= require('internal/options').getOptionValue('--zero-fill-buffers');
  return zeroFill ? new ArrayBuffer(size) : binding.createUnsafeArrayBuffer(size);
}

// Memory that is not cleared: every caller overwrites it or hands it to someone who asked for it.
function createUnsafeBuffer(size) {
  // Up to 64 bytes V8 puts the elements into its own heap, which beats any allocator.
  if (size <= 64) return new FastBuffer(size);
  return new FastBuffer(createUnsafeArrayBuffer(size));
}

// The pool small buffers are cut from. It is made on first use in each process: one made
// while the start-up snapshot is built would be frozen into the binary.
let pool;  // The ArrayBuffer.
let poolBytes;  // A view of all of it.
let poolOffset = 0;
// Whose `poolSize` property gives the size of the next pool; `buffer` makes it the Buffer class, where users may set it.
let poolOwner = { poolSize: 64 * 1024 };

function newPool() {
  pool = createUnsafeArrayBuffer(poolOwner.poolSize);
  binding.markUntransferable(pool);
  poolBytes = new FastBuffer(pool);
  poolOffset = 0;
}

// Takes the first `size` bytes of the pool's free part.
function cutFromPool(size) {
  const buffer = new FastBuffer(pool, poolOffset, size);
  // Typed arrays over the pool want aligned offsets.
  poolOffset = (poolOffset + size + 7) & ~7;
  return buffer;
}

function reservePool(size) {
  if (pool === undefined || size > poolBytes.length - poolOffset) newPool();
}

// Uninitialised buffer, pooled when small.
function allocUnsafe(size) {
  if (size > 0 && size < (poolOwner.poolSize >>> 1)) {
    reservePool(size);
    return cutFromPool(size);
  }
  return createUnsafeBuffer(size);
}

// Encodes `string` straight into the pool, or into memory of its own when it is long.
function encodeString(string, codec) {
  let bound = codec.maxBytes(string);
  const limit = poolOwner.poolSize >>> 1;
  if (bound >= limit) {
    bound = codec.byteLength(string);
    if (bound >= limit) return encodeLongString(string, codec, bound);
  }
  reservePool(bound);
  return cutFromPool(codec.write(poolBytes, string, poolOffset, bound));
}

function encodeLongString(string, codec, length) {
  const buffer = createUnsafeBuffer(length);
  const written = codec.write(buffer, string, 0, length);
  return written === length ? buffer : new FastBuffer(buffer.buffer, buffer.byteOffset, written);
}

function base64ByteLength(string) {
  let bytes = string.length;
  if (bytes > 0 && string.charCodeAt(bytes - 1) === 0x3d) bytes--;
  if (bytes > 1 && string.charCodeAt(bytes - 1) === 0x3d) bytes--;
  return Math.floor(bytes * 3 / 4);
}

// `maxBytes` bounds the encoded size and is cheap; `byteLength` is what Buffer.byteLength says.
function codec(name, byteLength, maxBytes, write, slice) {
  return { name, byteLength, maxBytes, write, slice };
}

const codecs = {
  __proto__: null,
  utf8: codec('utf8', binding.byteLengthUtf8, (s) => s.length * 3, binding.utf8Write, binding.utf8Slice),
  utf16le: codec('utf16le', (s) => s.length * 2, (s) => s.length * 2, binding.ucs2Write, binding.ucs2Slice),
  latin1: codec('latin1', (s) => s.length, (s) => s.length, binding.latin1Write, binding.latin1Slice),
  ascii: codec('ascii', (s) => s.length, (s) => s.length, binding.latin1Write, binding.asciiSlice),
  hex: codec('hex', (s) => s.length >>> 1, (s) => s.length >>> 1, binding.hexWrite, binding.hexSlice),
  base64: codec('base64', base64ByteLength, base64ByteLength, binding.base64Write, binding.base64Slice),
  base64url: codec('base64url', base64ByteLength, base64ByteLength, binding.base64Write, binding.base64urlSlice),
};
const { utf8 } = codecs;

// Names as they are usually written come first: no lower-casing for them.
function getCodec(encoding) {
  switch (encoding) {
    case 'utf8': case 'utf-8': return utf8;
    case 'base64': return codecs.base64;
    case 'hex': return codecs.hex;
    case 'latin1': case 'binary': return codecs.latin1;
    case 'ascii': return codecs.ascii;
    case 'base64url': return codecs.base64url;
    case 'ucs2': case 'ucs-2': case 'utf16le': case 'utf-16le': return codecs.utf16le;
  }
  const lower = `${encoding}`.toLowerCase();
  return lower === encoding ? undefined : getCodec(lower);
}

function codedError(Base, message, code) {
  return Object.assign(new Base(message), { code });
}

function throwStringTooLong() {
  throw codedError(Error, `Cannot create a string longer than 0x${kStringMaxLength.toString(16)} characters`,
                   'ERR_STRING_TOO_LONG');
}

// Decodes [start, end) of `buffer`, which the caller has clamped.
function sliceToString(codec, buffer, start, end) {
  const string = codec.slice(buffer, start, end);
  if (string === undefined) throwStringTooLong();
  return string;
}

// The undocumented but widely used methods like `utf8Slice` and `utf8Write`.

function checkReceiver(buffer) {
  if (!ArrayBuffer.isView(buffer)) {
    throw codedError(TypeError, 'argument must be a buffer', 'ERR_INVALID_ARG_TYPE');
  }
}

function toIndex(value, fallback) {
  if (value === undefined) return fallback;
  const index = Math.trunc(Number(value)) || 0;
  if (index < 0) throwIndexOutOfRange();
  return index;
}

function throwIndexOutOfRange() {
  throw codedError(RangeError, 'Index out of range', 'ERR_OUT_OF_RANGE');
}

function makeSliceMethod(codec) {
  return function(start, end) {
    checkReceiver(this);
    if (this.byteLength === 0) return '';
    start = toIndex(start, 0);
    end = toIndex(end, this.byteLength);
    if (end > this.byteLength) throwIndexOutOfRange();
    if (end <= start) return '';
    return sliceToString(codec, this, start, end);
  };
}

function makeWriteMethod(codec) {
  return function(string, offset, length) {
    checkReceiver(this);
    if (typeof string !== 'string') {
      throw codedError(TypeError, 'argument must be a string', 'ERR_INVALID_ARG_TYPE');
    }
    offset = offset === undefined ? 0 : Math.trunc(offset) || 0;
    length = length === undefined ? this.byteLength - offset : Math.trunc(length) || 0;
    if (offset < 0 || offset > this.byteLength) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
    if (length < 0 || length > this.byteLength - offset) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
    return codec.write(this, string, offset, length);
  };
}

const rawMethodNames = ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8'];

function addCodecMethods(prototype) {
  for (const name of rawMethodNames) prototype[`${name}Slice`] = makeSliceMethod(getCodec(name));
  for (const name of rawMethodNames) prototype[`${name}Write`] = makeWriteMethod(getCodec(name));
}

addNumericAccessors(FastBuffer.prototype);
addCodecMethods(FastBuffer.prototype);

module.exports = {
  FastBuffer,
  allocUnsafe,
  codecs,
  createUnsafeBuffer,
  encodeString,
  getByteLength,
  getCodec,
  getLength,
  setPoolOwner(owner) { poolOwner = owner; },
  sliceToString,
  throwStringTooLong,
};
