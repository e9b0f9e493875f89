// Timers of one duration: the second one falls due while the first runs, too late for this turn.
'use strict';
const lock = new Int32Array(new SharedArrayBuffer(4));
const sleep = (ms) => Atomics.wait(lock, 0, 0, ms);
setTimeout(() => {
  console.log('first');
  sleep(40);
  setImmediate(() => console.log('immediate'));
}, 20);
sleep(10);
setTimeout(() => console.log('second'), 20);
