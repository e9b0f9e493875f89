const { Worker } = require('worker_threads');
const w = new Worker(`const a = []; for (;;) a.push(new Array(1000).fill(1));`,
                     { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } });
w.on('error', (e) => console.log(e.code, e.message));
w.on('exit', (code) => console.log('exit', code));
