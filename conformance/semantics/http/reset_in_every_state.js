// The client resets the connection: before a request, in its head, in its body, before the answer, in it, behind it.
'use strict';

const net = require('net');
const { serve, sleep } = require('./common/raw');

const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n';
const get = (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
const states = [
  ['before a request', ''],
  ['in the request line', 'GET / HT'],
  ['in the head', head],
  ['before the body', `${head}\r\n`],
  ['in the body', `${head}\r\nabc`],
  ['in a chunked body', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'],
  ['while the answer is made', get('/wait')],
  ['in the answer', get('/stream')],
  ['with answers in line', get('/wait').repeat(3)],
  ['behind the answer', get('/now')],
  ['after an upgrade', 'GET /up HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
];

async function main() {
  const events = [];
  const note = (who, name) => (e) => events.push(`${who} ${name}${e?.code ? ` ${e.code}` : ''}`);
  const server = await serve({}, (req, res) => {
    for (const name of ['aborted', 'error', 'end', 'close']) req.on(name, note('req', name));
    for (const name of ['error', 'finish', 'close']) res.on(name, note('res', name));
    if (req.url === '/now') res.end('x');
    if (req.url === '/stream') res.write('x');
    if (req.method === 'POST') req.resume();
  });
  server.on('clientError', (error, socket) => {
    events.push(`clientError ${error.code}`);
    socket.destroy();
  });
  server.on('upgrade', (req, socket) => {
    for (const name of ['error', 'end', 'close']) socket.on(name, note('socket', name));
    socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    socket.resume();
  });
  for (const [name, bytes] of states) {
    const socket = net.connect(server.address().port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    await new Promise((resolve) => socket.on('connect', resolve));
    if (bytes) socket.write(bytes);
    await sleep(40);
    socket.resetAndDestroy();
    await sleep(40);
    const count = await new Promise((resolve) => server.getConnections((error, n) => resolve(n)));
    console.log(`${name}: ${events.splice(0).join(', ') || '(nothing)'}; ${count} connections`);
  }
  server.close(() => console.log('closed'));
}

main();
