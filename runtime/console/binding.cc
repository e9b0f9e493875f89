#include "runtime/console/binding.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace gyre {
namespace {

// Whether writing may go on after write() failed: at once, or when a descriptor that does not block
// has room again.
bool CanRetry(int32_t fd) {
  if (errno == EINTR) return true;
  if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
  pollfd waiting = {fd, POLLOUT, 0};
  return poll(&waiting, 1, -1) >= 0 || errno == EINTR;
}

// All of the text or, like a console whose errors nobody hears, as much as can be written.
void Write(int32_t fd, std::string text) {
  size_t done = 0;
  while (done < text.size()) {
    ssize_t written = write(fd, text.data() + done, text.size() - done);
    if (written >= 0) {
      done += static_cast<size_t>(written);
    } else if (!CanRetry(fd)) {
      return;
    }
  }
}

}  // namespace

void InitConsole(BindingBuilder& b) { b.Function<Write>("write"); }

}  // namespace gyre
