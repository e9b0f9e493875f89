// A handler that ends the process: the answer to the request before it, of the same read, has left.
'use strict';

const http = require('http');
const net = require('net');
const { fork } = require('child_process');
const { once } = require('events');

async function serve() {
  const server = http.createServer((req, res) => {
    if (req.url === '/exit') process.exit(3);
    if (req.url === '/throw') throw new Error('of the handler');
    res.end(`answer to ${req.url}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send(server.address().port);
}

async function main() {
  for (const last of ['/exit', '/throw']) {
    const child = fork(__filename, ['child'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const [port] = await once(child, 'message');
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk) => { text += chunk; }).on('error', () => {});
    socket.write(['/first', last].map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
    const [code] = await once(child, 'exit');
    if (!socket.closed) await once(socket, 'close');
    console.log(last, code, text.includes('answer to /first'));
  }
}

if (process.argv[2] === 'child') serve(); else main();
