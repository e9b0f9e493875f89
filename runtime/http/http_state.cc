#include "runtime/http/http_state.h"

#include <algorithm>

#include "runtime/http/http_connection.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"

namespace gyre {

v8::Local<v8::String> RepeatedString::Get(v8::Isolate* isolate, std::string_view bytes) {
  if (!string_.IsEmpty() && bytes == bytes_) return string_.Get(isolate);
  v8::Local<v8::String> string =
      v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(bytes.data()),
                                 v8::NewStringType::kNormal, static_cast<int>(bytes.size()))
          .ToLocalChecked();
  bytes_.assign(bytes);
  string_.Reset(isolate, string);
  return string;
}

HttpState::HttpState(Environment& env) : env_(env) {
  // The loop is made before, so that it is destroyed after the timer was given to it to close.
  uv_loop_t* loop = Loop::From(env).uv();
  timer_ = new uv_timer_t;
  uv_timer_init(loop, timer_);
  timer_->data = this;
  uv_unref(reinterpret_cast<uv_handle_t*>(timer_));
}

HttpState::~HttpState() {
  // The tear-down of an environment closes all handles of its loop, and waits until they are
  // closed.
  if (uv_is_closing(reinterpret_cast<uv_handle_t*>(timer_))) {
    delete timer_;
    return;
  }
  uv_close(reinterpret_cast<uv_handle_t*>(timer_),
           [](uv_handle_t* handle) { delete reinterpret_cast<uv_timer_t*>(handle); });
}

void HttpState::AddIdle(HttpConnection* connection) {
  connection->idle_next = first_idle_;
  connection->idle_previous = nullptr;
  if (first_idle_ != nullptr) first_idle_->idle_previous = connection;
  first_idle_ = connection;
  connection->idle = true;
  Arm(connection->idle_deadline, connection->idle_timeout / 8);
}

void HttpState::RemoveIdle(HttpConnection* connection) {
  if (connection->idle_previous != nullptr) {
    connection->idle_previous->idle_next = connection->idle_next;
  } else {
    first_idle_ = connection->idle_next;
  }
  if (connection->idle_next != nullptr)
    connection->idle_next->idle_previous = connection->idle_previous;
  connection->idle = false;
}

void HttpState::Arm(uint64_t deadline, uint64_t slack) {
  deadline += slack;
  if (armed_for_ != 0 && armed_for_ <= deadline) return;
  armed_for_ = deadline;
  const uint64_t now = uv_now(timer_->loop);
  uv_timer_start(
      timer_, [](uv_timer_t* timer) { static_cast<HttpState*>(timer->data)->CloseExpired(); },
      deadline > now ? deadline - now : 1, 0);
}

void HttpState::CloseExpired() {
  armed_for_ = 0;
  const uint64_t now = uv_now(timer_->loop);
  HttpConnection* next = nullptr;
  uint64_t deadline = UINT64_MAX;
  uint64_t slack = 0;
  for (HttpConnection* connection = first_idle_; connection != nullptr; connection = next) {
    next = connection->idle_next;
    if (connection->idle_deadline <= now) {
      RemoveIdle(connection);
      expired_.push_back(connection);
    } else if (connection->idle_deadline < deadline) {
      deadline = connection->idle_deadline;
      slack = connection->idle_timeout / 8;
    }
  }
  if (deadline != UINT64_MAX) Arm(deadline, slack);
  // JavaScript may close any connection meanwhile, this one or another; none is freed before the
  // loop turns.
  for (HttpConnection* connection : expired_) connection->OnIdleTimeout();
  expired_.clear();
}

}  // namespace gyre
