// What the events of a request and its response are when the handler destroys one of them, or the socket.
'use strict';

const http = require('http');
const { once } = require('events');

const handlers = {
  'the response': (req, res) => res.destroy(),
  'the response, with an error': (req, res) => res.destroy(new Error('mine')),
  'the response, the request flowing': (req, res) => { req.resume(); res.destroy(); },
  'the request': (req) => req.destroy(),
  'the socket': (req) => req.socket.destroy(),
  'the response, later': (req, res) => setImmediate(() => res.destroy()),
  'the response, after its head': (req, res) => { res.writeHead(200); res.flushHeaders(); setImmediate(() => res.destroy()); },
};

async function run(name, handler) {
  const lines = [];
  const note = (who, emitter, events) => {
    for (const event of events) emitter.on(event, (error) => lines.push(`${who} ${event}${error instanceof Error ? ` ${error.code ?? error.message}` : ''}`));
  };
  const server = http.createServer((req, res) => {
    note('req', req, ['aborted', 'end', 'error', 'close']);
    note('res', res, ['finish', 'error', 'close']);
    handler(req, res);
  });
  server.on('clientError', (error, socket) => {
    lines.push(`clientError ${error.code ?? error.message}`);
    socket.destroy();
  });
  server.listen(0);
  await once(server, 'listening');
  const req = http.get({ port: server.address().port, agent: false }, (res) => res.on('error', () => {}).resume());
  req.on('error', () => {});
  await new Promise((resolve) => req.on('close', resolve));
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  server.close();
  console.log(`${name}: ${lines.join(', ')}`);
}

(async () => {
  for (const [name, handler] of Object.entries(handlers)) await run(name, handler);
})();
