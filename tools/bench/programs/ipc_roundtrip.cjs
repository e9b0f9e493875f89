'use strict';
// IPC between a process and its child: round trips a second with 1 KB, json and advanced, and 128 MB once. Prints one
// line of JSON.

const { fork } = require('child_process');

const kSeconds = 1.5;
const kLarge = 128 * 2 ** 20;

function roundTrips(child, message, seconds) {
  return new Promise((resolve) => {
    let count = 0;
    const began = performance.now();
    child.removeAllListeners('message');
    child.on('message', (answer) => {
      count++;
      const taken = (performance.now() - began) / 1000;
      if (taken >= seconds) resolve(count / taken);
      else child.send(answer);
    });
    child.send(message);
  });
}

async function measure(serialization) {
  const child = fork(__filename, ['child'], { serialization });
  const message = { text: 'x'.repeat(1000), n: 1 };
  await roundTrips(child, message, 0.5);
  const rate = await roundTrips(child, message, kSeconds);
  const large = await new Promise((resolve) => {
    const text = 'x'.repeat(kLarge);
    const began = performance.now();
    child.removeAllListeners('message');
    child.on('message', () => resolve(performance.now() - began));
    child.send({ text });
  });
  child.kill('SIGKILL');
  return { [`${serialization} 1 KB/s`]: rate, [`${serialization} 128 MB ms`]: large };
}

async function main() {
  console.log(JSON.stringify({ ...await measure('json'), ...await measure('advanced') }));
  process.exit(0);
}

if (process.argv[2] === 'child') {
  process.on('message', (message) => {
    process.send(message.text.length === kLarge ? 'got it' : message);
  });
} else {
  main();
}
