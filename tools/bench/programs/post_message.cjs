'use strict';
// Round trips a second between a thread and its worker: 1 KB, 1 MB copied, 1 MB transferred. Prints one line of JSON.

const { Worker, isMainThread, parentPort } = require('worker_threads');

const kSeconds = 1;

function roundTrips(worker, message, transfers) {
  return new Promise((resolve) => {
    let count = 0;
    const end = performance.now() + kSeconds * 1000;
    worker.removeAllListeners('message');
    worker.on('message', (answer) => {
      count++;
      if (performance.now() >= end) resolve(count / kSeconds);
      else worker.postMessage(answer, transfers ? [answer.buffer] : []);
    });
    worker.postMessage(message, transfers ? [message.buffer] : []);
  });
}

async function main() {
  const worker = new Worker(__filename);
  const small = { text: 'x'.repeat(1000), n: 1 };
  await roundTrips(worker, small, false);
  const result = {
    '1 KB/s': await roundTrips(worker, small, false),
    '1 MB copied/s': await roundTrips(worker, new Uint8Array(2 ** 20), false),
  };
  worker.postMessage('transfer');
  result['1 MB transferred/s'] = await roundTrips(worker, new Uint8Array(2 ** 20), true);
  console.log(JSON.stringify(result));
  process.exit(0);
}

function echo() {
  let transfers = false;
  parentPort.on('message', (message) => {
    if (message === 'transfer') transfers = true;
    else parentPort.postMessage(message, transfers ? [message.buffer] : []);
  });
}

if (isMainThread) main();
else echo();
