const { Worker } = require('worker_threads');
const fs = require('fs');
const open = (options) => new Promise((resolve) => {
  let fd;
  const w = new Worker(`require('worker_threads').parentPort.postMessage(require('fs').openSync('/dev/null'))`, { eval: true, ...options });
  w.on('message', (message) => { fd = message; });
  w.on('exit', () => resolve(fd));
});
(async () => {
  const left = await open({ trackUnmanagedFds: false });
  fs.closeSync(left);
  console.log('left open');
  const closed = await open({});
  try {
    fs.fstatSync(closed);
  } catch (error) {
    console.log(error.code);
  }
})();
