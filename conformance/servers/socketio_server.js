// A socket.io server with rooms, acknowledgements, binary data and middleware; it prints its port. socketio_client.js
// talks to it.
'use strict';

const http = require('http');
const { Server } = require('socket.io');

const server = http.createServer();
const io = new Server(server, { pingInterval: 1000 });

io.use((socket, next) => (socket.handshake.auth.token === 'wrong' ? next(new Error('not you')) : next()));
io.on('connection', (socket) => {
  socket.emit('hello', { query: socket.handshake.query.a, transport: socket.conn.transport.name });
  socket.conn.once('upgrade', () => socket.emit('upgraded', socket.conn.transport.name));
  socket.on('echo', (...args) => args.pop()(...args));
  socket.on('reverse', (data, answer) => answer(Buffer.from(data).reverse()));
  socket.on('join', async (room, answer) => {
    await socket.join(room);
    answer([...socket.rooms].length);
  });
  socket.on('say', (room, text) => io.to(room).emit('said', text));
  socket.on('count', async (answer) => answer((await io.fetchSockets()).length));
  socket.on('bye', () => socket.disconnect(true));
});
io.of('/space').on('connection', (socket) => socket.emit('space', socket.nsp.name));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
