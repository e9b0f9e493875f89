// The limit that servers are measured against: an HTTP server on libuv and llhttp with a constant answer and no
// JavaScript. limit PORT
#include <llhttp.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

static const char kAnswer[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: Sun, 22 Nov 2026 00:00:00 GMT\r\n"
    "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 12\r\n\r\nhello world\n";

struct connection {
  uv_tcp_t tcp;
  llhttp_t parser;
  int answers;  // due for what was read
  char buffer[65536];
};

static llhttp_settings_t settings;

static int on_message_complete(llhttp_t* parser) {
  ((struct connection*)parser->data)->answers++;
  return 0;
}

static void on_alloc(uv_handle_t* handle, size_t size, uv_buf_t* buf) {
  struct connection* c = (struct connection*)handle;
  *buf = uv_buf_init(c->buffer, sizeof(c->buffer));
}

static void on_closed(uv_handle_t* handle) { free(handle); }

static void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buf) {
  struct connection* c = (struct connection*)stream;
  if (size < 0 || llhttp_execute(&c->parser, buf->base, size) != HPE_OK) {
    if (!uv_is_closing((uv_handle_t*)stream)) uv_close((uv_handle_t*)stream, on_closed);
    return;
  }
  for (; c->answers > 0; c->answers--) {
    uv_buf_t answer = uv_buf_init((char*)kAnswer, sizeof(kAnswer) - 1);
    uv_try_write(stream, &answer, 1);
  }
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
  llhttp_init(&c->parser, HTTP_REQUEST, &settings);
  c->parser.data = c;
  uv_read_start((uv_stream_t*)&c->tcp, on_alloc, on_read);
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  llhttp_settings_init(&settings);
  settings.on_message_complete = on_message_complete;
  struct sockaddr_in address;
  uv_tcp_t server;
  uv_tcp_init(uv_default_loop(), &server);
  uv_ip4_addr("127.0.0.1", atoi(argv[1]), &address);
  uv_tcp_bind(&server, (struct sockaddr*)&address, 0);
  if (uv_listen((uv_stream_t*)&server, 511, on_connection) != 0) return 1;
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
