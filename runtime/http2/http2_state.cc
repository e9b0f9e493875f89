#include "runtime/http2/http2_state.h"

#include <algorithm>
#include <utility>

#include "runtime/http2/session.h"
#include "runtime/loop/loop.h"

namespace gyre {

// The check handle flushes after the poll phase; the idle handle keeps the poll phase from waiting.
struct Http2State::Watchers {
  uv_check_t check;
  uv_idle_t idle;
  int open = 2;

  static void Closed(uv_handle_t* handle) {
    auto* watchers = static_cast<Watchers*>(handle->data);
    if (--watchers->open == 0) delete watchers;
  }
};

Http2State::Http2State(Environment& env) : env_(env), watchers_(new Watchers) {
  // The loop is made before, so that it is destroyed after the watchers were given to it to close.
  uv_loop_t* loop = Loop::From(env).uv();
  uv_check_init(loop, &watchers_->check);
  uv_idle_init(loop, &watchers_->idle);
  watchers_->check.data = this;
}

Http2State::~Http2State() {
  // The tear-down of an environment closes all handles of its loop, and waits until they are
  // closed.
  if (uv_is_closing(reinterpret_cast<uv_handle_t*>(&watchers_->check))) {
    delete watchers_;
    return;
  }
  for (uv_handle_t* handle : {reinterpret_cast<uv_handle_t*>(&watchers_->check),
                              reinterpret_cast<uv_handle_t*>(&watchers_->idle)}) {
    handle->data = watchers_;
    uv_close(handle, &Watchers::Closed);
  }
}

void Http2State::Schedule(Http2Session* session) {
  if (session->scheduled) return;
  session->scheduled = true;
  if (scheduled_.empty()) {
    uv_check_start(&watchers_->check, [](uv_check_t* check) {
      static_cast<Http2State*>(check->data)->FlushScheduled();
    });
    uv_idle_start(&watchers_->idle, [](uv_idle_t*) {});
  }
  scheduled_.push_back(session);
}

void Http2State::Unschedule(Http2Session* session) {
  session->scheduled = false;
  std::replace(scheduled_.begin(), scheduled_.end(), session, static_cast<Http2Session*>(nullptr));
  std::replace(flushing_.begin(), flushing_.end(), session, static_cast<Http2Session*>(nullptr));
}

void Http2State::FlushScheduled() {
  uv_check_stop(&watchers_->check);
  uv_idle_stop(&watchers_->idle);
  flushing_ = std::exchange(scheduled_, {});
  // By index: JavaScript may destroy sessions, which leave the list then.
  for (size_t i = 0; i < flushing_.size(); i++) {
    Http2Session* session = flushing_[i];
    if (session == nullptr) continue;
    session->scheduled = false;
    session->Flush();
  }
  flushing_.clear();
}

std::unique_ptr<ByteBuffer> Http2State::TakeBuffer() {
  return spare_ != nullptr ? std::move(spare_) : std::make_unique<ByteBuffer>();
}

void Http2State::GiveBuffer(std::unique_ptr<ByteBuffer> buffer) {
  buffer->Clear();
  spare_ = std::move(buffer);
}

}  // namespace gyre
