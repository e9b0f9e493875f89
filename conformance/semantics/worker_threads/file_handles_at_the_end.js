// What a worker has open in FileHandles is closed when it ends, whether it says so itself or is told to.
const { Worker } = require('worker_threads');
const { once } = require('events');
const fs = require('fs');
const descriptors = () => fs.readdirSync('/proc/self/fd').length;
const source = `
const { parentPort } = require('worker_threads');
const { open } = require('fs/promises');
(async () => {
  globalThis.kept = [];
  for (let i = 0; i < 10; i++) kept.push(await open('/dev/null'));
  await (await open('/dev/null')).close();
  parentPort.postMessage('open');
  parentPort.on('message', () => process.exit());
})();`;
async function test() {
  const before = descriptors();
  for (const end of [(worker) => worker.postMessage('exit'), (worker) => worker.terminate()]) {
    const worker = new Worker(source, { eval: true });
    await once(worker, 'message');
    end(worker);
    await once(worker, 'exit');
  }
  // The first worker leaves a few behind that are the process's.
  console.log(descriptors() < before + 10);
}
test();
