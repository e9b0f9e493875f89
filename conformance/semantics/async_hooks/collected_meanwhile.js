// flags: --expose-gc
// What is collected is destroyed although microtasks go on.
const { createHook, AsyncResource } = require('async_hooks');

let destroyed = 0;
createHook({ destroy() { destroyed++; }, trackPromises: false }).enable();

function make(count) {
  for (let i = 0; i < count; i++) new AsyncResource('MINE');
}

(async () => {
  make(10_000);
  await null;
  gc();
  await null;
  console.log('some:', destroyed);
  make(10_000);
  await null;
  gc();
  await null;
  await null;
  console.log('many:', destroyed > 16_000);
})();
