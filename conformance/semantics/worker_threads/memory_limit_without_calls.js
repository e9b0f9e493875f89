// only gyre: node ends the whole process
// Loops that call nothing, and tables that need much at once.
const { Worker } = require('worker_threads');
const programs = [
  'const list = []; for (;;) list.push(new Array(1000).fill(1));',
  'const list = []; for (;;) list[list.length] = list.length + 0.5;',
  'const map = new Map(); for (let i = 0; ; i++) map.set(i, {});',
  'const list = []; for (;;) list.push(`${list.length}`.repeat(1000) + list.length);',
];
(async () => {
  for (const program of programs) {
    const w = new Worker(program, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 20 } });
    w.on('error', (error) => console.log(error.code));
    await new Promise((resolve) => { w.on('exit', resolve); });
  }
  console.log('still here');
})();
