'use strict';
// Time from `new Worker` to its first message, and what a worker costs in memory. Prints one line of JSON.

const { Worker, isMainThread, parentPort } = require('worker_threads');

const kStarts = 30;
const kWarmUp = 5;
const kLive = 10;

function start() {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const worker = new Worker(__filename);
    worker.once('message', () => resolve([worker, performance.now() - began]));
    worker.once('error', reject);
  });
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function main() {
  const times = [];
  for (let i = 0; i < kStarts + kWarmUp; i++) {
    const [worker, time] = await start();
    if (i >= kWarmUp) times.push(time);
    await worker.terminate();
  }
  const before = process.memoryUsage().rss;
  const live = [];
  for (let i = 0; i < kLive; i++) live.push((await start())[0]);
  const each = (process.memoryUsage().rss - before) / kLive / 2 ** 20;
  console.log(JSON.stringify({ 'first message ms': median(times), 'MiB each': each }));
  process.exit(0);
}

if (isMainThread) {
  main();
} else {
  parentPort.on('message', () => {});
  parentPort.postMessage('up');
}
