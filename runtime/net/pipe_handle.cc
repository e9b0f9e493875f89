#include "runtime/net/pipe_handle.h"

#include <sys/socket.h>
#include <sys/stat.h>

#include "absl/log/check.h"
#include "runtime/base/json_quote.h"
#include "runtime/loop/loop.h"
#include "runtime/net/connect_request.h"
#include "runtime/net/trigger_scope.h"

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
  const TriggerScope trigger(env(), async());
  auto* request = new ConnectRequest(env(), callback, "PIPECONNECTWRAP");
  const int error = uv_pipe_connect2(request->uv(), &pipe_, path.data(), path.size(),
                                     UV_PIPE_NO_TRUNCATE, &ConnectRequest::OnDone);
  if (error != 0) {
    delete request;
  } else if (ConnectRequest::traced()) {
    const bool is_abstract = path.starts_with('\0');
    std::string args = is_abstract ? "\"path_type\":\"abstract socket\",\"pipe_path\":"
                                   : "\"path_type\":\"file\",\"pipe_path\":";
    AppendJsonString(is_abstract ? path.substr(1) : path, &args);
    request->Began(args);
  }
  return error;
}

int32_t PipeHandle::Fchmod(int32_t mode) { return uv_pipe_chmod(&pipe_, mode); }

int32_t PipeHandle::PendingCount() { return uv_pipe_pending_count(&pipe_); }

// What uv_pipe_pending_type() finds out with twice as many system calls.
int32_t PipeHandle::PendingType() {
  if (pipe_.ipc == 0 || pipe_.accepted_fd == -1) return kNone;
  int type;
  int domain;
  socklen_t size = sizeof(type);
  if (getsockopt(pipe_.accepted_fd, SOL_SOCKET, SO_TYPE, &type, &size) != 0) {
    struct stat status;
    const bool is_fifo = fstat(pipe_.accepted_fd, &status) == 0 && S_ISFIFO(status.st_mode);
    return is_fifo ? kPipe : kUnknown;
  }
  size = sizeof(domain);
  if (getsockopt(pipe_.accepted_fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) != 0) return kUnknown;
  const bool is_internet = domain == AF_INET || domain == AF_INET6;
  if (type == SOCK_STREAM && is_internet) return kTcp;
  if (type == SOCK_STREAM && domain == AF_UNIX) return kPipe;
  return type == SOCK_DGRAM && is_internet ? kUdp : kUnknown;
}

void PipeHandle::SetPending(int fd) {
  CHECK_EQ(pipe_.accepted_fd, -1);
  pipe_.accepted_fd = fd;
}

v8::Local<v8::Value> PipeHandle::GetSockName() {
  return NameToJs(env(), &pipe_, uv_pipe_getsockname);
}

v8::Local<v8::Value> PipeHandle::GetPeerName() {
  return NameToJs(env(), &pipe_, uv_pipe_getpeername);
}

}  // namespace gyre
