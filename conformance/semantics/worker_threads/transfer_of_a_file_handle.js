const { Worker } = require('worker_threads');
const fs = require('fs/promises');
(async () => {
  const handle = await fs.open(__filename);
  const w = new Worker(`
    const { parentPort } = require('worker_threads');
    parentPort.once('message', async (handle) => {
      parentPort.postMessage([typeof handle.fd, (await handle.readFile('utf8')).split('\\n')[0]]);
      await handle.close();
    });`, { eval: true });
  try {
    w.postMessage(handle);
  } catch (error) {
    console.log(error.name, error.code);
  }
  w.postMessage(handle, [handle]);
  console.log(handle.fd);
  await handle.read().catch((error) => console.log(error.code, error.message, error.syscall));
  w.on('message', (message) => console.log(message));
})();
