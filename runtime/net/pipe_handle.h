#ifndef GYRE_NET_PIPE_HANDLE_H_
#define GYRE_NET_PIPE_HANDLE_H_

#include <cstdint>
#include <string>

#include "runtime/net/stream_handle.h"

namespace gyre {

// A pipe or Unix socket. JS: new Pipe(ipc), everything of StreamHandle, and
//   open(fd) bind(path) connect(path, callback) fchmod(mode) getsockname() getpeername() (strings
//   or errno) pendingCount() pendingType(): handles that came with the last read of an IPC pipe, to
//   be taken with accept(new TCP()) and so on; onread's third argument is pendingType() too.
class PipeHandle final : public StreamHandle {
 public:
  // Values of pendingType(), exported to JS as the binding's constants.
  enum Pending : int32_t { kNone = 0, kTcp = 1, kPipe = 2, kUdp = 3, kUnknown = 4 };

  // `serves`: it will listen, which only async_hooks wants to know.
  PipeHandle(Environment& env, v8::Local<v8::Object> self, bool ipc, std::optional<bool> serves);

  uv_pipe_t* pipe() { return &pipe_; }
  int32_t Open(int32_t fd);
  int32_t Bind(std::string path);
  int32_t Connect(std::string path, v8::Local<v8::Function> callback);
  int32_t Fchmod(int32_t mode);
  int32_t PendingCount();
  int32_t PendingType() override;
  // For C++: a descriptor that came over the pipe in a read of the caller's own is pending like
  // those that libuv reads; none may be pending.
  void SetPending(int fd);
  v8::Local<v8::Value> GetSockName();
  v8::Local<v8::Value> GetPeerName();

 private:
  const char* ClientClass() const override { return "Pipe"; }

  uv_pipe_t pipe_;
};

}  // namespace gyre

#endif  // GYRE_NET_PIPE_HANDLE_H_
