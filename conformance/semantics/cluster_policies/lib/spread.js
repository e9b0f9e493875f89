// 60 requests without keep-alive over 3 workers: each gets at least as many as the policy promises.
const cluster = require('cluster');
const http = require('http');
const { get, startWorkers, stop } = require('./workers');

async function main(least) {
  const { ports: [port] } = await startWorkers(3);
  const counts = {};
  for (let i = 0; i < 60; i++) {
    const id = await get(port);
    counts[id] = (counts[id] ?? 0) + 1;
  }
  const values = [1, 2, 3].map((id) => counts[id] ?? 0);
  console.log('answered', values.reduce((a, b) => a + b), `each at least ${least}:`, values.every((count) => count >= least));
  stop();
}

/** Called by the case with the policy's bound. */
module.exports = (least) => {
  if (cluster.isPrimary) main(least);
  else http.createServer((request, response) => response.end(`${cluster.worker.id}`)).listen(0, '127.0.0.1');
};
