'use strict';
// What is made of Keccak's sponge and OpenSSL has not got: cSHAKE and KMAC (NIST SP 800-185), TurboSHAKE and
// KangarooTwelve (RFC 9861). Lengths are in bits where the standards have them so.
// Run once per realm, on first use by Web Crypto.

const { Buffer } = require('buffer');
const { keccakSponge } = internalBinding('crypto');

const rateOf = (strength) => (1600 - 2 * strength) / 8;

// The shortest big-endian form of a number, at least `least` bytes.
function integer(value, least) {
  let hex = value === 0 && least === 0 ? '' : value.toString(16);
  if (hex.length % 2 === 1) hex = `0${hex}`;
  return Buffer.from(hex, 'hex');
}

function leftEncode(value) {
  const bytes = integer(value, 1);
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function rightEncode(value) {
  const bytes = integer(value, 1);
  return Buffer.concat([bytes, Buffer.of(bytes.length)]);
}

function encodeString(bytes, bits = bytes.byteLength * 8) {
  return Buffer.concat([leftEncode(bits), bytes]);
}

function bytePad(bytes, size) {
  const start = Buffer.concat([leftEncode(size), bytes]);
  return Buffer.concat([start, Buffer.alloc((size - start.length % size) % size)]);
}

// The bits beyond the length are none of it: in these standards the first bits of a byte are its low ones, but Web
// Crypto's are its high ones.
function cutBits(arrayBuffer, bits) {
  if (bits % 8 !== 0) new Uint8Array(arrayBuffer)[arrayBuffer.byteLength - 1] &= 0xff << (8 - bits % 8);
  return arrayBuffer;
}

/** @param {128 | 256} strength @param {Uint8Array} functionName @param {Uint8Array} customization @param {number} bits */
function cshake(strength, data, functionName, customization, bits) {
  const rate = rateOf(strength);
  const bytes = Math.ceil(bits / 8);
  if (functionName.byteLength === 0 && customization.byteLength === 0) {
    return cutBits(keccakSponge(24, rate, 0x1f, data, bytes), bits);
  }
  const prefix = bytePad(Buffer.concat([encodeString(functionName), encodeString(customization)]), rate);
  return cutBits(keccakSponge(24, rate, 0x04, Buffer.concat([prefix, data]), bytes), bits);
}

const kKmac = Buffer.from('KMAC');

function kmac(strength, key, keyBits, data, customization, bits) {
  const start = bytePad(encodeString(key, keyBits), rateOf(strength));
  return cshake(strength, Buffer.concat([start, data, rightEncode(bits)]), kKmac, customization, bits);
}

function turboShake(strength, data, domainSeparation, bytes) {
  return keccakSponge(12, rateOf(strength), domainSeparation, data, bytes);
}

const kChunk = 8192;

// RFC 9861's form of a length: none at all for zero.
function lengthEncode(value) {
  const bytes = integer(value, 0);
  return Buffer.concat([bytes, Buffer.of(bytes.length)]);
}

/** A tree of chunks: the first one, and the hashes of the others behind it. */
function kangarooTwelve(strength, data, customization, bytes) {
  const message = Buffer.concat([data, customization, lengthEncode(customization.byteLength)]);
  if (message.length <= kChunk) return turboShake(strength, message, 0x07, bytes);
  const parts = [message.subarray(0, kChunk), Buffer.of(3, 0, 0, 0, 0, 0, 0, 0)];
  let count = 0;
  for (let at = kChunk; at < message.length; at += kChunk, count++) {
    parts.push(Buffer.from(turboShake(strength, message.subarray(at, at + kChunk), 0x0b, strength / 4)));
  }
  parts.push(lengthEncode(count), Buffer.of(0xff, 0xff));
  return turboShake(strength, Buffer.concat(parts), 0x06, bytes);
}

module.exports = { cshake, cutBits, kangarooTwelve, kmac, turboShake };
