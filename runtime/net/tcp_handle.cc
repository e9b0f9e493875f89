#include "runtime/net/tcp_handle.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include "absl/log/check.h"
#include "absl/strings/str_cat.h"
#include "runtime/base/json_quote.h"
#include "runtime/loop/loop.h"
#include "runtime/net/address.h"
#include "runtime/net/connect_request.h"
#include "runtime/net/trigger_scope.h"

namespace gyre {
namespace {

template <class GetName>
v8::Local<v8::Value> NameToJs(Environment& env, const uv_tcp_t* tcp, GetName get_name) {
  sockaddr_storage address;
  int length = sizeof(address);
  const int error = get_name(tcp, reinterpret_cast<sockaddr*>(&address), &length);
  if (error != 0) return v8::Integer::New(env.isolate(), error);
  return AddressToJs(env, reinterpret_cast<sockaddr*>(&address));
}

}  // namespace

TcpHandle::TcpHandle(Environment& env, v8::Local<v8::Object> self, std::optional<bool> serves)
    : StreamHandle(env, self, reinterpret_cast<uv_stream_t*>(&tcp_),
                   serves.value_or(false) ? "TCPSERVERWRAP" : "TCPWRAP") {
  CHECK_EQ(uv_tcp_init(Loop::From(env).uv(), &tcp_), 0);
  Initialized(reinterpret_cast<uv_handle_t*>(&tcp_));
}

int32_t TcpHandle::Open(int32_t fd) { return uv_tcp_open(&tcp_, fd); }

int32_t TcpHandle::Bind(std::string address, int32_t port, uint32_t flags) {
  sockaddr_storage storage;
  const int error = ParseAddress(address, port, &storage);
  return error != 0 ? error : uv_tcp_bind(&tcp_, reinterpret_cast<sockaddr*>(&storage), flags);
}

int32_t TcpHandle::Connect(std::string address, int32_t port, v8::Local<v8::Function> callback) {
  sockaddr_storage storage;
  int error = ParseAddress(address, port, &storage);
  if (error != 0) return error;
  const TriggerScope trigger(env(), async());
  auto* request = new ConnectRequest(env(), callback, "TCPCONNECTWRAP");
  error = uv_tcp_connect(request->uv(), &tcp_, reinterpret_cast<sockaddr*>(&storage),
                         &ConnectRequest::OnDone);
  if (error != 0) {
    delete request;
  } else if (ConnectRequest::traced()) {
    std::string args = "\"ip\":";
    AppendJsonString(address, &args);
    request->Began(absl::StrCat(args, ",\"port\":", port));
  }
  return error;
}

int32_t TcpHandle::Reset(std::optional<v8::Local<v8::Function>> callback) {
  return CloseBy(callback, [](uv_handle_t* handle, uv_close_cb on_closed) {
    return uv_tcp_close_reset(reinterpret_cast<uv_tcp_t*>(handle), on_closed);
  });
}

int32_t TcpHandle::SetNoDelay(bool on) { return uv_tcp_nodelay(&tcp_, on); }

int32_t TcpHandle::SetKeepAlive(bool on, uint32_t delay_seconds, std::optional<int32_t> interval,
                                std::optional<int32_t> count) {
  const int error = uv_tcp_keepalive(&tcp_, on, delay_seconds);
  if (error != 0 || !on) return error;
  if (interval && *interval > 0 &&
      setsockopt(Fd(), IPPROTO_TCP, TCP_KEEPINTVL, &*interval, sizeof(int)) != 0)
    return -errno;
  if (count && *count > 0 && setsockopt(Fd(), IPPROTO_TCP, TCP_KEEPCNT, &*count, sizeof(int)) != 0)
    return -errno;
  return 0;
}

int32_t TcpHandle::SetTypeOfService(int32_t tos) {
  const int fd = Fd();
  if (fd < 0) return UV_EBADF;
  const int v4 = setsockopt(fd, IPPROTO_IP, IP_TOS, &tos, sizeof(tos));
  // A dual-stack socket has both; one of them is enough.
  const int v6 = setsockopt(fd, IPPROTO_IPV6, IPV6_TCLASS, &tos, sizeof(tos));
  return v4 == 0 || v6 == 0 ? 0 : -errno;
}

int32_t TcpHandle::GetTypeOfService() {
  const int fd = Fd();
  if (fd < 0) return UV_EBADF;
  int tos = 0;
  socklen_t size = sizeof(tos);
  sockaddr_storage address;
  int length = sizeof(address);
  const bool v6 = uv_tcp_getsockname(&tcp_, reinterpret_cast<sockaddr*>(&address), &length) == 0 &&
                  address.ss_family == AF_INET6;
  const int error = v6 ? getsockopt(fd, IPPROTO_IPV6, IPV6_TCLASS, &tos, &size)
                       : getsockopt(fd, IPPROTO_IP, IP_TOS, &tos, &size);
  return error == 0 ? tos : -errno;
}

v8::Local<v8::Value> TcpHandle::GetSockName() { return NameToJs(env(), &tcp_, uv_tcp_getsockname); }

v8::Local<v8::Value> TcpHandle::GetPeerName() { return NameToJs(env(), &tcp_, uv_tcp_getpeername); }

}  // namespace gyre
