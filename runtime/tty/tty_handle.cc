#include "runtime/tty/tty_handle.h"

#include <csignal>

#include "runtime/loop/loop.h"

namespace gyre {
namespace {

// A process that is interrupted must not leave its terminal in raw mode; RunProcess resets it when
// a process ends by itself.
void ResetAndDie(int signal_number) {
  uv_tty_reset_mode();
  raise(signal_number);  // SA_RESETHAND: now it ends the process
}

void ResetWhenSignalled() {
  for (int signal_number : {SIGINT, SIGTERM}) {
    struct sigaction current;
    if (sigaction(signal_number, nullptr, &current) != 0 || current.sa_handler != SIG_DFL) continue;
    struct sigaction action = {};
    action.sa_handler = ResetAndDie;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(signal_number, &action, nullptr);
  }
}

}  // namespace

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

int32_t TtyHandle::SetMode(int32_t mode) {
  if (mode != UV_TTY_MODE_NORMAL) ResetWhenSignalled();
  return uv_tty_set_mode(&tty_, static_cast<uv_tty_mode_t>(mode));
}

}  // namespace gyre
