#include "runtime/fs/watchers.h"

#include <cstring>
#include <span>

#include "absl/log/check.h"
#include "runtime/fs/path_access.h"
#include "runtime/fs/stat_buffers.h"
#include "runtime/glue/convert.h"

namespace gyre::fs {

FsEvent::FsEvent(Environment& env, v8::Local<v8::Object> self) : Handle(env, self, "FSEVENTWRAP") {
  CHECK_EQ(uv_fs_event_init(Loop::From(env).uv(), &event_), 0);
  event_.data = this;
  Initialized(reinterpret_cast<uv_handle_t*>(&event_));
}

absl::StatusOr<int32_t> FsEvent::Start(std::string path, bool persistent) {
  if (absl::Status access = CheckRead(env(), path); !access.ok()) return access;
  if (!persistent) Unref();
  return uv_fs_event_start(&event_, OnEvent, path.c_str(), 0);
}

void FsEvent::OnEvent(uv_fs_event_t* handle, const char* filename, int events, int status) {
  static_cast<FsEvent*>(handle->data)->Emit(filename, events, status);
}

void FsEvent::Emit(const char* filename, int events, int status) {
  v8::HandleScope scope(isolate());
  v8::Context::Scope context_scope(env().context());
  v8::Local<v8::Value> event = v8::Undefined(isolate());
  if (status == 0) {
    event = (events & UV_RENAME) != 0 ? env().Intern("rename") : env().Intern("change");
  }
  v8::Local<v8::Value> name = v8::Null(isolate());
  if (filename != nullptr) {
    name = CopyToUint8Array(
        env(), std::span(reinterpret_cast<const uint8_t*>(filename), strlen(filename)));
  }
  v8::Local<v8::Value> args[] = {v8::Integer::New(isolate(), status), event, name};
  MakeCallback(env().Intern("onchange"), 3, args);
}

StatWatcher::StatWatcher(Environment& env, v8::Local<v8::Object> self)
    : Handle(env, self, "STATWATCHER") {
  CHECK_EQ(uv_fs_poll_init(Loop::From(env).uv(), &poll_), 0);
  poll_.data = this;
  Initialized(reinterpret_cast<uv_handle_t*>(&poll_));
}

absl::StatusOr<int32_t> StatWatcher::Start(std::string path, uint32_t interval_ms) {
  if (absl::Status access = CheckRead(env(), path); !access.ok()) return access;
  return uv_fs_poll_start(&poll_, OnPoll, path.c_str(), interval_ms);
}

void StatWatcher::OnPoll(uv_fs_poll_t* handle, int status, const uv_stat_t* previous,
                         const uv_stat_t* current) {
  auto* self = static_cast<StatWatcher*>(handle->data);
  v8::HandleScope scope(self->isolate());
  v8::Context::Scope context_scope(self->env().context());
  auto& buffers = self->env().State<StatBuffers>();
  buffers.Fill(*current);
  buffers.Fill(*previous, StatBuffers::kFieldCount);
  v8::Local<v8::Value> args[] = {v8::Integer::New(self->isolate(), status)};
  self->MakeCallback(self->env().Intern("onchange"), 1, args);
}

}  // namespace gyre::fs
