// worker.disconnect(): what the worker is serving is served to its end, what comes meanwhile goes to the others.
const cluster = require('cluster');
const http = require('http');
const { get, startWorkers, stop } = require('./workers');

async function main() {
  const { workers, ports: [port] } = await startWorkers(2);
  const slow = get(port, '/slow');
  const busy = await new Promise((resolve) => { cluster.on('message', (worker) => resolve(worker)); });
  const exited = new Promise((resolve) => { busy.on('exit', (code) => resolve([code, busy.exitedAfterDisconnect])); });
  const disconnected = new Promise((resolve) => { busy.on('disconnect', resolve); });
  busy.disconnect();
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  const other = workers.find((worker) => worker !== busy);
  const answers = [];
  for (let i = 0; i < 5; i++) answers.push(await get(port));
  console.log('the other serves', answers.every((id) => Number(id) === other.id));
  console.log('the slow request is answered', Number(await slow) === busy.id);
  await disconnected;
  console.log('exit', await exited);
  stop();
}

if (cluster.isPrimary) {
  main();
} else {
  http.createServer((request, response) => {
    const answer = () => response.end(`${cluster.worker.id}`);
    if (request.url !== '/slow') return answer();
    process.send('busy');
    setTimeout(answer, 400);
  }).listen(0, '127.0.0.1');
}
