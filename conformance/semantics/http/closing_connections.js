// closeIdleConnections(), closeAllConnections() and what `await using` does at its end.
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
  const other = await serve({ keepAliveTimeout: 60_000 }, (req, res) => { if (req.url === '/now') res.end(); });
  const one = open(other.address().port, get('/now'));
  const two = open(other.address().port, get('/waiting'));
  await sleep(40);
  other.closeIdleConnections();
  await sleep(20);
  console.log('closeIdleConnections', one.seen.closed, two.seen.closed, other.listening);
  other.closeAllConnections();
  await sleep(20);
  console.log('closeAllConnections', one.seen.closed, two.seen.closed, other.listening);
  await other[Symbol.asyncDispose]();
  console.log('disposed', other.listening);
}

main();
