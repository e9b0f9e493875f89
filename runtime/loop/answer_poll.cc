#include "runtime/loop/answer_poll.h"

#include <poll.h>

#include "absl/log/check.h"
#include "runtime/loop/loop.h"

namespace gyre {

AnswerPoll::AnswerPoll(Environment& env) {
  CHECK_EQ(uv_prepare_init(Loop::From(env).uv(), &prepare_), 0);
  prepare_.data = this;
  uv_unref(reinterpret_cast<uv_handle_t*>(&prepare_));
}

void AnswerPoll::Expect() {
  if (uv_is_closing(reinterpret_cast<uv_handle_t*>(&prepare_)) || !credit_.Try()) return;
  uv_prepare_start(&prepare_, [](uv_prepare_t* prepare) {
    uv_prepare_stop(prepare);
    static_cast<AnswerPoll*>(prepare->data)->Poll();
  });
}

void AnswerPoll::Poll() {
  // With something due the loop does not sleep.
  if (uv_backend_timeout(prepare_.loop) == 0) return;
  pollfd events = {uv_backend_fd(prepare_.loop), POLLIN, 0};
  const uint64_t deadline = uv_hrtime() + kAnswerPollNs;
  bool came;
  do {
    came = poll(&events, 1, 0) > 0;
  } while (!came && uv_hrtime() < deadline);
  credit_.Record(came);
}

}  // namespace gyre
