#include "tools/bench/limit/listener.h"

#include <signal.h>
#include <stdlib.h>

// Of all connections: what is read is used up before the next read.
static char buffer[65536];

static void on_alloc(uv_handle_t* handle, size_t size, uv_buf_t* buf) {
  *buf = uv_buf_init(buffer, sizeof(buffer));
}

static void on_closed(uv_handle_t* handle) { free(handle); }

void close_connection(struct connection* connection) {
  uv_handle_t* handle = (uv_handle_t*)&connection->tcp;
  if (!uv_is_closing(handle)) uv_close(handle, on_closed);
}

static void on_connection(uv_stream_t* listener, int status) {
  if (status < 0) return;
  const struct server* server = listener->data;
  struct connection* connection = calloc(1, server->connection_size);
  if (connection == NULL) abort();
  uv_tcp_init(listener->loop, &connection->tcp);
  if (uv_accept(listener, (uv_stream_t*)&connection->tcp) != 0) {
    close_connection(connection);
    return;
  }
  uv_tcp_nodelay(&connection->tcp, 1);
  if (server->on_open != NULL) server->on_open(connection);
  uv_read_start((uv_stream_t*)&connection->tcp, on_alloc, server->on_read);
}

int serve(const struct server* server, const char* port) {
  uv_tcp_t listener;
  struct sockaddr_in address;
  signal(SIGPIPE, SIG_IGN);  // a client that leaves is no reason to end
  uv_tcp_init(uv_default_loop(), &listener);
  listener.data = (void*)server;
  uv_ip4_addr("127.0.0.1", atoi(port), &address);
  uv_tcp_bind(&listener, (struct sockaddr*)&address, 0);
  if (uv_listen((uv_stream_t*)&listener, 511, on_connection) != 0) return 1;
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
