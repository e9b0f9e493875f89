const { Worker, isMainThread, parentPort, workerData, threadId } = require('worker_threads');
if (isMainThread) {
  const w = new Worker(__filename, { workerData: { list: [1, 2], map: new Map([[1, 'x']]) } });
  w.on('online', () => console.log('online'));
  w.on('message', (m) => { console.log('parent', m); if (m.sum) w.postMessage('done'); });
  w.on('exit', (code) => console.log('exit', code));
} else {
  parentPort.postMessage({ sum: workerData.list[0] + workerData.list[1], map: workerData.map, threadId });
  parentPort.once('message', (m) => parentPort.postMessage(`got ${m}`));
}
