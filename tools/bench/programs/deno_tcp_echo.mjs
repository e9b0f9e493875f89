// An echo server on Deno's own sockets. deno_tcp_echo.mjs PORT
/* global Deno */
const listener = Deno.listen({ hostname: '127.0.0.1', port: Number(Deno.args[0]) });
for await (const connection of listener) {
  connection.setNoDelay(true);
  connection.readable.pipeTo(connection.writable).catch(() => {});
}
