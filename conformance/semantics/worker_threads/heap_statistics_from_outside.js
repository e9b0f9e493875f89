// Of a worker in an endless loop, too.
const { Worker } = require('worker_threads');
const w = new Worker('for (;;);', { eval: true });
w.on('online', async () => {
  const statistics = await w.getHeapStatistics();
  console.log(statistics.used_heap_size > 0, Object.keys(statistics).length);
  const { user, system } = await w.cpuUsage();
  console.log(user > 0, system >= 0);
  console.log(await w.terminate());
  await w.getHeapStatistics().catch((error) => console.log(error.code, error.message));
  await w.cpuUsage().catch((error) => console.log(error.code));
});
