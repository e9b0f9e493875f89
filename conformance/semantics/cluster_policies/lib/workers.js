// What the cases share: workers that serve, and clients. A case is run by the primary and by its workers.
const cluster = require('cluster');
const http = require('http');

/** Forks `count` workers; resolves with them and their port when all of them listen. */
async function startWorkers(count) {
  const ports = await Promise.all(Array.from({ length: count }, () => new Promise((resolve) => {
    cluster.fork().once('listening', ({ port }) => resolve(port));
  })));
  return { workers: Object.values(cluster.workers), ports };
}

/** The text of an answer; a connection of its own. */
function get(port, path = '/') {
  return new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => resolve(text));
    }).on('error', reject);
  });
}

function stop() {
  for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGKILL');
}

module.exports = { get, startWorkers, stop };
