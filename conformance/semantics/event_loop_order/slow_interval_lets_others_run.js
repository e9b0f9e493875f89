// A callback that takes longer than its interval: what falls due meanwhile waits for the next turn, immediates come first.
'use strict';
const lock = new Int32Array(new SharedArrayBuffer(4));
const log = [];
let turns = 0;
const interval = setInterval(() => {
  log.push('interval');
  Atomics.wait(lock, 0, 0, 25);
  setImmediate(() => {
    log.push('immediate');
    if (++turns < 3) return;
    clearInterval(interval);
    console.log(log.join(' '));
  });
}, 10);
