// A server that closes and listens again in one worker, while the other goes on.
const cluster = require('cluster');
const http = require('http');
const { get, startWorkers, stop } = require('./workers');

async function main() {
  const { workers, ports: [port] } = await startWorkers(2);
  const told = (message) => new Promise((resolve) => {
    workers[0].once('message', resolve);
    workers[0].send(message);
  });
  console.log(await told('close'));
  const ids = [];
  for (let i = 0; i < 6; i++) ids.push(Number(await get(port)));
  console.log('only the other', ids.every((id) => id === workers[1].id));
  console.log(await told('listen'));
  const served = new Set();
  for (let i = 0; i < 60 && served.size < 2; i++) served.add(await get(port));
  console.log('serve again', served.has(`${workers[1].id}`) || served.has(`${workers[0].id}`));
  stop();
}

if (cluster.isPrimary) {
  main();
} else {
  const serve = () => http.createServer((request, response) => response.end(`${cluster.worker.id}`)).listen(0, '127.0.0.1');
  let server = serve();
  process.on('message', (message) => {
    if (message === 'close') server.close(() => process.send('closed'));
    else server = serve().on('listening', () => process.send('listening'));
  });
}
