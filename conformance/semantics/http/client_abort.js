// A client that gives up: before the connection, before the answer, in it; by destroy, signal, time-out.
'use strict';

const http = require('http');
const { serve, sleep } = require('./common/raw');

async function main() {
  const server = await serve({}, (req, res) => {
    if (req.url === '/begun') res.write('begun');
  });
  const where = { port: server.address().port, host: '127.0.0.1' };
  const run = async (name, options, act) => {
    const log = [];
    const req = http.get({ ...where, agent: false, ...options });
    for (const event of ['abort', 'error', 'timeout', 'close', 'socket', 'finish']) {
      req.on(event, (e) => log.push(event + (e?.code ? ` ${e.name} ${e.code} ${e.message}` : '')));
    }
    req.on('response', (res) => {
      log.push('response');
      for (const event of ['aborted', 'error', 'end', 'close']) {
        res.on(event, (e) => log.push(`res ${event}${e?.code ? ` ${e.name} ${e.code}` : ''}`));
      }
      res.resume();
    });
    await act(req);
    await sleep(40);
    console.log(`${name}: ${log.join(', ')}; destroyed ${req.destroyed} reused ${req.reusedSocket}`);
  };
  await run('destroy at once', {}, (req) => req.destroy());
  await run('destroy at once with an error', {}, (req) => req.destroy(Object.assign(new Error('mine'), { code: 'MINE' })));
  await run('abort at once', {}, (req) => req.abort());
  await run('destroy before the answer', {}, async (req) => { await sleep(30); req.destroy(); });
  await run('destroy in the answer', { path: '/begun' }, async (req) => { await sleep(30); req.destroy(); });
  await run('timeout', { timeout: 20 }, (req) => { req.on('timeout', () => req.destroy()); });
  const controller = new AbortController();
  await run('signal', { signal: controller.signal }, async () => { await sleep(20); controller.abort(); });
  await run('signal aborted before', { signal: AbortSignal.abort() }, () => {});
  server.closeAllConnections();
  server.close();
}

main();
