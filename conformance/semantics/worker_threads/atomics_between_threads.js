// The main thread waits for the worker without an event, and the other way round.
const { Worker } = require('worker_threads');
const shared = new Int32Array(new SharedArrayBuffer(8));
new Worker(`
  const { workerData: shared } = require('worker_threads');
  Atomics.wait(shared, 1, 0);
  Atomics.add(shared, 0, Atomics.load(shared, 1));
  Atomics.notify(shared, 0);`, { eval: true, workerData: shared });
Atomics.store(shared, 1, 7);
Atomics.notify(shared, 1);
console.log(Atomics.wait(shared, 0, 0, 10_000), Atomics.load(shared, 0));
