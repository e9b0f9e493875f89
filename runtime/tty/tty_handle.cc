#include "runtime/tty/tty_handle.h"

#include "runtime/loop/loop.h"

namespace gyre {

TtyHandle::TtyHandle(Environment& env, v8::Local<v8::Object> self, int32_t fd)
    : StreamHandle(env, self, reinterpret_cast<uv_stream_t*>(&tty_), "TTYWRAP") {
  init_error_ = uv_tty_init(Loop::From(env).uv(), &tty_, fd, 0);
  if (init_error_ == 0) Initialized(reinterpret_cast<uv_handle_t*>(&tty_));
}

v8::Local<v8::Value> TtyHandle::GetWindowSize() {
  v8::Isolate* isolate = env().isolate();
  int width = 0;
  int height = 0;
  const int error = uv_tty_get_winsize(&tty_, &width, &height);
  if (error != 0) return v8::Integer::New(isolate, error);
  v8::Local<v8::Value> size[] = {v8::Integer::New(isolate, width),
                                 v8::Integer::New(isolate, height)};
  return v8::Array::New(isolate, size, 2);
}

int32_t TtyHandle::SetRawMode(bool raw) {
  return uv_tty_set_mode(&tty_, raw ? UV_TTY_MODE_RAW : UV_TTY_MODE_NORMAL);
}

}  // namespace gyre
