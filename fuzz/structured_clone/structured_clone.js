'use strict';
// Structured cloning. The properties: a clone is deeply equal to its original; what goes through a MessagePort is equal
// too; what was transferred is detached, and only when all went well; what cannot be cloned is refused with a
// DataCloneError. The input is a program that builds a value: each byte a kind, followed by what the kind needs.

const assert = require('assert');
const { Buffer } = require('buffer');
const { structuredClone } = require('internal/messaging');
const { MessageChannel, receiveMessageOnPort } = require('worker_threads');

const MAX_DEPTH = 6;
const MAX_ITEMS = 8;
// Comparing takes twice as long with each object that is reached twice, here as in Node.
const MAX_REFERENCES = 6;

/** Builds values out of bytes. */
class Builder {
  constructor(bytes) {
    this.bytes = bytes;
    this.position = 0;
    this.objects = [];
    this.references = 0;
    this.transfer = [];
    this.mayFail = false;
  }

  byte() {
    return this.position < this.bytes.length ? this.bytes[this.position++] : 0;
  }

  text() {
    const length = this.byte() % 20;
    const slice = Buffer.from(this.bytes.subarray(this.position, this.position + length));
    this.position += length;
    return this.byte() % 2 ? slice.latin1Slice() : slice.subarray(0, length & ~1).ucs2Slice();
  }

  keep(object) {
    this.objects.push(object);
    return object;
  }

  items(depth, add) {
    for (let count = this.byte() % MAX_ITEMS; count > 0; count--) add(() => this.value(depth + 1));
  }

  value(depth = 0) {
    const kinds = depth < MAX_DEPTH ? builders : builders.slice(0, LEAVES);
    return kinds[this.byte() % kinds.length](this, depth);
  }
}

function arrayBuffer(builder) {
  const buffer = new ArrayBuffer(builder.byte(), builder.byte() % 4 === 0 ? { maxByteLength: 300 } : undefined);
  new Uint8Array(buffer).fill(builder.byte());
  return builder.keep(buffer);
}

const VIEWS = [Uint8Array, Int16Array, Uint32Array, Float64Array, BigInt64Array, Uint8ClampedArray, DataView];

const builders = [
  () => undefined,
  () => null,
  (b) => b.byte() % 2 === 0,
  (b) => b.byte() - 128,
  (b) => [NaN, -0, Infinity, 2 ** 31, 2 ** 53, 0.1, -1e300][b.byte() % 7],
  (b) => BigInt(b.byte()) ** BigInt(b.byte() % 40) * (b.byte() % 2 ? 1n : -1n),
  (b) => b.text(),
  (b) => b.keep(new Date(b.byte() % 5 === 0 ? NaN : b.byte() * 1e9)),
  (b) => b.keep(new RegExp(['a', '(?:)', '\\/', 'a|b'][b.byte() % 4], ['', 'g', 'iu', 'vsd', 'my'][b.byte() % 5])),
  (b) => b.keep(Object([1, 'a', true, 5n][b.byte() % 4])),
  arrayBuffer,
  (b) => b.keep(new SharedArrayBuffer(b.byte())),
  (b) => (b.objects.length > 0 && b.references++ < MAX_REFERENCES ? b.objects[b.byte() % b.objects.length] : null),
  (b) => {
    b.mayFail = true;
    return [() => {}, Symbol('s'), new WeakMap(), Promise.resolve(), new Proxy({}, {})][b.byte() % 5];
  },
  // The leaves end here.
  (b, depth) => {
    const object = b.keep({});
    b.items(depth, (next) => {
      // Never a setter of Object.prototype.
      Object.defineProperty(object, b.text(), { value: next(), enumerable: true, configurable: true, writable: true });
    });
    return object;
  },
  (b, depth) => {
    const array = b.keep([]);
    b.items(depth, (next) => {
      array[b.byte() % 3 === 0 ? array.length + b.byte() : array.length] = next();
    });
    return array;
  },
  (b, depth) => {
    const map = b.keep(new Map());
    b.items(depth, (next) => map.set(next(), next()));
    return map;
  },
  (b, depth) => {
    const set = b.keep(new Set());
    b.items(depth, (next) => set.add(next()));
    return set;
  },
  (b, depth) => {
    const Class = [Error, TypeError, RangeError, EvalError][b.byte() % 4];
    const message = b.text();
    return b.keep(new Class(message, b.byte() % 2 ? { cause: b.value(depth + 1) } : undefined));
  },
  (b) => {
    const buffer = arrayBuffer(b);
    const View = VIEWS[b.byte() % VIEWS.length];
    const size = View.BYTES_PER_ELEMENT ?? 1;
    const most = Math.floor(buffer.byteLength / size);
    const start = Math.min(b.byte(), most);
    // Of a resizable buffer, a view without a length follows its size.
    const tracks = b.byte() % 3 === 0 && buffer.byteLength % size === 0;
    return b.keep(new View(buffer, start * size, tracks ? undefined : most - start));
  },
  (b) => {
    const buffer = arrayBuffer(b);
    // A resizable buffer may be listed, and one that is listed twice is an error.
    b.transfer.push(buffer);
    return buffer;
  },
];
const LEAVES = 14;

function isDetached(buffer) {
  return buffer.detached;
}

function checkTransfer(value, transfer) {
  const sizes = transfer.map((buffer) => buffer.byteLength);
  let clone;
  try {
    clone = structuredClone(value, { transfer });
  } catch (error) {
    assert.strictEqual(error.name, 'DataCloneError', error.stack);
    assert.ok(!transfer.some(isDetached), 'a failed transfer leaves everything in place');
    assert.deepStrictEqual(transfer.map((buffer) => buffer.byteLength), sizes);
    return;
  }
  assert.ok(transfer.every(isDetached));
  // The clone is a value like any other.
  structuredClone(clone);
}

let channel;

function throughPort(value) {
  if (channel === undefined) {
    channel = new MessageChannel();
    channel.port1.unref();
    channel.port2.unref();
  }
  channel.port1.postMessage(value);
  const { message } = receiveMessageOnPort(channel.port2);
  return message;
}

module.exports = function structuredCloneProperty(bytes) {
  const builder = new Builder(bytes);
  const value = builder.value();
  let clone;
  try {
    clone = structuredClone(value);
  } catch (error) {
    assert.strictEqual(error.name, 'DataCloneError', error.stack);
    assert.ok(builder.mayFail, error.stack);
    return;
  }
  assert.deepStrictEqual(clone, value);
  assert.deepStrictEqual(throughPort(value), value);
  checkTransfer(value, builder.transfer);
};
