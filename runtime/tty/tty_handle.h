#ifndef GYRE_TTY_TTY_HANDLE_H_
#define GYRE_TTY_TTY_HANDLE_H_

#include <cstdint>

#include "runtime/net/stream_handle.h"

namespace gyre {

// A terminal. JS: new TTY(fd), everything of StreamHandle, and
//   initError       0, or why the terminal could not be opened (the object is then of no use)
//   getWindowSize() [columns, rows] or errno          setMode(mode): a uv_tty_mode_t; 0 or errno
class TtyHandle final : public StreamHandle {
 public:
  TtyHandle(Environment& env, v8::Local<v8::Object> self, int32_t fd);

  int32_t InitError() const { return init_error_; }
  v8::Local<v8::Value> GetWindowSize();
  int32_t SetMode(int32_t mode);

 private:
  uv_tty_t tty_;
  int init_error_;
};

}  // namespace gyre

#endif  // GYRE_TTY_TTY_HANDLE_H_
