const { Worker, BroadcastChannel, isMainThread } = require('worker_threads');
const bc = new BroadcastChannel('hello');
if (isMainThread) {
  let n = 0;
  bc.onmessage = (event) => { console.log(event.data); if (++n === 3) bc.close(); };
  for (let i = 0; i < 3; i++) new Worker(__filename);
} else {
  bc.postMessage('from worker');
  bc.close();
}
