// only gyre: node has no such policy
// env: NODE_CLUSTER_SCHED_POLICY=least-busy
// One worker is busy for 20 ms with each connection: the other gets most of them.
const cluster = require('cluster');
const http = require('http');
const { get, startWorkers, stop } = require('./lib/workers');

async function main() {
  const { workers, ports: [port] } = await startWorkers(2);
  const ids = [];
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (ids.length < 400) ids.push(Number(await get(port)));
  }));
  const slow = ids.filter((id) => id === workers[0].id).length;
  console.log('the slow one served few', slow > 0 && slow < 100 ? true : slow);
  stop();
}

function work() {
  const end = performance.now() + 20;
  while (performance.now() < end);
}

if (cluster.isPrimary) {
  main();
} else {
  http.createServer((request, response) => {
    if (cluster.worker.id === 1) work();
    response.end(`${cluster.worker.id}`);
  }).listen(0, '127.0.0.1');
}
