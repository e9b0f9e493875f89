const { Worker } = require('worker_threads');
let exits = 0, sum = 0;
for (let i = 0; i < 12; i++) {
  new Worker(`const { parentPort, workerData } = require('worker_threads'); parentPort.postMessage(workerData * 2)`, { eval: true, workerData: i })
    .on('message', (m) => { sum += m; })
    .on('exit', (code) => { exits += code === 0 ? 1 : 0; });
}
process.on('exit', () => console.log(exits, sum));
