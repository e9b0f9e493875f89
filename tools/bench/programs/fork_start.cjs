'use strict';
// Time from fork() to the child's first message. Prints one line of JSON.

const { fork } = require('child_process');

const kStarts = 15;
const kWarmUp = 3;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

function start() {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = fork(__filename);
    let time;
    child.once('message', () => {
      time = performance.now() - began;
      child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('exit', () => resolve(time));
  });
}

async function main() {
  const times = [];
  for (let i = 0; i < kStarts + kWarmUp; i++) times.push(await start());
  console.log(JSON.stringify({ 'first message ms': median(times.slice(kWarmUp)) }));
}

if (process.send) {
  process.send('up');
  process.on('message', () => {});
} else {
  main();
}
