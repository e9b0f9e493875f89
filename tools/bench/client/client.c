#include "tools/bench/client/client.h"

#include <stdio.h>
#include <stdlib.h>

enum { kMaxSamples = 1 << 22 };

static unsigned* samples_ns;
static size_t round_trips;
static const char* count_name;

void check(int status) {
  if (status >= 0) return;
  fprintf(stderr, "client: %s\n", uv_strerror(status));
  exit(1);
}

void* allocate(size_t size) {
  void* memory = calloc(1, size);
  if (memory == NULL) check(UV_ENOMEM);
  return memory;
}

void connect_to(uv_tcp_t* tcp, uv_connect_t* connect, const char* port,
                uv_connect_cb on_connected) {
  struct sockaddr_in address;
  check(uv_ip4_addr("127.0.0.1", atoi(port), &address));
  check(uv_tcp_init(uv_default_loop(), tcp));
  check(uv_tcp_connect(connect, tcp, (struct sockaddr*)&address, on_connected));
}

void count_round_trip(uint64_t began_ns) {
  if (samples_ns == NULL) samples_ns = allocate(kMaxSamples * sizeof(*samples_ns));
  // The latest are kept.
  samples_ns[round_trips++ % kMaxSamples] = (unsigned)(uv_hrtime() - began_ns);
}

static int compare(const void* a, const void* b) {
  unsigned x = *(const unsigned*)a, y = *(const unsigned*)b;
  return x < y ? -1 : x > y;
}

static void on_time(uv_timer_t* timer) {
  size_t samples = round_trips < kMaxSamples ? round_trips : kMaxSamples;
  double p99_ms = 0;
  if (samples > 0) {
    qsort(samples_ns, samples, sizeof(*samples_ns), compare);
    p99_ms = samples_ns[samples * 99 / 100] / 1e6;
  }
  printf("{\"%s\": %zu, \"p99Ms\": %.3f}\n", count_name, round_trips, p99_ms);
  fflush(stdout);
  exit(0);
}

int run_for(const char* seconds, const char* name) {
  count_name = name;
  uv_timer_t timer;
  uv_timer_init(uv_default_loop(), &timer);
  uv_timer_start(&timer, on_time, strtoul(seconds, NULL, 10) * 1000, 0);
  return uv_run(uv_default_loop(), UV_RUN_DEFAULT);
}
