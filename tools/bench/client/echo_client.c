// The client of the TCP echo scenario. echo_client PORT CONNECTIONS BYTES SECONDS
// Each connection sends BYTES and waits until they are back. Prints {"roundTrips": N, "p99Ms": X}
// as JSON.
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "tools/bench/client/client.h"

struct connection {
  uv_tcp_t tcp;
  uv_connect_t connect;
  uv_write_t write;
  size_t due;  // bytes of this round trip not back yet
  uint64_t sent_ns;
  char buffer[65536];
};

static char* message;
static size_t message_bytes;

static void on_written(uv_write_t* write, int status) { check(status); }

static void send_message(struct connection* c) {
  c->due = message_bytes;
  c->sent_ns = uv_hrtime();
  uv_buf_t buf = uv_buf_init(message, message_bytes);
  check(uv_write(&c->write, (uv_stream_t*)&c->tcp, &buf, 1, on_written));
}

static void on_alloc(uv_handle_t* handle, size_t size, uv_buf_t* buf) {
  struct connection* c = (struct connection*)handle;
  *buf = uv_buf_init(c->buffer, sizeof(c->buffer));
}

static void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buf) {
  check(size);
  struct connection* c = (struct connection*)stream;
  if ((size_t)size > c->due) check(UV_EPROTO);
  c->due -= size;
  if (c->due > 0) return;
  count_round_trip(c->sent_ns);
  send_message(c);
}

static void on_connected(uv_connect_t* connect, int status) {
  check(status);
  struct connection* c = (struct connection*)connect->handle;
  uv_tcp_nodelay(&c->tcp, 1);
  check(uv_read_start((uv_stream_t*)&c->tcp, on_alloc, on_read));
  send_message(c);
}

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  message_bytes = strtoul(argv[3], NULL, 10);
  message = allocate(message_bytes);
  memset(message, 'x', message_bytes);
  for (int i = atoi(argv[2]); i > 0; i--) {
    struct connection* c = allocate(sizeof(*c));
    connect_to(&c->tcp, &c->connect, argv[1], on_connected);
  }
  return run_for(argv[4], "roundTrips");
}
