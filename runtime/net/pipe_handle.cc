#include "runtime/net/pipe_handle.h"

#include "absl/log/check.h"
#include "runtime/loop/loop.h"
#include "runtime/net/connect_request.h"

namespace gyre {
namespace {

template <class GetName>
v8::Local<v8::Value> NameToJs(Environment& env, const uv_pipe_t* pipe, GetName get_name) {
  char path[256];
  size_t length = sizeof(path);
  const int error = get_name(pipe, path, &length);
  if (error != 0) return v8::Integer::New(env.isolate(), error);
  return v8::String::NewFromUtf8(env.isolate(), path, v8::NewStringType::kNormal,
                                 static_cast<int>(length))
      .ToLocalChecked();
}

}  // namespace

PipeHandle::PipeHandle(Environment& env, v8::Local<v8::Object> self, bool ipc,
                       std::optional<bool> serves)
    : StreamHandle(env, self, reinterpret_cast<uv_stream_t*>(&pipe_),
                   serves.value_or(false) ? "PIPESERVERWRAP" : "PIPEWRAP") {
  CHECK_EQ(uv_pipe_init(Loop::From(env).uv(), &pipe_, ipc), 0);
  Initialized(reinterpret_cast<uv_handle_t*>(&pipe_));
}

int32_t PipeHandle::Open(int32_t fd) { return uv_pipe_open(&pipe_, fd); }

// The length-taking calls accept Linux's abstract names, which start with a NUL.
int32_t PipeHandle::Bind(std::string path) {
  return uv_pipe_bind2(&pipe_, path.data(), path.size(), UV_PIPE_NO_TRUNCATE);
}

int32_t PipeHandle::Connect(std::string path, v8::Local<v8::Function> callback) {
  auto* request = new ConnectRequest(env(), callback, "PIPECONNECTWRAP");
  const int error = uv_pipe_connect2(request->uv(), &pipe_, path.data(), path.size(),
                                     UV_PIPE_NO_TRUNCATE, &ConnectRequest::OnDone);
  if (error != 0) delete request;
  return error;
}

int32_t PipeHandle::Fchmod(int32_t mode) { return uv_pipe_chmod(&pipe_, mode); }

int32_t PipeHandle::PendingCount() { return uv_pipe_pending_count(&pipe_); }

int32_t PipeHandle::PendingType() {
  if (pipe_.ipc == 0 || uv_pipe_pending_count(&pipe_) == 0) return kNone;
  switch (uv_pipe_pending_type(&pipe_)) {
    case UV_TCP:
      return kTcp;
    case UV_NAMED_PIPE:
      return kPipe;
    case UV_UDP:
      return kUdp;
    default:
      return kUnknown;
  }
}

v8::Local<v8::Value> PipeHandle::GetSockName() {
  return NameToJs(env(), &pipe_, uv_pipe_getsockname);
}

v8::Local<v8::Value> PipeHandle::GetPeerName() {
  return NameToJs(env(), &pipe_, uv_pipe_getpeername);
}

}  // namespace gyre
