#include "runtime/child_process/process_handle.h"

#include <vector>

#include "absl/log/check.h"
#include "runtime/glue/convert.h"
#include "runtime/loop/loop.h"

namespace gyre {
namespace {

std::vector<uv_stdio_container_t> ToStdio(Environment& env, v8::Local<v8::Array> flat) {
  std::vector<uv_stdio_container_t> stdio(flat->Length() / 2);
  for (size_t i = 0; i < stdio.size(); i++) {
    const int32_t kind = FromV8<int32_t>(env, flat->Get(env.context(), 2 * i).ToLocalChecked());
    v8::Local<v8::Value> value = flat->Get(env.context(), 2 * i + 1).ToLocalChecked();
    switch (kind) {
      case ProcessHandle::kIgnore:
        stdio[i].flags = UV_IGNORE;
        break;
      case ProcessHandle::kPipe:
        // Both ways, whatever the number: that is what the other end of a socket pair can do.
        stdio[i].flags =
            static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE);
        stdio[i].data.stream = reinterpret_cast<uv_stream_t*>(Unwrap<Handle>(value)->uv());
        break;
      case ProcessHandle::kStream:
        stdio[i].flags = UV_INHERIT_STREAM;
        stdio[i].data.stream = reinterpret_cast<uv_stream_t*>(Unwrap<Handle>(value)->uv());
        break;
      case ProcessHandle::kFd:
        stdio[i].flags = UV_INHERIT_FD;
        stdio[i].data.fd = FromV8<int32_t>(env, value);
        break;
      default:
        CHECK(false) << "stdio kind " << kind;
    }
  }
  return stdio;
}

}  // namespace

ProcessHandle::ProcessHandle(Environment& env, v8::Local<v8::Object> self)
    : Handle(env, self, "PROCESSWRAP") {}

void ProcessHandle::Spawn(const v8::FunctionCallbackInfo<v8::Value>& info) {
  CHECK_EQ(info.Length(), 8);
  SpawnOptions options;
  options.file = FromV8<std::string>(env(), info[0]);
  options.args = FromV8<std::vector<std::string>>(env(), info[1]);
  options.env = FromV8<std::optional<std::vector<std::string>>>(env(), info[2]);
  options.cwd = FromV8<std::optional<std::string>>(env(), info[3]);
  options.uid = FromV8<std::optional<int32_t>>(env(), info[4]);
  options.gid = FromV8<std::optional<int32_t>>(env(), info[5]);
  options.detached = FromV8<bool>(env(), info[6]);
  std::vector<uv_stdio_container_t> stdio =
      ToStdio(env(), FromV8<v8::Local<v8::Array>>(env(), info[7]));
  uv_process_options_t uv_options = options.ToUv(stdio, OnExit);
  process_.data = this;
  const int error = uv_spawn(Loop::From(env()).uv(), &process_, &uv_options);
  // uv_spawn initialises the handle even when it fails: it must be closed either way.
  Initialized(reinterpret_cast<uv_handle_t*>(&process_));
  info.GetReturnValue().Set(error);
}

int32_t ProcessHandle::Kill(int32_t signal) {
  if (!initialized()) return UV_ESRCH;
  return uv_process_kill(&process_, signal);
}

void ProcessHandle::OnExit(uv_process_t* process, int64_t status, int signal) {
  auto* self = static_cast<ProcessHandle*>(process->data);
  v8::HandleScope scope(self->isolate());
  v8::Context::Scope context(self->env().context());
  v8::Local<v8::Value> args[] = {v8::Number::New(self->isolate(), static_cast<double>(status)),
                                 v8::Integer::New(self->isolate(), signal)};
  self->MakeCallback(self->env().Intern("onexit"), 2, args);
}

}  // namespace gyre
