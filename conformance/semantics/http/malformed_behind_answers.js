// Nonsense in the same read behind requests that are complete: which of them are answered, and whether "400" follows.
'use strict';

const net = require('net');
const { serve } = require('./common/raw');

const get = (path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const post = (path) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc`;
const chunked = (path) => `POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`;

const inputs = {
  'behind GET': `${get('/a')}BAD\r\n\r\n`,
  'behind POST': `${post('/a')}BAD\r\n\r\n`,
  'behind chunks': `${chunked('/a')}0\r\n\r\nBAD\r\n\r\n`,
  'behind GET and POST': `${get('/a')}${post('/b')}BAD\r\n\r\n`,
  'in the chunks': `${chunked('/a')}ZZ\r\n`,
};

const handlers = {
  'at once': (req, res) => res.end('answer'),
  'in a tick': (req, res) => process.nextTick(() => res.end('answer')),
  'in a microtask': async (req, res) => {
    await null;
    res.end('answer');
  },
  'at the end of the body': (req, res) => {
    req.on('error', () => {});
    req.resume().on('end', () => res.end('answer'));
  },
  'at once, body read': (req, res) => {
    req.on('error', () => {});
    req.resume();
    res.end('answer');
  },
};

async function exchange(handler, input) {
  const seen = [];
  const server = await serve({}, (req, res) => {
    seen.push(req.url);
    res.on('close', () => seen.push(`${req.url} ${res.writableFinished ? 'finished' : 'cut off'}`));
    handler(req, res);
  });
  const socket = net.connect(server.address().port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => { text += chunk; });
  socket.on('error', () => {});
  socket.write(input);
  await new Promise((resolve) => { socket.on('close', resolve); });
  await new Promise((resolve) => { server.close(resolve); });
  return `${text.match(/HTTP\/1\.1 \d+/g)?.map((status) => status.slice(9)) ?? 'nothing'}; ${seen.join(', ')}`;
}

async function main() {
  for (const how of Object.keys(handlers)) {
    for (const where of Object.keys(inputs)) console.log(`${how}, ${where}: ${await exchange(handlers[how], inputs[where])}`);
  }
}

main();
