// server.close(): idle connections go at once, answers under way say `Connection: close` and end theirs.
// only gyre: node waits for the keep-alive time-outs of connections whose answers were under way
'use strict';

const net = require('net');
const { serve, sleep } = require('./common/raw');

function open(port, bytes) {
  const socket = net.connect(port, '127.0.0.1');
  const seen = { text: '', closed: false };
  socket.setEncoding('latin1').on('data', (chunk) => { seen.text += chunk; }).on('close', () => { seen.closed = true; });
  socket.on('error', () => {});
  socket.write(bytes);
  return { socket, seen };
}

const get = (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

async function main() {
  const held = {};
  const server = await serve({ keepAliveTimeout: 60_000 }, (req, res) => {
    if (req.url === '/now') res.end('now');
    else if (req.url === '/begun') res.write('begun');
    held[req.url] = res;
  });
  const { port } = server.address();
  const idle = open(port, get('/now'));
  const waiting = open(port, get('/waiting'));
  const begun = open(port, get('/begun'));
  const silent = open(port, '');
  const half = open(port, 'GET / HTTP/1.1\r\nHo');
  await sleep(60);
  const start = Date.now();
  server.close((error) => console.log('close', error, Date.now() - start < 2000));
  console.log('listening', server.listening);
  await sleep(40);
  console.log('idle', idle.seen.closed, 'waiting', waiting.seen.closed, 'begun', begun.seen.closed, 'silent', silent.seen.closed,
    'half', half.seen.closed);
  half.socket.destroy();
  silent.socket.destroy();
  held['/waiting'].end('done');
  held['/begun'].end(' and done');
  await sleep(60);
  console.log('waiting', waiting.seen.closed, /Connection: close/.test(waiting.seen.text));
  console.log('begun', begun.seen.closed, /Connection: close/.test(begun.seen.text), begun.seen.text.includes(' and done'));
  server.close((error) => console.log('again', error?.code));
}

main();
