const { Worker } = require('worker_threads');
const w = new Worker(`process.on('exit', (c) => require('worker_threads').parentPort.postMessage('exit ' + c)); process.exit(5); for(;;);`, { eval: true });
w.on('message', console.log);
w.on('exit', (code) => console.log('code', code));
