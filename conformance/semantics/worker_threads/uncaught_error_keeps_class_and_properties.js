const { Worker } = require('worker_threads');
const w = new Worker(`throw Object.assign(new RangeError('out'), { code: 'E_OUT', data: { a: 1 } });`, { eval: true });
w.on('error', (e) => console.log(e instanceof RangeError, e.name, e.message, e.code, e.data));
w.on('exit', (code) => console.log('exit', code));
