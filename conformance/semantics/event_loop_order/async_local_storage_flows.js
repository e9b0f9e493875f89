const { AsyncLocalStorage } = require('async_hooks');
const als = new AsyncLocalStorage();
const seen = [];
const note = (what) => seen.push(`${what} ${als.getStore()}`);
als.run('outer', () => {
  setTimeout(() => note('timeout'), 1);
  setImmediate(() => note('immediate'));
  process.nextTick(() => note('tick'));
  Promise.resolve().then(() => note('promise'));
  queueMicrotask(() => note('microtask'));
  require('fs').stat(__filename, () => note('io'));
  als.run('inner', () => process.nextTick(() => note('tick')));
});
note('outside');
process.on('exit', () => console.log(seen.sort().join('\n')));
