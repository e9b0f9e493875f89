// Talks to ws_server.js at the port that is its argument: with the package ws, and with the global WebSocket.
'use strict';

const { once } = require('events');
const http = require('http');
const Package = require('ws');

const port = process.argv[2];
const url = `ws://127.0.0.1:${port}/ws?a=1`;

function collect(socket) {
  const queue = [];
  let wake;
  const push = (item) => {
    queue.push(item);
    wake?.();
  };
  socket.binaryType = 'arraybuffer';
  socket.onmessage = ({ data }) => push(typeof data === 'string' ? data : Buffer.from(data).toString('hex', 0, 8));
  socket.onclose = ({ code, reason, wasClean }) => push(`closed ${code} ${reason} ${wasClean}`);
  return async (label) => {
    while (queue.length === 0) await new Promise((resolve) => { wake = resolve; });
    console.log(label, queue.shift().slice(0, 100));
  };
}

async function talk(Socket, name) {
  const socket = new Socket(url, ['first', 'second']);
  const next = collect(socket);
  await next(`${name} hello`);
  socket.send('text \u20ac');
  await next(`${name} text`);
  socket.send('compressed '.repeat(1000));
  await next(`${name} long`);
  socket.send(new Uint8Array([1, 2, 3]));
  await next(`${name} binary`);
  socket.send(new Uint8Array(300_000).fill(7));
  await next(`${name} large`);
  socket.send('all');
  await next(`${name} broadcast`);
  socket.send('close');
  await next(`${name} close`);
  console.log(`${name} state`, socket.readyState, socket.protocol);
}

async function ping() {
  const socket = new Package(url);
  const next = collect(socket);
  await next('ping hello');
  socket.ping('data');
  const [pong] = await once(socket, 'pong');
  console.log('pong', pong.toString());
  await next('ping answer');
  socket.close(1000, 'done');
  await next('ping close');
}

async function cut() {
  const socket = new Package(url);
  const next = collect(socket);
  await next('cut hello');
  socket.send('cut');
  await next('cut close');
}

async function tooLarge() {
  const socket = new Package(url, { perMessageDeflate: false });
  const next = collect(socket);
  await next('large hello');
  socket.send(Buffer.alloc((1 << 20) + 1));
  await next('large close');
}

async function refused() {
  const socket = new Package(`ws://127.0.0.1:${port}/elsewhere`);
  const [error] = await once(socket, 'error');
  console.log('refused', error.message);
  const web = new WebSocket(`ws://127.0.0.1:${port}/elsewhere`);
  await new Promise((resolve) => { web.onerror = resolve; });
  console.log('refused', web.readyState);
  const [response] = await once(http.get(`http://127.0.0.1:${port}/`), 'response');
  console.log('http', response.statusCode, (await response.toArray()).join(''));
}

(async () => {
  await talk(Package, 'ws');
  await talk(WebSocket, 'WebSocket');
  await ping();
  await cut();
  await tooLarge();
  await refused();
})();
