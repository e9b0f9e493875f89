const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');
const depth = isMainThread ? 0 : workerData;
if (depth < 3) {
  const w = new Worker(__filename, { workerData: depth + 1 });
  w.on('message', (m) => (isMainThread ? console.log(m) : parentPort.postMessage(`${m} < ${depth}`)));
} else {
  parentPort.postMessage(`${depth}`);
}
