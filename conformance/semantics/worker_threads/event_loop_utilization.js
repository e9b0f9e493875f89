const { Worker } = require('worker_threads');
const w = new Worker(`
  const { parentPort } = require('worker_threads');
  parentPort.on('message', () => {
    const end = performance.now() + 200;
    while (performance.now() < end);
    parentPort.postMessage('done');
  });
  parentPort.postMessage('up');`, { eval: true });
w.once('message', () => setTimeout(() => {
  const idle = w.performance.eventLoopUtilization();
  console.log(idle.idle > 0, idle.utilization < 0.9);
  w.postMessage('work');
  w.once('message', () => {
    const { active, utilization } = w.performance.eventLoopUtilization(idle);
    console.log(active > 150, utilization > 0.8);
    w.terminate().then(() => console.log(w.performance.eventLoopUtilization()));
  });
}, 300));
