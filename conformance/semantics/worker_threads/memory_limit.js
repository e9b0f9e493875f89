const { Worker, isMainThread } = require('worker_threads');
if (isMainThread) {
  const w = new Worker(__filename, { resourceLimits: { maxOldGenerationSizeMb: 24 } });
  w.on('error', (e) => console.log(e.code, e.message));
  w.on('exit', (code) => console.log('exit', code));
} else {
  const kept = [];
  const fill = () => { for (let i = 0; i < 10; i++) kept.push({ i, list: [i] }); };
  for (;;) fill();
}
