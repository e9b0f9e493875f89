// The limit that servers are measured against: an HTTP server on libuv and llhttp with a constant
// answer and no JavaScript. limit PORT
#include <llhttp.h>

#include "tools/bench/limit/listener.h"

static const char kAnswer[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: Sun, 22 Nov 2026 00:00:00 GMT\r\n"
    "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 12\r\n\r\nhello world\n";

struct http_connection {
  struct connection base;
  llhttp_t parser;
  int answers;  // due for what was read
};

static llhttp_settings_t settings;

static int on_message_complete(llhttp_t* parser) {
  ((struct http_connection*)parser->data)->answers++;
  return 0;
}

static void on_open(struct connection* base) {
  struct http_connection* c = (struct http_connection*)base;
  llhttp_init(&c->parser, HTTP_REQUEST, &settings);
  c->parser.data = c;
}

static void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buf) {
  struct http_connection* c = (struct http_connection*)stream;
  if (size < 0 || llhttp_execute(&c->parser, buf->base, size) != HPE_OK) {
    close_connection(&c->base);
    return;
  }
  for (; c->answers > 0; c->answers--) {
    uv_buf_t answer = uv_buf_init((char*)kAnswer, sizeof(kAnswer) - 1);
    uv_try_write(stream, &answer, 1);
  }
}

int main(int argc, char** argv) {
  static const struct server http = {sizeof(struct http_connection), on_open, on_read};
  llhttp_settings_init(&settings);
  settings.on_message_complete = on_message_complete;
  return argc == 2 ? serve(&http, argv[1]) : 2;
}
