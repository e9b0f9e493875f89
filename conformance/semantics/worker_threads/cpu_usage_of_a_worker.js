// The processor time of a worker, from outside: of this moment, and since an earlier one; also while it is busy.
const { Worker } = require('worker_threads');
const { once } = require('events');
async function test() {
  const worker = new Worker('require(\'worker_threads\').parentPort.once(\'message\', () => { for (;;); }); ', { eval: true });
  await once(worker, 'online');
  const before = await worker.cpuUsage();
  console.log(Object.keys(before), before.user >= 0, before.system >= 0);
  worker.postMessage('go');
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  const spent = await worker.cpuUsage(before);
  console.log(spent.user + spent.system > 20_000);
  for (const wrong of [5, { user: -1, system: 1 }, { user: 1 }, { user: 1, system: NaN }]) {
    try {
      await worker.cpuUsage(wrong);
      console.log('no error');
    } catch ({ code }) {
      console.log(code);
    }
  }
  await worker.terminate();
  await worker.cpuUsage().catch(({ code }) => console.log(code));
}
test();
