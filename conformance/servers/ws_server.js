// A WebSocket server on the package ws, compression included; it prints its port. ws_client.js talks to it.
'use strict';

const http = require('http');
const { WebSocketServer } = require('ws');

const server = http.createServer((request, response) => response.end('not a socket'));
const sockets = new WebSocketServer({
  server,
  path: '/ws',
  perMessageDeflate: { threshold: 100 },
  handleProtocols: (offered) => (offered.has('second') ? 'second' : false),
  maxPayload: 1 << 20,
});
sockets.on('connection', (socket, request) => {
  socket.send(JSON.stringify({ url: request.url, protocol: socket.protocol, extensions: socket.extensions }));
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.send(Buffer.from(data).reverse());
    const text = data.toString();
    if (text === 'close') return socket.close(4001, 'as you wish');
    if (text === 'cut') return socket.terminate();
    if (text === 'all') {
      for (const client of sockets.clients) client.send('to all');
      return undefined;
    }
    return socket.send(text.toUpperCase());
  });
  socket.on('ping', (data) => socket.send(`pinged with ${data}`));
  socket.on('error', (error) => console.log('error', error.code, error.message));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
