// In Atomics.wait, in a promise loop, in a timer, in a synchronous child.
const { Worker } = require('worker_threads');
const states = [
  'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
  '(function next() { Promise.resolve().then(next); })();',
  'setInterval(() => {}, 1);',
  'process.nextTick(function next() { process.nextTick(next); });',
  'try { for (;;); } finally { for (;;); }',
];
(async () => {
  for (const state of states) {
    const w = new Worker(`require('worker_threads').parentPort.postMessage('in'); ${state}`, { eval: true });
    await new Promise((resolve) => { w.on('message', resolve); });
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    console.log(await w.terminate());
  }
})();
