let n = 0;
process.nextTick(() => console.log('tick first'));
(function again() {
  if (++n < 1000) queueMicrotask(again);
  else console.log('microtasks', n);
})();
