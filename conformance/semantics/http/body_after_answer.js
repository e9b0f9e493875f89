// What a request hears when its connection ends in the middle of the body: before its answer, and behind it.
'use strict';

const net = require('net');
const { serve, sleep } = require('./common/raw');

const handlers = {
  'answered, body not read': (req, res) => res.end('answer'),
  'answered, body thrown away': (req, res) => {
    req.resume();
    res.end('answer');
  },
  'answered, body read': (req, res, note) => {
    req.on('data', () => note('data'));
    res.end('answer');
  },
  'answered, body paused': (req, res, note) => {
    req.pause().on('data', () => note('data'));
    res.end('answer');
    setTimeout(() => req.resume(), 5);
  },
  'answered behind data': (req, res, note) => {
    req.on('data', () => {
      note('data');
      res.end('answer');
    });
  },
  'answer begun': (req, res) => {
    req.resume();
    res.write('answer');
  },
  'no answer': () => {},
};

const ends = {
  destroyed: (socket) => socket.destroy(),
  ended: (socket) => socket.end(),
  malformed: (socket) => socket.write('ZZ\r\n'),
  complete: (socket) => socket.write('0\r\n\r\n'),
};

async function exchange(handler, end) {
  const lines = [];
  const note = (line) => lines.push(line);
  let request;
  const server = await serve({}, (req, res) => {
    request = req;
    for (const event of ['aborted', 'end', 'close']) req.on(event, () => note(event));
    req.on('error', (error) => note(error.code));
    for (const event of ['finish', 'close']) res.on(event, () => note(`answer ${event}`));
    handler(req, res, note);
  });
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('error', () => {}).resume();
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n');
  await sleep(40);
  note('-');
  end(socket);
  await sleep(40);
  note(`aborted ${request.aborted}, destroyed ${request.destroyed}, complete ${request.complete}`);
  const seen = lines.join(', ');
  server.closeAllConnections();
  server.close();
  socket.destroy();
  return seen;
}

async function main() {
  for (const how of Object.keys(handlers)) {
    const outcomes = await Promise.all(Object.keys(ends).map((end) => exchange(handlers[how], ends[end])));
    Object.keys(ends).forEach((end, i) => console.log(`${how}, ${end}: ${outcomes[i]}`));
  }
}

main();
