// The client of the TCP echo scenario. echo_client PORT CONNECTIONS BYTES SECONDS
// Each connection sends BYTES and waits until they are back. Prints {"roundTrips": N, "p99Ms": X} as JSON.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { kMaxSamples = 1 << 22 };

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
static unsigned* samples_ns;
static size_t sample_count;

static void check(int status) {
  if (status >= 0) return;
  fprintf(stderr, "echo_client: %s\n", uv_strerror(status));
  exit(1);
}

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
  if (sample_count < kMaxSamples) samples_ns[sample_count++] = (unsigned)(uv_hrtime() - c->sent_ns);
  send_message(c);
}

static void on_connected(uv_connect_t* connect, int status) {
  check(status);
  struct connection* c = (struct connection*)connect->handle;
  uv_tcp_nodelay(&c->tcp, 1);
  check(uv_read_start((uv_stream_t*)&c->tcp, on_alloc, on_read));
  send_message(c);
}

static int compare(const void* a, const void* b) {
  unsigned x = *(const unsigned*)a, y = *(const unsigned*)b;
  return x < y ? -1 : x > y;
}

static void on_time(uv_timer_t* timer) {
  qsort(samples_ns, sample_count, sizeof(*samples_ns), compare);
  double p99_ms = sample_count == 0 ? 0 : samples_ns[sample_count * 99 / 100] / 1e6;
  printf("{\"roundTrips\": %zu, \"p99Ms\": %.3f}\n", sample_count, p99_ms);
  fflush(stdout);
  exit(0);
}

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  message_bytes = strtoul(argv[3], NULL, 10);
  message = malloc(message_bytes);
  samples_ns = malloc(kMaxSamples * sizeof(*samples_ns));
  if (message == NULL || samples_ns == NULL) abort();
  memset(message, 'x', message_bytes);
  struct sockaddr_in address;
  check(uv_ip4_addr("127.0.0.1", atoi(argv[1]), &address));
  for (int i = atoi(argv[2]); i > 0; i--) {
    struct connection* c = calloc(1, sizeof(*c));
    if (c == NULL) abort();
    check(uv_tcp_init(uv_default_loop(), &c->tcp));
    check(uv_tcp_connect(&c->connect, &c->tcp, (struct sockaddr*)&address, on_connected));
  }
  uv_timer_t timer;
  uv_timer_init(uv_default_loop(), &timer);
  uv_timer_start(&timer, on_time, strtoul(argv[4], NULL, 10) * 1000, 0);
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
