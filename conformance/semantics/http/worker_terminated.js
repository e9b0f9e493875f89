// A worker that serves is ended in the middle of answers, one of them a file, with a file being read: its clients hear of it.
'use strict';

const fs = require('fs');
const http = require('http');
const { Worker, isMainThread, parentPort } = require('worker_threads');

if (isMainThread) {
  main();
} else {
  const server = http.createServer((req, res) => {
    res.setHeader('Content-Length', 1e9);
    if (req.url === '/file') fs.createReadStream(process.execPath).pipe(res);
    else res.write('begun');
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
  const again = () => fs.readFile(__filename, again);
  again();
}

function ask(port, path, begun) {
  return new Promise((resolve) => {
    http.get({ port, host: '127.0.0.1', path, agent: false }, (res) => {
      res.once('data', () => {
        res.pause();
        begun();
      });
      res.on('error', (error) => resolve(error.code));
    });
  });
}

async function main() {
  for (let n = 0; n < 3; n++) {
    const worker = new Worker(__filename);
    const port = await new Promise((resolve) => worker.on('message', resolve));
    const ends = [];
    await Promise.all(['/file', '/part'].map((path) => new Promise((begun) => ends.push(ask(port, path, begun)))));
    console.log('exit code', await worker.terminate());
    console.log(await Promise.race(ends));
  }
  console.log('done');
  process.exit();
}
