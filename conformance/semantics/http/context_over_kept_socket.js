'use strict';
// Requests that share a socket have contexts of their own: what an answer brings belongs to who asked.
const { AsyncLocalStorage } = require('async_hooks');
const http = require('http');

const storage = new AsyncLocalStorage();
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const seen = new Set();

const server = http.createServer((req, res) => {
  res.write('first');
  setTimeout(() => res.end('second'), 5);
}).listen(0, async () => {
  const ask = (name) => storage.run(name, () => new Promise((resolve) => {
    http.get({ agent, port: server.address().port }, (res) => {
      seen.add(`${name}: response in ${storage.getStore()}`);
      res.on('data', () => seen.add(`${name}: data in ${storage.getStore()}`));
      res.on('end', () => seen.add(`${name}: end in ${storage.getStore()}`));
      res.on('close', resolve);
    });
  }));
  await ask('one');
  await Promise.all([ask('two'), ask('three')]);
  for (const line of [...seen].sort()) console.log(line);
  agent.destroy();
  server.close();
});
