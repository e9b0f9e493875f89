// The client of the IPC handles scenario. connect_client PORT CONNECTIONS SECONDS
// Each connection waits until the server ends it, is closed, and made again. Prints {"ended": N,
// "p99Ms": X} as JSON.
#include <stdlib.h>
#include <uv.h>

#include "tools/bench/client/client.h"

struct connection {
  uv_tcp_t tcp;
  uv_connect_t connect;
  uint64_t began_ns;
};

static const char* port;
static char buffer[4096];

static void start(struct connection* c);

static void on_closed(uv_handle_t* handle) { start((struct connection*)handle); }

static void on_alloc(uv_handle_t* handle, size_t size, uv_buf_t* buf) {
  *buf = uv_buf_init(buffer, sizeof(buffer));
}

static void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buf) {
  if (size >= 0) return;
  if (size != UV_EOF) check((int)size);
  count_round_trip(((struct connection*)stream)->began_ns);
  uv_close((uv_handle_t*)stream, on_closed);
}

static void on_connected(uv_connect_t* connect, int status) {
  check(status);
  check(uv_read_start(connect->handle, on_alloc, on_read));
}

static void start(struct connection* c) {
  c->began_ns = uv_hrtime();
  connect_to(&c->tcp, &c->connect, port, on_connected);
}

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  port = argv[1];
  for (int i = atoi(argv[2]); i > 0; i--) start(allocate(sizeof(struct connection)));
  return run_for(argv[3], "ended");
}
