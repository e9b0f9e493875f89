const { Worker } = require('worker_threads');
const w = new Worker(`
  const { parentPort } = require('worker_threads');
  parentPort.on('message', async ({ readable, writable }) => {
    const writer = writable.getWriter();
    for await (const chunk of readable) await writer.write(chunk.toUpperCase());
    await writer.close();
  });`, { eval: true });
const readable = new ReadableStream({
  start(controller) {
    for (const text of ['a', 'b', 'c']) controller.enqueue(text);
    controller.close();
  },
});
const writable = new WritableStream({
  write: (chunk) => console.log(chunk),
  close() {
    console.log('closed');
    w.terminate();
  },
});
w.postMessage({ readable, writable }, [readable, writable]);
console.log(readable.locked, writable.locked);
