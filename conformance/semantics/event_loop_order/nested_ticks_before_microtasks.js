process.nextTick(() => {
  console.log('tick 1');
  process.nextTick(() => console.log('tick 2'));
  queueMicrotask(() => console.log('microtask'));
});
