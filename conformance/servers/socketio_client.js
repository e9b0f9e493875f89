// Talks to socketio_server.js at the port that is its argument: by polling, by WebSocket, and from the one to the other.
'use strict';

const { io } = require('socket.io-client');

const origin = `http://127.0.0.1:${process.argv[2]}`;

const next = (socket, event) => new Promise((resolve) => { socket.once(event, (...args) => resolve(args)); });

async function talk(transports) {
  const name = transports.join('+');
  const socket = io(origin, { transports, query: { a: 1 }, forceNew: true, reconnection: false });
  const upgraded = transports.length > 1 ? next(socket, 'upgraded') : undefined;
  console.log(name, ...await next(socket, 'hello'));
  if (upgraded) console.log(name, 'upgraded to', ...await upgraded);
  console.log(name, 'echo', await socket.emitWithAck('echo', { deep: [1, 'two', null] }));
  const reversed = await socket.emitWithAck('reverse', Buffer.alloc(100_000, 'ab'));
  console.log(name, 'binary', reversed.length, Buffer.from(reversed).toString('latin1', 0, 6));
  console.log(name, 'rooms', await socket.emitWithAck('join', 'room'));
  const said = next(socket, 'said');
  socket.emit('say', 'room', 'to the room');
  console.log(name, ...await said);
  console.log(name, 'sockets', await socket.emitWithAck('count'));
  const disconnected = next(socket, 'disconnect');
  socket.emit('bye');
  console.log(name, 'disconnected', (await disconnected)[0]);
}

(async () => {
  await talk(['polling']);
  await talk(['websocket']);
  await talk(['polling', 'websocket']);
  const space = io(`${origin}/space`, { forceNew: true });
  console.log('namespace', ...await next(space, 'space'));
  space.disconnect();
  const refused = io(origin, { auth: { token: 'wrong' }, forceNew: true });
  console.log('refused', (await next(refused, 'connect_error'))[0].message);
  refused.disconnect();
})();
