// The client of the IPC handles scenario. connect_client PORT CONNECTIONS SECONDS
// Each connection waits until the server ends it, is closed, and made again. Prints {"ended": N} as
// JSON.
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

struct connection {
  uv_tcp_t tcp;
  uv_connect_t connect;
};

static struct sockaddr_in address;
static char buffer[4096];
static size_t ended;

static void check(int status) {
  if (status >= 0) return;
  fprintf(stderr, "connect_client: %s\n", uv_strerror(status));
  exit(1);
}

static void start(struct connection* c);

static void on_closed(uv_handle_t* handle) { start((struct connection*)handle); }

static void on_alloc(uv_handle_t* handle, size_t size, uv_buf_t* buf) {
  *buf = uv_buf_init(buffer, sizeof(buffer));
}

static void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buf) {
  if (size >= 0) return;
  if (size != UV_EOF) check((int)size);
  ended++;
  uv_close((uv_handle_t*)stream, on_closed);
}

static void on_connected(uv_connect_t* connect, int status) {
  check(status);
  check(uv_read_start(connect->handle, on_alloc, on_read));
}

static void start(struct connection* c) {
  check(uv_tcp_init(uv_default_loop(), &c->tcp));
  check(uv_tcp_connect(&c->connect, &c->tcp, (struct sockaddr*)&address, on_connected));
}

static void on_time(uv_timer_t* timer) {
  printf("{\"ended\": %zu}\n", ended);
  fflush(stdout);
  exit(0);
}

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  check(uv_ip4_addr("127.0.0.1", atoi(argv[1]), &address));
  for (int i = atoi(argv[2]); i > 0; i--) {
    struct connection* c = calloc(1, sizeof(*c));
    if (c == NULL) abort();
    start(c);
  }
  uv_timer_t timer;
  uv_timer_init(uv_default_loop(), &timer);
  uv_timer_start(&timer, on_time, strtoul(argv[3], NULL, 10) * 1000, 0);
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
