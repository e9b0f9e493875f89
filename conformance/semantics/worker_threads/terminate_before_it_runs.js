const { Worker } = require('worker_threads');
const w = new Worker('for (;;);', { eval: true });
w.on('exit', (code) => console.log('exit', code, w.threadId));
w.terminate().then((code) => console.log('terminated', code));
w.terminate().then((code) => console.log('once more', code));
