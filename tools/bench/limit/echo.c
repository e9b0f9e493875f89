// The limit of the TCP echo scenario: libuv and nothing else. echo PORT
#include "tools/bench/limit/listener.h"

static void on_read(uv_stream_t* stream, ssize_t size, const uv_buf_t* buf) {
  uv_buf_t back = uv_buf_init(buf->base, size > 0 ? size : 0);
  // What a loopback socket does not take at once does not happen with messages this small.
  if (size < 0 || (size > 0 && uv_try_write(stream, &back, 1) != size))
    close_connection((struct connection*)stream);
}

int main(int argc, char** argv) {
  static const struct server echo = {sizeof(struct connection), NULL, on_read};
  return argc == 2 ? serve(&echo, argv[1]) : 2;
}
