let done = false;
require('fs').stat(__filename, () => { done = true; });
setTimeout(() => { done = true; }, 1);
let n = 0;
(function again() {
  if (++n < 100000) process.nextTick(again);
  else console.log('ticks', n, 'io or timer ran:', done);
})();
