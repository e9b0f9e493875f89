const { AsyncLocalStorage } = require('async_hooks');
const als = new AsyncLocalStorage();
als.run('outer', () => {
  setTimeout(() => console.log('timeout', als.getStore()), 30);
  setImmediate(() => console.log('immediate', als.getStore()));
  process.nextTick(() => console.log('tick', als.getStore()));
  Promise.resolve().then(() => console.log('promise', als.getStore()));
  queueMicrotask(() => console.log('microtask', als.getStore()));
  setTimeout(() => require('fs').stat(__filename, () => console.log('io', als.getStore())), 60);
  als.run('inner', () => process.nextTick(() => console.log('tick', als.getStore())));
});
console.log('outside', als.getStore());
