'use strict';

// Memory that a worker allocated and gave away is freed after the worker, and its isolate, are gone.

const assert = require('assert');
const { once } = require('events');
const v8 = require('v8');
const vm = require('vm');
const { Worker, isMainThread, parentPort } = require('worker_threads');

const kBuffers = 20;

function giveAway() {
  for (let i = 0; i < kBuffers; i++) {
    const shared = new SharedArrayBuffer(1000);
    const moved = new ArrayBuffer(1000);
    new Uint8Array(moved).fill(i);
    parentPort.postMessage({ shared, moved }, [moved]);
  }
}

async function main() {
  v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc');
  for (let round = 0; round < 3; round++) {
    const worker = new Worker(__filename);
    let received = [];
    worker.on('message', (message) => received.push(message));
    await once(worker, 'exit');
    assert.strictEqual(received.length, kBuffers);
    assert.ok(received.every(({ moved }, i) => new Uint8Array(moved).every((byte) => byte === i)));
    received = undefined;
    for (let i = 0; i < 3; i++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

if (isMainThread) main();
else giveAway();
