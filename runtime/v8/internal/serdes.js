'use strict';
// The Serializer and Deserializer classes of `v8`, and serialize and deserialize on them.
// Run once per realm, on first use.

const binding = internalBinding('v8');
const {
  codes: { ERR_CONSTRUCT_CALL_REQUIRED },
} = require('internal/errors');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/util/types');
const { Buffer } = require('buffer');

function typeError(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}

const natives = new WeakMap();

function nativeOf(object) {
  const native = natives.get(object);
  if (native === undefined) throw new TypeError('Illegal invocation');
  return native;
}

function Serializer() {
  if (new.target === undefined) throw new ERR_CONSTRUCT_CALL_REQUIRED('Serializer');
  const native = new binding.NativeSerializer();
  // Whose _writeHostObject and other hooks the native side calls.
  native.front = this;
  natives.set(this, native);
}

Object.assign(Serializer.prototype, {
  writeHeader() { nativeOf(this).writeHeader(); },
  writeValue(value) { return nativeOf(this).writeValue(value); },
  releaseBuffer() { return Buffer.from(nativeOf(this).releaseBuffer()); },
  transferArrayBuffer(id, arrayBuffer) {
    if (!(arrayBuffer instanceof ArrayBuffer)) throw typeError('arrayBuffer must be an ArrayBuffer');
    nativeOf(this).transferArrayBuffer(Number(id) >>> 0, arrayBuffer);
  },
  writeUint32(value) { nativeOf(this).writeUint32(Number(value) >>> 0); },
  writeUint64(high, low) { nativeOf(this).writeUint64(Number(high) >>> 0, Number(low) >>> 0); },
  writeDouble(value) { nativeOf(this).writeDouble(Number(value)); },
  writeRawBytes(source) {
    if (!isArrayBufferView(source) && !isAnyArrayBuffer(source)) {
      throw typeError('source must be a TypedArray or a DataView');
    }
    nativeOf(this).writeRawBytes(source);
  },
  _setTreatArrayBufferViewsAsHostObjects(mode) {
    nativeOf(this).setTreatArrayBufferViewsAsHostObjects(Boolean(mode));
  },
  _getDataCloneError: Error,
});

function Deserializer(buffer) {
  if (new.target === undefined) throw new ERR_CONSTRUCT_CALL_REQUIRED('Deserializer');
  if (!isArrayBufferView(buffer)) throw typeError('buffer must be a TypedArray or a DataView');
  const native = new binding.NativeDeserializer(buffer);
  native.front = this;
  natives.set(this, native);
  this.buffer = buffer;
}

Object.assign(Deserializer.prototype, {
  readHeader() { return nativeOf(this).readHeader(); },
  readValue() { return nativeOf(this).readValue(); },
  getWireFormatVersion() { return nativeOf(this).getWireFormatVersion(); },
  transferArrayBuffer(id, arrayBuffer) {
    if (!isAnyArrayBuffer(arrayBuffer)) {
      throw typeError('arrayBuffer must be an ArrayBuffer or SharedArrayBuffer');
    }
    nativeOf(this).transferArrayBuffer(Number(id) >>> 0, arrayBuffer);
  },
  readUint32() { return nativeOf(this).readUint32(); },
  readUint64() { return nativeOf(this).readUint64(); },
  readDouble() { return nativeOf(this).readDouble(); },
  // Where the bytes start within this.buffer.
  _readRawBytes(length) { return nativeOf(this).readRawBytes(Number(length)); },
  readRawBytes(length) {
    const offset = this._readRawBytes(length);
    return Buffer.from(this.buffer.buffer, this.buffer.byteOffset + offset, length);
  },
});

for (const Class of [Serializer, Deserializer]) {
  Object.defineProperty(Class.prototype, 'constructor', { enumerable: false });
}

// What kind of view follows in the data. The numbers are part of the format that Node has on disk and on the wire.
const kViewTypes = [
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
  Float64Array, DataView, null, BigInt64Array, BigUint64Array, globalThis.Float16Array,
];
const kFastBuffer = 10;

function viewType(view) {
  if (view.constructor === Buffer) return kFastBuffer;
  const tag = view instanceof DataView ? 'DataView' : view[Symbol.toStringTag];
  return kViewTypes.findIndex((Class) => Class?.name === tag);
}

// Undefined when there is no such type.
function makeView(type, buffer, start, byteLength) {
  if (type === kFastBuffer) return Buffer.from(buffer, start, byteLength);
  const Class = kViewTypes[type];
  if (!Class) return undefined;
  const width = Class.BYTES_PER_ELEMENT ?? 1;
  if (start % width === 0) return new Class(buffer, start, byteLength / width);
  // Out of place for its elements: a copy.
  const copy = new Uint8Array(byteLength);
  copy.set(new Uint8Array(buffer, start, byteLength));
  return new Class(copy.buffer, 0, byteLength / width);
}

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  // Views are written on their own, not with all of the buffer that they are of.
  _writeHostObject(object) {
    const type = ArrayBuffer.isView(object) ? viewType(object) : -1;
    if (type === -1) {
      const { inspect } = require('internal/util/inspect');
      throw new this._getDataCloneError(`Unserializable host object: ${inspect(object)}`);
    }
    this.writeUint32(type);
    this.writeUint32(object.byteLength);
    this.writeRawBytes(new Uint8Array(object.buffer, object.byteOffset, object.byteLength));
  }
}

class DefaultDeserializer extends Deserializer {
  _readHostObject() {
    const type = this.readUint32();
    const byteLength = this.readUint32();
    const offset = this._readRawBytes(byteLength);
    return makeView(type, this.buffer.buffer, this.buffer.byteOffset + offset, byteLength);
  }
}

function serialize(value) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  try {
    serializer.writeValue(value);
    return serializer.releaseBuffer();
  } finally {
    nativeOf(serializer).dispose();
  }
}

function deserialize(buffer) {
  const deserializer = new DefaultDeserializer(buffer);
  deserializer.readHeader();
  return deserializer.readValue();
}

module.exports = {
  DefaultDeserializer,
  DefaultSerializer,
  Deserializer,
  Serializer,
  deserialize,
  makeView,
  serialize,
  viewType,
};
