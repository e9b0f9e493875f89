const { Worker } = require('worker_threads');
const w = new Worker('setInterval(() => {}, 10)', { eval: true });
w.on('online', async () => {
  let text = '';
  for await (const chunk of await w.getHeapSnapshot()) text += chunk;
  console.log(Object.keys(JSON.parse(text)).includes('snapshot'));
  const cpu = await w.startCpuProfile();
  console.log(cpu.constructor.name, 'nodes' in JSON.parse(await cpu.stop()));
  const heap = await w.startHeapProfile();
  await w.startHeapProfile().catch((error) => console.log(error.code, error.message));
  console.log(heap.constructor.name, Object.keys(JSON.parse(await heap.stop())).sort());
  try {
    w.getHeapSnapshot(5);
  } catch (error) {
    console.log(error.code, error.message);
  }
  w.terminate();
});
