// What the limits share: a socket that listens on the loopback, and connections as libuv makes,
// reads and closes them.
#ifndef GYRE_TOOLS_BENCH_LIMIT_LISTENER_H_
#define GYRE_TOOLS_BENCH_LIMIT_LISTENER_H_

#include <stddef.h>
#include <uv.h>

// A server's own connection begins with this.
struct connection {
  uv_tcp_t tcp;
};

struct server {
  size_t connection_size;               // of the server's own struct, which is zeroed
  void (*on_open)(struct connection*);  // may be NULL
  uv_read_cb on_read;                   // its stream is the connection
};

// Serves until the process is killed; returns an exit code when it cannot.
int serve(const struct server* server, const char* port);

void close_connection(struct connection* connection);

#endif  // GYRE_TOOLS_BENCH_LIMIT_LISTENER_H_
