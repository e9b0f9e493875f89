const { Worker } = require('worker_threads');
const w = new Worker(`
  const { parentPort } = require('worker_threads');
  parentPort.once('message', async (blob) => parentPort.postMessage([blob.size, blob.type, await blob.slice(2).text()]));`, { eval: true });
w.postMessage(new Blob(['ab', 'cdef'], { type: 'text/plain' }));
w.on('message', (message) => console.log(message));
