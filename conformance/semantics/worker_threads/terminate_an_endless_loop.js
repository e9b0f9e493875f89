const { Worker } = require('worker_threads');
const w = new Worker(`require('worker_threads').parentPort.postMessage('looping'); for (;;);`, { eval: true });
w.on('message', async (m) => { console.log(m); console.log('terminated', await w.terminate()); });
w.on('exit', (code) => console.log('exit', code));
