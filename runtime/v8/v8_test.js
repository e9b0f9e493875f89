'use strict';
// The v8 module. Node passes it too.

const assert = require('assert');
const v8 = require('v8');

const heap = v8.getHeapStatistics();
assert.ok(heap.used_heap_size > 0 && heap.heap_size_limit > heap.used_heap_size);
assert.ok(v8.getHeapSpaceStatistics().some(({ space_name: name }) => name === 'old_space'));
assert.ok(v8.isStringOneByteRepresentation('a') && !v8.isStringOneByteRepresentation('\u20ac'));

const value = { list: [1n, new Map([[1, new Set(['x'])]])], buffer: Buffer.from('ab'), floats: new Float64Array([0.5]) };
assert.deepStrictEqual(v8.deserialize(v8.serialize(value)), value);
assert.throws(() => v8.serialize(() => {}), /could not be cloned/);
assert.throws(() => v8.deserialize(1), { code: 'ERR_INVALID_ARG_TYPE' });

const serializer = new v8.Serializer();
serializer.writeHeader();
serializer.writeUint64(1, 2);
serializer.writeDouble(0.25);
const deserializer = new v8.Deserializer(serializer.releaseBuffer());
deserializer.readHeader();
assert.deepStrictEqual(deserializer.readUint64(), [1, 2]);
assert.strictEqual(deserializer.readDouble(), 0.25);

const chunks = [];
v8.getHeapSnapshot().on('data', (chunk) => chunks.push(chunk)).on('end', () => {
  assert.ok(JSON.parse(Buffer.concat(chunks)).snapshot.node_count > 0);
});
assert.throws(() => v8.startupSnapshot.addSerializeCallback(() => {}), { code: 'ERR_NOT_BUILDING_SNAPSHOT' });
