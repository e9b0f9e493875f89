import { Worker, isMainThread, parentPort } from 'node:worker_threads';
if (isMainThread) {
  const w = new Worker(new URL(import.meta.url));
  w.on('message', (m) => console.log(m));
  w.on('exit', (code) => console.log(code));
} else {
  await null;
  parentPort.postMessage(import.meta.url.split('/').pop());
}
