// A service on all cores whose code can be replaced under load: every worker is replaced by a new one, one after the
// other, and no request fails. The old worker is asked to leave only when the new one listens; disconnect() lets it
// finish what it is serving.
//
//     ./x run examples/rolling_restart.js          then: kill -HUP <pid>
//
// Policies (NODE_CLUSTER_SCHED_POLICY): rr, none and least-busy lose nothing. With reuseport the kernel has handed
// connections to a worker before it accepts them, and resets the few that a leaving one has not taken yet.
'use strict';

const cluster = require('cluster');
const { once } = require('events');
const http = require('http');
const os = require('os');

const kWorkers = Number(process.env.WORKERS) || os.availableParallelism();
const kPort = Number(process.env.PORT ?? 8000);

/** Replaces a worker; resolves when the old one has ended. */
async function replace(worker) {
  const exit = once(worker, 'exit');
  await once(cluster.fork(), 'listening');
  worker.disconnect();
  await exit;
}

/** Replaces all workers there are now. */
async function rollingRestart() {
  for (const worker of Object.values(cluster.workers)) await replace(worker);
}

async function primary() {
  cluster.on('exit', (worker) => {
    // One that was not asked to leave has crashed.
    if (!worker.exitedAfterDisconnect) cluster.fork();
  });
  const listening = Array.from({ length: kWorkers }, () => once(cluster.fork(), 'listening'));
  const [[{ port }]] = await Promise.all(listening);
  console.log(`http://127.0.0.1:${port}/ is served by workers of ${process.pid}`);
  let restarting = Promise.resolve();
  process.on('SIGHUP', () => {
    restarting = restarting.then(rollingRestart).then(() => console.log('all workers replaced'));
  });
}

function serve() {
  const server = http.createServer((request, response) => response.end(`worker ${process.pid}\n`));
  server.listen(kPort, '127.0.0.1');
}

if (cluster.isPrimary) primary();
else serve();
