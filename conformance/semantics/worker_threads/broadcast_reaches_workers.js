const { Worker, BroadcastChannel } = require('worker_threads');
const channel = new BroadcastChannel('news');
const code = `
  const { BroadcastChannel, workerData } = require('worker_threads');
  const channel = new BroadcastChannel('news');
  channel.onmessage = ({ data }) => {
    if (data !== 'who is there') return;
    channel.postMessage({ worker: workerData, bytes: new Uint8Array(100_000).fill(workerData) });
    channel.close();
  };
  require('worker_threads').parentPort.postMessage('ready');`;
const answers = [];
channel.onmessage = ({ data }) => {
  answers.push([data.worker, data.bytes.length, data.bytes[99_999]]);
  if (answers.length < 3) return;
  console.log(answers.sort());
  channel.close();
};
Promise.all([1, 2, 3].map((workerData) => new Promise((resolve) => {
  new Worker(code, { eval: true, workerData }).once('message', resolve);
}))).then(() => channel.postMessage('who is there'));
