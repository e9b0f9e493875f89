// Shows in which order the event loop calls back: ./x run examples/event_loop_order.js
// Each line says where it was scheduled from; the comments say why it comes when it does.
'use strict';

const fs = require('fs');

console.log('1 the script itself');

process.nextTick(() => {
  console.log('3 nextTick: before promises, after the running script');
  process.nextTick(() => console.log('4 nextTick from a nextTick: the queue is emptied first'));
});

Promise.resolve()
  .then(() => console.log('5 a promise: microtasks run when no tick is left'))
  .then(() => process.nextTick(() => console.log('7 nextTick from a promise: after all microtasks')));

queueMicrotask(() => console.log('6 queueMicrotask: in line with the promises'));

// Inside an I/O callback the order of these two is fixed: the check phase comes right after polling.
fs.readFile(__filename, () => {
  console.log('8 readFile: the poll phase');
  setTimeout(() => {
    console.log('12 setTimeout 0: the timers phase of the next turn');
    Promise.resolve().then(() => console.log('13 a promise, between two timers of one phase'));
  }, 0);
  setTimeout(() => console.log('14 setTimeout 0, the second'), 0);
  setImmediate(() => {
    console.log('10 setImmediate: the check phase of this turn');
    process.nextTick(() => console.log('11 nextTick from an immediate'));
  });
  process.nextTick(() => console.log('9 nextTick from an I/O callback: at once, before the loop goes on'));
});

process.on('exit', () => console.log('15 exit: nothing is alive any more'));

console.log('2 the script, its last line');
