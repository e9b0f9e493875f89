// A Node-API addon (testdata/counter.c) in the main thread and in a worker; Node runs this file too.
// Flags: --expose-gc
'use strict';

const assert = require('assert');
const path = require('path');
const { AsyncLocalStorage } = require('async_hooks');
const { Worker, isMainThread, parentPort } = require('worker_threads');

const file = path.resolve(process.env.COUNTER_ADDON);
const addon = require(file);

async function useIt() {
  const counter = new addon.Counter(41);
  assert.strictEqual(counter.increment(), 42);
  assert.strictEqual(counter.increment(), 43);
  assert.throws(() => new addon.Counter('41'), { name: 'TypeError', code: 'ERR_COUNTER', message: 'start must be a number' });
  assert.throws(() => addon.Counter.prototype.increment.call({}), /Illegal invocation/);

  assert.strictEqual(addon.call((a, b) => a + b, 1, 2), 3);
  const thrown = new RangeError('mine');
  assert.throws(() => addon.call(() => { throw thrown; }), (error) => error === thrown);

  const storage = new AsyncLocalStorage();
  const squares = await storage.run('kept', () => Promise.all([addon.square(3), addon.square(4).then((n) => [n, storage.getStore()])]));
  assert.deepStrictEqual(squares, [9, [16, 'kept']]);

  let sum = 0;
  let calls = 0;
  await new Promise((resolve) => {
    addon.countOnThread((i) => {
      sum += i;
      if (++calls === 1000) resolve();
    });
  });
  assert.strictEqual(sum, 500500);
}

async function manyThreads() {
  let calls = 0;
  await new Promise((resolve) => {
    addon.sayOneOnThreads(() => { if (++calls === 10) resolve(); });
  });
}

async function collect(done) {
  for (let i = 0; i < 20 && !done(); i++) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
}

// Memory of the addon is given back when nothing uses it any more, wherever it went.
async function externalMemory() {
  let memory = addon.external(1000);
  new Uint8Array(memory).fill(7);
  assert.throws(() => structuredClone(memory, { transfer: [memory] }), { name: 'DataCloneError' });
  let moved = memory.transfer();
  memory = undefined;
  await collect(() => addon.externalFinalized() > 0);
  assert.strictEqual(new Uint8Array(moved)[999], 7);
  assert.strictEqual(addon.externalFinalized(), 0);
  moved = undefined;
  await collect(() => addon.externalFinalized() > 0);
  assert.strictEqual(addon.externalFinalized(), 1);
}

function sizesThatOverflow() {
  const memory = new ArrayBuffer(16);
  assert.strictEqual(addon.view(memory, 1n, 8n).length, 1);
  for (const [length, offset] of [[2n, 8n], [1n, 24n], [2n ** 61n, 0n], [2n ** 61n, 8n], [1n, 2n ** 64n - 8n]]) {
    // Node does not see the overflow.
    if (length * 8n + offset >= 2n ** 64n && !process.versions.gyre) continue;
    assert.throws(() => addon.view(memory, length, offset), { code: 'ERR_NAPI_INVALID_TYPEDARRAY_LENGTH' });
  }
}

async function collectIt() {
  const before = addon.finalized();
  (() => { for (let i = 0; i < 100; i++) new addon.Counter(i); })();
  await collect(() => addon.finalized() >= before + 100);
  assert.ok(addon.finalized() >= before + 100, `${addon.finalized() - before} of 100 were finalized`);
}

// A reference may be deleted when its object was collected and its finalizer is due.
async function letThemGo() {
  (() => { for (let i = 0; i < 100; i++) addon.hold({ i }); })();
  const garbage = [];
  // The collector comes by itself: what it leaves for later is still to be done.
  for (let i = 0; i < 2000; i++) garbage[i % 10] = new Array(10000).fill(i);
  const collected = addon.letGo();
  assert.ok(collected > 0, 'objects were collected');
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
  assert.strictEqual(addon.heldFinalized(), 0);
}

async function main() {
  await useIt();
  if (!isMainThread) return parentPort.postMessage('done');
  // In Node some of them sleep for ever.
  if (process.versions.gyre) await manyThreads();
  await externalMemory();
  sizesThatOverflow();
  await collectIt();
  await letThemGo();
  assert.strictEqual(require(file), addon, 'one module, loaded once');

  const worker = new Worker(__filename);
  assert.strictEqual((await new Promise((resolve) => worker.once('message', resolve))), 'done');
  await new Promise((resolve) => worker.once('exit', resolve));
  assert.strictEqual(addon.cleanedUp(), 1, "the worker's environment ended with its hook");

  const missing = path.join(__dirname, 'missing.node');
  assert.throws(() => process.dlopen({ exports: {} }, missing), { code: 'ERR_DLOPEN_FAILED', message: /cannot open shared object file/ });
  assert.throws(() => process.dlopen({ exports: {} }, __filename), { code: 'ERR_DLOPEN_FAILED', message: /invalid ELF header|file too short/ });
  assert.throws(() => process.dlopen({}), { code: 'ERR_MISSING_ARGS' });
}

main();
