const { Worker, SHARE_ENV, setEnvironmentData, getEnvironmentData } = require('worker_threads');
setEnvironmentData('key', { a: 1 });
setEnvironmentData('gone', 1);
setEnvironmentData('gone');
const code = `
  const { getEnvironmentData, parentPort } = require('worker_threads');
  parentPort.postMessage([getEnvironmentData('key'), getEnvironmentData('gone')]);
  process.env.SET_BY_WORKER = 'yes';`;
new Worker(code, { eval: true, env: SHARE_ENV }).on('message', (message) => console.log(message)).on('exit', () => {
  console.log(process.env.SET_BY_WORKER, getEnvironmentData('key'));
  delete process.env.SET_BY_WORKER;
  new Worker(code, { eval: true }).on('exit', () => console.log(process.env.SET_BY_WORKER));
});
