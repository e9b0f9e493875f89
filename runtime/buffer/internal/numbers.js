'use strict';
// The numeric accessors of Buffer.prototype (readUInt8 ... writeDoubleBE).
// Run once per realm by internal/buffer, which installs them on FastBuffer.prototype. All JS: a call into
// C++ costs more than assembling eight bytes.

const { codes: { ERR_BUFFER_OUT_OF_BOUNDS, ERR_OUT_OF_RANGE } } = require('internal/errors');
const { validateNumber } = require('internal/validators');

// One eight byte scratch area seen through every element type; the platforms we build for are little endian.
// Made on first use: the start-up snapshot does not take array buffers at any depth of the heap.
let scratch;
let scratchUint32;
let scratchFloat32;
let scratchFloat64;
let scratchBigInt64;
let scratchBigUint64;

function makeScratch() {
  const memory = new ArrayBuffer(8);
  scratch = new Uint8Array(memory);
  scratchUint32 = new Uint32Array(memory);
  scratchFloat32 = new Float32Array(memory);
  scratchFloat64 = new Float64Array(memory);
  scratchBigInt64 = new BigInt64Array(memory);
  scratchBigUint64 = new BigUint64Array(memory);
}

// Throws the error Node throws for an offset at which `size` bytes cannot be accessed.
function throwBounds(buffer, offset, size, name = 'offset') {
  const last = buffer.length - size;
  if (Math.floor(offset) !== offset) {
    validateNumber(offset, name);
    throw new ERR_OUT_OF_RANGE(name, 'an integer', offset);
  }
  if (last < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS();
  throw new ERR_OUT_OF_RANGE(name, `>= 0 and <= ${last}`, offset);
}

function checkBounds(buffer, offset, size) {
  if (typeof offset !== 'number') validateNumber(offset, 'offset');
  if (buffer[offset] === undefined || buffer[offset + size - 1] === undefined) throwBounds(buffer, offset, size);
}

function throwByteLength(byteLength) {
  validateNumber(byteLength, 'byteLength');
  if (Math.floor(byteLength) !== byteLength) throw new ERR_OUT_OF_RANGE('byteLength', 'an integer', byteLength);
  throw new ERR_OUT_OF_RANGE('byteLength', '>= 1 and <= 6', byteLength);
}

function throwValueRange(value, min, max, size) {
  const n = typeof min === 'bigint' ? 'n' : '';
  let range;
  if (size <= 4) range = `>= ${min} and <= ${max}`;
  else if (Number(min) === 0) range = `>= 0${n} and < 2${n} ** ${size * 8}${n}`;
  else range = `>= -(2${n} ** ${size * 8 - 1}${n}) and < 2${n} ** ${size * 8 - 1}${n}`;
  throw new ERR_OUT_OF_RANGE('value', range, value);
}

function checkWrite(buffer, value, offset, size, min, max) {
  if (value > max || value < min) throwValueRange(value, min, max, size);
  checkBounds(buffer, offset, size);
}

// Reads of a fixed width.

function readUInt8(offset = 0) {
  if (typeof offset !== 'number') validateNumber(offset, 'offset');
  const value = this[offset];
  if (value === undefined) throwBounds(this, offset, 1);
  return value;
}

function readInt8(offset = 0) {
  if (typeof offset !== 'number') validateNumber(offset, 'offset');
  const value = this[offset];
  if (value === undefined) throwBounds(this, offset, 1);
  return value << 24 >> 24;
}

function readUInt16LE(offset = 0) {
  checkBounds(this, offset, 2);
  return this[offset] | this[offset + 1] << 8;
}

function readUInt16BE(offset = 0) {
  checkBounds(this, offset, 2);
  return this[offset] << 8 | this[offset + 1];
}

function readInt16LE(offset = 0) {
  checkBounds(this, offset, 2);
  return (this[offset] | this[offset + 1] << 8) << 16 >> 16;
}

function readInt16BE(offset = 0) {
  checkBounds(this, offset, 2);
  return (this[offset] << 8 | this[offset + 1]) << 16 >> 16;
}

function readInt32LE(offset = 0) {
  checkBounds(this, offset, 4);
  return this[offset] | this[offset + 1] << 8 | this[offset + 2] << 16 | this[offset + 3] << 24;
}

function readInt32BE(offset = 0) {
  checkBounds(this, offset, 4);
  return this[offset] << 24 | this[offset + 1] << 16 | this[offset + 2] << 8 | this[offset + 3];
}

function readUInt32LE(offset = 0) {
  checkBounds(this, offset, 4);
  return (this[offset] | this[offset + 1] << 8 | this[offset + 2] << 16 | this[offset + 3] << 24) >>> 0;
}

function readUInt32BE(offset = 0) {
  checkBounds(this, offset, 4);
  return (this[offset] << 24 | this[offset + 1] << 16 | this[offset + 2] << 8 | this[offset + 3]) >>> 0;
}

// Reads of one to six bytes. Up to 48 bits fit in a double exactly; the high part is multiplied, not shifted.

function readUIntLE(offset, byteLength) {
  if (offset === undefined) validateNumber(offset, 'offset');
  if (!(byteLength >= 1 && byteLength <= 6) || (byteLength | 0) !== byteLength) throwByteLength(byteLength);
  checkBounds(this, offset, byteLength);
  let value = 0;
  for (let i = byteLength - 1; i >= 0; i--) value = value * 256 + this[offset + i];
  return value;
}

function readUIntBE(offset, byteLength) {
  if (offset === undefined) validateNumber(offset, 'offset');
  if (!(byteLength >= 1 && byteLength <= 6) || (byteLength | 0) !== byteLength) throwByteLength(byteLength);
  checkBounds(this, offset, byteLength);
  let value = 0;
  for (let i = 0; i < byteLength; i++) value = value * 256 + this[offset + i];
  return value;
}

function signed(value, byteLength) {
  const limit = 2 ** (byteLength * 8 - 1);
  return value >= limit ? value - 2 * limit : value;
}

function readIntLE(offset, byteLength) {
  return signed(readUIntLE.call(this, offset, byteLength), byteLength);
}

function readIntBE(offset, byteLength) {
  return signed(readUIntBE.call(this, offset, byteLength), byteLength);
}

// 64-bit and floating point values go through the scratch area.

function loadLE(buffer, offset) {
  if (scratch === undefined) makeScratch();
  checkBounds(buffer, offset, 8);
  scratchUint32[0] =
    buffer[offset] | buffer[offset + 1] << 8 | buffer[offset + 2] << 16 | buffer[offset + 3] << 24;
  scratchUint32[1] =
    buffer[offset + 4] | buffer[offset + 5] << 8 | buffer[offset + 6] << 16 | buffer[offset + 7] << 24;
}

function loadBE(buffer, offset) {
  if (scratch === undefined) makeScratch();
  checkBounds(buffer, offset, 8);
  scratchUint32[1] =
    buffer[offset] << 24 | buffer[offset + 1] << 16 | buffer[offset + 2] << 8 | buffer[offset + 3];
  scratchUint32[0] =
    buffer[offset + 4] << 24 | buffer[offset + 5] << 16 | buffer[offset + 6] << 8 | buffer[offset + 7];
}

function storeLE(buffer, offset, size) {
  checkBounds(buffer, offset, size);
  for (let i = 0; i < size; i++) buffer[offset + i] = scratch[i];
  return offset + size;
}

function storeBE(buffer, offset, size) {
  checkBounds(buffer, offset, size);
  for (let i = 0; i < size; i++) buffer[offset + i] = scratch[size - 1 - i];
  return offset + size;
}

function readBigUInt64LE(offset = 0) {
  loadLE(this, offset);
  return scratchBigUint64[0];
}

function readBigUInt64BE(offset = 0) {
  loadBE(this, offset);
  return scratchBigUint64[0];
}

function readBigInt64LE(offset = 0) {
  loadLE(this, offset);
  return scratchBigInt64[0];
}

function readBigInt64BE(offset = 0) {
  loadBE(this, offset);
  return scratchBigInt64[0];
}

function readFloatLE(offset = 0) {
  if (scratch === undefined) makeScratch();
  scratchUint32[0] = readInt32LE.call(this, offset);
  return scratchFloat32[0];
}

function readFloatBE(offset = 0) {
  if (scratch === undefined) makeScratch();
  scratchUint32[0] = readInt32BE.call(this, offset);
  return scratchFloat32[0];
}

function readDoubleLE(offset = 0) {
  loadLE(this, offset);
  return scratchFloat64[0];
}

function readDoubleBE(offset = 0) {
  loadBE(this, offset);
  return scratchFloat64[0];
}

// Writes.

function write8(buffer, value, offset, min, max) {
  value = +value;
  checkWrite(buffer, value, offset, 1, min, max);
  buffer[offset] = value;
  return offset + 1;
}

function write16LE(buffer, value, offset, min, max) {
  value = +value;
  checkWrite(buffer, value, offset, 2, min, max);
  buffer[offset] = value;
  buffer[offset + 1] = value >>> 8;
  return offset + 2;
}

function write16BE(buffer, value, offset, min, max) {
  value = +value;
  checkWrite(buffer, value, offset, 2, min, max);
  buffer[offset] = value >>> 8;
  buffer[offset + 1] = value;
  return offset + 2;
}

function write32LE(buffer, value, offset, min, max) {
  value = +value;
  checkWrite(buffer, value, offset, 4, min, max);
  buffer[offset] = value;
  buffer[offset + 1] = value >>> 8;
  buffer[offset + 2] = value >>> 16;
  buffer[offset + 3] = value >>> 24;
  return offset + 4;
}

function write32BE(buffer, value, offset, min, max) {
  value = +value;
  checkWrite(buffer, value, offset, 4, min, max);
  buffer[offset] = value >>> 24;
  buffer[offset + 1] = value >>> 16;
  buffer[offset + 2] = value >>> 8;
  buffer[offset + 3] = value;
  return offset + 4;
}

function writeUInt8(value, offset = 0) { return write8(this, value, offset, 0, 0xff); }
function writeInt8(value, offset = 0) { return write8(this, value, offset, -0x80, 0x7f); }
function writeUInt16LE(value, offset = 0) { return write16LE(this, value, offset, 0, 0xffff); }
function writeUInt16BE(value, offset = 0) { return write16BE(this, value, offset, 0, 0xffff); }
function writeInt16LE(value, offset = 0) { return write16LE(this, value, offset, -0x8000, 0x7fff); }
function writeInt16BE(value, offset = 0) { return write16BE(this, value, offset, -0x8000, 0x7fff); }
function writeUInt32LE(value, offset = 0) { return write32LE(this, value, offset, 0, 0xffffffff); }
function writeUInt32BE(value, offset = 0) { return write32BE(this, value, offset, 0, 0xffffffff); }
function writeInt32LE(value, offset = 0) { return write32LE(this, value, offset, -0x80000000, 0x7fffffff); }
function writeInt32BE(value, offset = 0) { return write32BE(this, value, offset, -0x80000000, 0x7fffffff); }

function checkVariableWrite(buffer, value, offset, byteLength, isSigned) {
  if (!(byteLength >= 1 && byteLength <= 6) || (byteLength | 0) !== byteLength) throwByteLength(byteLength);
  const bits = byteLength * 8;
  const min = isSigned ? -(2 ** (bits - 1)) : 0;
  const max = isSigned ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  checkWrite(buffer, value, offset, byteLength, min, max);
}

function writeBytesLE(buffer, value, offset, byteLength, isSigned) {
  value = +value;
  checkVariableWrite(buffer, value, offset, byteLength, isSigned);
  let high = Math.floor(value / 2 ** 32);
  for (let i = 0; i < byteLength; i++) {
    if (i < 4) {
      buffer[offset + i] = value >>> (8 * i);
    } else {
      buffer[offset + i] = high;
      high >>= 8;
    }
  }
  return offset + byteLength;
}

function writeBytesBE(buffer, value, offset, byteLength, isSigned) {
  value = +value;
  checkVariableWrite(buffer, value, offset, byteLength, isSigned);
  let high = Math.floor(value / 2 ** 32);
  const last = offset + byteLength - 1;
  for (let i = 0; i < byteLength; i++) {
    if (i < 4) {
      buffer[last - i] = value >>> (8 * i);
    } else {
      buffer[last - i] = high;
      high >>= 8;
    }
  }
  return offset + byteLength;
}

function writeUIntLE(value, offset, byteLength) { return writeBytesLE(this, value, offset, byteLength, false); }
function writeUIntBE(value, offset, byteLength) { return writeBytesBE(this, value, offset, byteLength, false); }
function writeIntLE(value, offset, byteLength) { return writeBytesLE(this, value, offset, byteLength, true); }
function writeIntBE(value, offset, byteLength) { return writeBytesBE(this, value, offset, byteLength, true); }

const maxUint64 = 0xffffffffffffffffn;
const minInt64 = -0x8000000000000000n;
const maxInt64 = 0x7fffffffffffffffn;

function storeBigInt(value, min, max) {
  if (scratch === undefined) makeScratch();
  if (value > max || value < min) throwValueRange(value, min, max, 8);
  // The unsigned view takes negative values modulo 2 ** 64: one store serves both signs.
  scratchBigUint64[0] = typeof value === 'bigint' ? value : value - 0n;
}

function writeBigUInt64LE(value, offset = 0) {
  storeBigInt(value, 0n, maxUint64);
  return storeLE(this, offset, 8);
}

function writeBigUInt64BE(value, offset = 0) {
  storeBigInt(value, 0n, maxUint64);
  return storeBE(this, offset, 8);
}

function writeBigInt64LE(value, offset = 0) {
  storeBigInt(value, minInt64, maxInt64);
  return storeLE(this, offset, 8);
}

function writeBigInt64BE(value, offset = 0) {
  storeBigInt(value, minInt64, maxInt64);
  return storeBE(this, offset, 8);
}

function writeFloatLE(value, offset = 0) {
  if (scratch === undefined) makeScratch();
  scratchFloat32[0] = value;
  return storeLE(this, offset, 4);
}

function writeFloatBE(value, offset = 0) {
  if (scratch === undefined) makeScratch();
  scratchFloat32[0] = value;
  return storeBE(this, offset, 4);
}

function writeDoubleLE(value, offset = 0) {
  if (scratch === undefined) makeScratch();
  scratchFloat64[0] = value;
  return storeLE(this, offset, 8);
}

function writeDoubleBE(value, offset = 0) {
  if (scratch === undefined) makeScratch();
  scratchFloat64[0] = value;
  return storeBE(this, offset, 8);
}

const methods = {
  readBigUInt64LE, readBigUInt64BE, readBigInt64LE, readBigInt64BE,
  writeBigUInt64LE, writeBigUInt64BE, writeBigInt64LE, writeBigInt64BE,
  readUIntLE, readUInt32LE, readUInt16LE, readUInt8, readUIntBE, readUInt32BE, readUInt16BE,
  readIntLE, readInt32LE, readInt16LE, readInt8, readIntBE, readInt32BE, readInt16BE,
  writeUIntLE, writeUInt32LE, writeUInt16LE, writeUInt8, writeUIntBE, writeUInt32BE, writeUInt16BE,
  writeIntLE, writeInt32LE, writeInt16LE, writeInt8, writeIntBE, writeInt32BE, writeInt16BE,
  readFloatLE, readFloatBE, readDoubleLE, readDoubleBE,
  writeFloatLE, writeFloatBE, writeDoubleLE, writeDoubleBE,
};

// Puts the accessors on a prototype; `UInt` methods also get their `Uint` alias.
function addNumericAccessors(prototype) {
  for (const name of Object.keys(methods)) {
    prototype[name] = methods[name];
    if (name.includes('UInt')) prototype[name.replace('UInt', 'Uint')] = methods[name];
  }
}

module.exports = { addNumericAccessors };
