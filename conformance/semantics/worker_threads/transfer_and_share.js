const { Worker } = require('worker_threads');
const w = new Worker(`
  const { parentPort } = require('worker_threads');
  parentPort.once('message', ({ buffer, shared }) => {
    Atomics.store(new Int32Array(shared), 0, 42);
    new Uint8Array(buffer)[0]++;
    parentPort.postMessage(buffer, [buffer]);
  });`, { eval: true });
const buffer = new ArrayBuffer(4);
const shared = new SharedArrayBuffer(4);
w.postMessage({ buffer, shared }, [buffer]);
console.log('detached', buffer.byteLength);
w.on('message', (back) => console.log(new Uint8Array(back)[0], new Int32Array(shared)[0]));
