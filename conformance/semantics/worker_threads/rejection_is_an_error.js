const { Worker } = require('worker_threads');
const w = new Worker(`Promise.reject(new TypeError('nobody'))`, { eval: true });
w.on('error', (e) => console.log(e.name, e.message));
w.on('exit', (code) => console.log('exit', code));
