// The client of the cluster scenario. http_client CONNECTIONS SECONDS PORT...
// The connections take turns with the ports; each sends a GET request and, when it is answered, the
// next one. wrk can only use one port. Prints {"requests": N, "p99Ms": X} as JSON.
#include <llhttp.h>
#include <stdlib.h>
#include <uv.h>

#include "tools/bench/client/client.h"

struct connection {
  uv_tcp_t tcp;
  uv_connect_t connect;
  uv_write_t write;
  llhttp_t parser;
  uint64_t sent_ns;
};

static const char kRequest[] = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
static char buffer[65536];
static llhttp_settings_t settings;

static void on_written(uv_write_t* write, int status) { check(status); }

static void send_request(struct connection* c) {
  c->sent_ns = uv_hrtime();
  uv_buf_t buf = uv_buf_init((char*)kRequest, sizeof(kRequest) - 1);
  int written = uv_try_write((uv_stream_t*)&c->tcp, &buf, 1);
  if (written == (int)buf.len) return;
  if (written > 0) buf = uv_buf_init(buf.base + written, buf.len - written);
  check(uv_write(&c->write, (uv_stream_t*)&c->tcp, &buf, 1, on_written));
}

static int on_answered(llhttp_t* parser) {
  struct connection* c = parser->data;
  if (parser->status_code != 200) check(UV_EPROTO);
  count_round_trip(c->sent_ns);
  send_request(c);
  return 0;
}

static void on_alloc(uv_handle_t* handle, size_t size, uv_buf_t* buf) {
  *buf = uv_buf_init(buffer, sizeof(buffer));
}

static void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buf) {
  check(size);
  struct connection* c = (struct connection*)stream;
  if (llhttp_execute(&c->parser, buf->base, size) != HPE_OK) check(UV_EPROTO);
}

static void on_connected(uv_connect_t* connect, int status) {
  check(status);
  struct connection* c = (struct connection*)connect->handle;
  check(uv_read_start((uv_stream_t*)&c->tcp, on_alloc, on_read));
  send_request(c);
}

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  llhttp_settings_init(&settings);
  settings.on_message_complete = on_answered;
  for (int i = 0; i < atoi(argv[1]); i++) {
    struct connection* c = allocate(sizeof(*c));
    llhttp_init(&c->parser, HTTP_RESPONSE, &settings);
    c->parser.data = c;
    connect_to(&c->tcp, &c->connect, argv[3 + i % (argc - 3)], on_connected);
  }
  return run_for(argv[2], "requests");
}
