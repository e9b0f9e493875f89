// The limit of the TCP echo scenario: libuv and nothing else. echo PORT
#include <stdlib.h>
#include <uv.h>

struct connection {
  uv_tcp_t tcp;
  char buffer[65536];
};

static void on_alloc(uv_handle_t* handle, size_t size, uv_buf_t* buf) {
  struct connection* c = (struct connection*)handle;
  *buf = uv_buf_init(c->buffer, sizeof(c->buffer));
}

static void on_closed(uv_handle_t* handle) { free(handle); }

static void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buf) {
  uv_buf_t back = uv_buf_init(buf->base, size > 0 ? size : 0);
  // What a loopback socket does not take at once does not happen with messages this small.
  if (size < 0 || (size > 0 && uv_try_write(stream, &back, 1) != size)) uv_close((uv_handle_t*)stream, on_closed);
}

static void on_connection(uv_stream_t* server, int status) {
  if (status < 0) return;
  struct connection* c = calloc(1, sizeof(*c));
  if (c == NULL) abort();
  uv_tcp_init(server->loop, &c->tcp);
  if (uv_accept(server, (uv_stream_t*)&c->tcp) != 0) {
    uv_close((uv_handle_t*)&c->tcp, on_closed);
    return;
  }
  uv_tcp_nodelay(&c->tcp, 1);
  uv_read_start((uv_stream_t*)&c->tcp, on_alloc, on_read);
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  struct sockaddr_in address;
  uv_tcp_t server;
  uv_tcp_init(uv_default_loop(), &server);
  uv_ip4_addr("127.0.0.1", atoi(argv[1]), &address);
  uv_tcp_bind(&server, (struct sockaddr*)&address, 0);
  if (uv_listen((uv_stream_t*)&server, 511, on_connection) != 0) return 1;
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
