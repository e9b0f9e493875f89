'use strict';

// Each function in the start-up snapshot costs every start: what most programs do without stays out of it.

const realm = require('internal/bootstrap/realm');

const wanted = [
  'fs', 'util', 'internal/util/inspect', 'internal/url', 'internal/blob', 'internal/file', 'internal/stdio', 'stream', 'child_process',
];
const loaded = wanted.filter((id) => realm.isLoaded(id));
if (loaded.length > 0) throw new Error(`loaded at start: ${loaded.join(', ')}`);

// And is there when it is asked for.
const assert = require('assert');
const buffer = require('buffer');
const { resolveObjectURL } = buffer;

for (const name of ['Blob', 'File', 'resolveObjectURL']) {
  const descriptor = Object.getOwnPropertyDescriptor(buffer, name);
  assert.strictEqual(typeof descriptor.value, 'function', name);
  assert.deepStrictEqual([descriptor.writable, descriptor.enumerable, descriptor.configurable], [true, true, true], name);
}
assert.strictEqual(buffer.Blob, Blob);
assert.strictEqual(buffer.File, File);
assert.strictEqual(resolveObjectURL('blob:nodedata:none'), undefined);
assert.deepStrictEqual(Object.keys(buffer).slice(-3), ['Blob', 'resolveObjectURL', 'File']);
buffer.Blob = 1;
assert.strictEqual(buffer.Blob, 1);
