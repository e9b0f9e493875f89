// An echo server on Bun's own sockets. bun_tcp_echo.mjs PORT
/* global Bun */
Bun.listen({
  hostname: '127.0.0.1',
  port: Number(process.argv[2]),
  socket: { data(socket, bytes) { socket.write(bytes); } },
});
