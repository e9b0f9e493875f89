const { Worker } = require('worker_threads');
const w = new Worker(`setInterval(() => {}, 1000)`, { eval: true });
w.on('online', async () => console.log(await w.terminate(), await w.terminate()));
