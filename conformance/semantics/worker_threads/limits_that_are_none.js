'use strict';
// Limits that are no numbers are none.
const { Worker } = require('worker_threads');

function run(resourceLimits) {
  return new Promise((resolve) => {
    const worker = new Worker('const { parentPort, resourceLimits } = require("worker_threads"); parentPort.postMessage(resourceLimits)',
                              { eval: true, resourceLimits });
    worker.on('message', (limits) => {
      console.log(resourceLimits, Object.values(limits).every((limit) => limit >= 0 && limit < 2 ** 32), limits.stackSizeMb);
    });
    worker.on('exit', resolve);
  });
}

(async () => {
  for (const value of [NaN, '7', null]) {
    await run({ maxOldGenerationSizeMb: value });
    await run({ maxYoungGenerationSizeMb: value });
    await run({ stackSizeMb: value });
  }
})();
