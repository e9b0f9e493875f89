const { Worker, locks } = require('worker_threads');
console.log(locks === navigator.locks);
const w = new Worker(`
  const { parentPort, locks } = require('worker_threads');
  locks.request('resource', async (lock) => {
    parentPort.postMessage([lock.name, lock.mode]);
    await new Promise(() => {});
  });
  parentPort.on('message', () => {});`, { eval: true });
w.once('message', async (message) => {
  console.log(message);
  console.log(await locks.request('resource', { ifAvailable: true }, (lock) => lock));
  await locks.request('resource', { signal: AbortSignal.timeout(20) }, () => {}).catch((error) => console.log(error.name));
  // A thread that ends gives up its locks.
  await w.terminate();
  console.log(await locks.request('resource', (lock) => `granted ${lock.mode}`));
  console.log(await Promise.all([1, 2].map((n) => locks.request('shared', { mode: 'shared' }, async () => n))));
});
