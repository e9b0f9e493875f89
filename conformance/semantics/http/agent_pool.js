// The client's agent: connections are kept, counted, shared, and given up.
'use strict';

const http = require('http');
const { serve, sleep } = require('./common/raw');

const get = (options) => new Promise((resolve) => {
  const req = http.get(options, (res) => {
    const { reusedSocket } = req;
    const { localPort } = req.socket;
    res.resume().on('end', () => setImmediate(() => resolve({ reusedSocket, localPort })));
  }).on('error', (error) => resolve(error.code));
});

const counts = (agent) => Object.fromEntries(['requests', 'sockets', 'freeSockets'].map(
  (key) => [key, Object.values(agent[key]).map((list) => list.length)]));

async function main() {
  let connections = 0;
  const server = await serve({}, (req, res) => setTimeout(() => res.end('x'), req.url === '/slow' ? 200 : 0));
  server.on('connection', () => connections++);
  const where = { port: server.address().port, host: '127.0.0.1' };
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2, maxFreeSockets: 1 });
  const first = await get({ ...where, agent });
  const second = await get({ ...where, agent });
  console.log(first.reusedSocket, second.reusedSocket, first.localPort === second.localPort, connections);
  console.log(counts(agent));
  const many = Array.from({ length: 5 }, () => get({ ...where, agent, path: '/slow' }));
  await sleep(15);
  console.log(counts(agent), connections);
  await Promise.all(many);
  console.log(counts(agent), connections);
  server.closeIdleConnections();
  await sleep(15);
  console.log(counts(agent), (await get({ ...where, agent })).reusedSocket);
  agent.destroy();
  await sleep(15);
  console.log(counts(agent));
  const none = await get({ ...where, agent: false });
  console.log(none.reusedSocket, agent.getName({ host: 'h', port: 1, localAddress: 'l', family: 4 }));
  console.log(await get({ port: 1, host: '127.0.0.1' }));
  server.close();
  agent.destroy();
}

main();
