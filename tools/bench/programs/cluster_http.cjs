'use strict';
// A hello world server over many processes, or in one with 0 WORKERS: cluster_http.cjs PORT WORKERS [slow]. The policy is
// NODE_CLUSTER_SCHED_POLICY's.
// With `slow` the first worker is busy for 5 ms in every request.

const cluster = require('cluster');
const http = require('http');

const [port, workers, slow] = process.argv.slice(2);
const kBusyMs = 5;

function busy() {
  const end = performance.now() + kBusyMs;
  while (performance.now() < end);
}

if (cluster.isPrimary && workers !== '0') {
  for (let i = 0; i < Number(workers); i++) cluster.fork();
} else {
  const isSlow = slow === 'slow' && cluster.worker?.id === 1;
  http.createServer((request, response) => {
    if (isSlow) busy();
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    response.end('hello world');
  }).listen(Number(port), '127.0.0.1');
}
