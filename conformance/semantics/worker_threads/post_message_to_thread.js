const { Worker, postMessageToThread, threadId } = require('worker_threads');
if (threadId === 0) {
  process.on('workerMessage', (message, source) => console.log('main got', message, source));
  const w = new Worker(__filename);
  w.once('message', async () => {
    const { port1, port2 } = new MessageChannel();
    await postMessageToThread(w.threadId, { text: 'hello', port: port2 }, [port2]);
    port1.on('message', async (message) => {
      console.log(message);
      port1.close();
      await postMessageToThread(w.threadId, 'throw').catch((error) => console.log(error.code, error.message));
      await postMessageToThread(0).catch((error) => console.log(error.code, error.message));
      await postMessageToThread(12345).catch((error) => console.log(error.code, error.message));
      await w.terminate();
      await postMessageToThread(1).catch((error) => console.log(error.code));
    });
  });
} else {
  require('worker_threads').parentPort.on('message', () => {});
  process.on('workerMessage', (message, source) => {
    if (message === 'throw') throw new Error('in the listener');
    postMessageToThread(source, 'back').then(() => message.port.postMessage(`${message.text} on a port`));
  });
  require('worker_threads').parentPort.postMessage('ready');
}
