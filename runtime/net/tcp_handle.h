#ifndef GYRE_NET_TCP_HANDLE_H_
#define GYRE_NET_TCP_HANDLE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/net/stream_handle.h"

namespace gyre {

// A TCP socket, listening or connected. JS: new TCP(), everything of StreamHandle, and
//   open(fd) bind(address, port, flags) connect(address, port, callback) reset(callback)
//   setNoDelay(on) setKeepAlive(on, seconds, interval, count) setTypeOfService(tos)
//   getTypeOfService() getsockname() getpeername()   the last two: {address, family, port} or errno
class TcpHandle final : public StreamHandle {
 public:
  // `serves`: it will listen, which only async_hooks wants to know.
  TcpHandle(Environment& env, v8::Local<v8::Object> self, std::optional<bool> serves);

  int32_t Open(int32_t fd);
  int32_t Bind(std::string address, int32_t port, uint32_t flags);
  int32_t Connect(std::string address, int32_t port, v8::Local<v8::Function> callback);
  // Closes with RST; otherwise like close().
  int32_t Reset(std::optional<v8::Local<v8::Function>> callback);
  int32_t SetNoDelay(bool on);
  // interval (seconds) and count of the probes: libuv's when absent, the system's when 0.
  int32_t SetKeepAlive(bool on, uint32_t delay_seconds, std::optional<int32_t> interval,
                       std::optional<int32_t> count);
  int32_t SetTypeOfService(int32_t tos);
  int32_t GetTypeOfService();
  v8::Local<v8::Value> GetSockName();
  v8::Local<v8::Value> GetPeerName();

 private:
  const char* ClientClass() const override { return "TCP"; }

  uv_tcp_t tcp_;
};

}  // namespace gyre

#endif  // GYRE_NET_TCP_HANDLE_H_
