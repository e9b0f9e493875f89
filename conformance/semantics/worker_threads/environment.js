const { Worker, SHARE_ENV, setEnvironmentData } = require('worker_threads');
process.env.GIVEN = 'parent';
setEnvironmentData('key', { v: 1 });
const code = `
  const { parentPort, getEnvironmentData } = require('worker_threads');
  const before = process.env.GIVEN;
  process.env.GIVEN = 'worker';
  parentPort.postMessage([before, process.env.ONLY, getEnvironmentData('key')]);`;
const run = (env) => new Promise((resolve) => {
  new Worker(code, { eval: true, env }).on('message', (m) => console.log(m)).on('exit', () => { console.log(process.env.GIVEN); resolve(); });
});
(async () => {
  await run(undefined);
  await run({ ONLY: 1 });
  await run(SHARE_ENV);
})();
