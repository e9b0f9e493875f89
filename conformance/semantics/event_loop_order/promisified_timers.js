const { promisify } = require('util');
(async () => {
  console.log(await promisify(setTimeout)(1, 'value'));
  console.log(await promisify(setImmediate)('now'));
  const { setTimeout: wait } = require('timers/promises');
  console.log(await wait(1, 'x') );
  const ac = new AbortController();
  const p = wait(10000, null, { signal: ac.signal });
  ac.abort();
  try { await p; } catch (e) { console.log(e.name, e.code); }
})();
