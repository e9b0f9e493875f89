const ah = require('async_hooks');
console.log(ah.executionAsyncId(), ah.triggerAsyncId());
const outer = ah.executionAsyncId();
setTimeout(() => {
  console.log(ah.executionAsyncId() > outer, ah.triggerAsyncId() === outer);
  const mine = ah.executionAsyncId();
  process.nextTick(() => console.log(ah.executionAsyncId() > mine, ah.triggerAsyncId() === mine));
}, 1);
