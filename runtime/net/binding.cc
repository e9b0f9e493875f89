#include "runtime/net/binding.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <uv.h>

#include <cerrno>
#include <memory>
#include <string>

#include "absl/strings/ascii.h"
#include "runtime/net/pipe_handle.h"
#include "runtime/net/tcp_handle.h"

namespace gyre {
namespace {

// 4, 6, or 0 for what is no address. A zone (fe80::1%eth0) is part of an IPv6 address.
int32_t IsIp(std::string text) {
  unsigned char address[16];
  if (uv_inet_pton(AF_INET, text.c_str(), address) == 0) return 4;
  const size_t zone = text.find('%');
  if (zone != std::string::npos) {
    if (zone + 1 == text.size() || text.size() - zone > 17) return 0;
    for (size_t i = zone + 1; i < text.size(); i++) {
      const char c = text[i];
      if (!absl::ascii_isalnum(c) && c != '.' && c != '-' && c != ':') return 0;
    }
    text.resize(zone);
  }
  return uv_inet_pton(AF_INET6, text.c_str(), address) == 0 ? 6 : 0;
}

// 'pipe', 'tcp', 'tty', 'file', 'udp' or 'unknown'.
std::string GuessHandleType(int32_t fd) {
  switch (uv_guess_handle(fd)) {
    case UV_TCP:
      return "tcp";
    case UV_TTY:
      return "tty";
    case UV_UDP:
      return "udp";
    case UV_FILE:
      return "file";
    case UV_NAMED_PIPE:
      return "pipe";
    default:
      return "unknown";
  }
}

// A descriptor more for the same socket, or a uv error.
int32_t Duplicate(int32_t fd) {
  const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  return copy < 0 ? -errno : copy;
}

// A socket that serves another request from here on is another resource for async_hooks. Its
// context is made anew in the place of the one before, which others refer to.
void RenewAsyncContext(Environment& env, v8::Local<v8::Object> object,
                       v8::Local<v8::Object> resource) {
  auto* handle = Unwrap<Handle>(object);
  if (handle == nullptr) return;
  auto& context = const_cast<AsyncContext&>(handle->async());
  std::destroy_at(&context);
  std::construct_at(&context, env, handle->type(), resource);
}

}  // namespace

void InitNet(BindingBuilder& b) {
  b.Function<IsIp>("isIP");
  b.Function<GuessHandleType>("guessHandleType");
  b.Function<Duplicate>("duplicate");
  b.Function<RenewAsyncContext>("renewAsyncContext");
  b.Class<TcpHandle>("TCP")
      .Constructor<std::optional<bool>>()
      .Inherits<StreamHandle>()
      .Method<&TcpHandle::Open>("open")
      .Method<&TcpHandle::Bind>("bind")
      .Method<&TcpHandle::Connect>("connect")
      .Method<&TcpHandle::Reset>("reset")
      .Method<&TcpHandle::SetNoDelay>("setNoDelay")
      .Method<&TcpHandle::SetKeepAlive>("setKeepAlive")
      .Method<&TcpHandle::SetTypeOfService>("setTypeOfService")
      .Method<&TcpHandle::GetTypeOfService>("getTypeOfService")
      .Method<&TcpHandle::GetSockName>("getsockname")
      .Method<&TcpHandle::GetPeerName>("getpeername");
  b.Class<PipeHandle>("Pipe")
      .Constructor<bool, std::optional<bool>>()
      .Inherits<StreamHandle>()
      .Method<&PipeHandle::Open>("open")
      .Method<&PipeHandle::Bind>("bind")
      .Method<&PipeHandle::Connect>("connect")
      .Method<&PipeHandle::Fchmod>("fchmod")
      .Method<&PipeHandle::PendingCount>("pendingCount")
      .Method<&PipeHandle::PendingType>("pendingType")
      .Method<&PipeHandle::GetSockName>("getsockname")
      .Method<&PipeHandle::GetPeerName>("getpeername");
  b.Constant("UV_EIO", UV_EIO);
  b.Constant("UV_ENOTSUP", UV_ENOTSUP);
  b.Constant("UV_EOF", UV_EOF);
  b.Constant("UV_EADDRINUSE", UV_EADDRINUSE);
  b.Constant("UV_EBADF", UV_EBADF);
  b.Constant("UV_ECANCELED", UV_ECANCELED);
  b.Constant("UV_EINVAL", UV_EINVAL);
  b.Constant("UV_ENOTCONN", UV_ENOTCONN);
  b.Constant("UV_ENOTSOCK", UV_ENOTSOCK);
  b.Constant("UV_ETIMEDOUT", UV_ETIMEDOUT);
  b.Constant("UV_TCP_IPV6ONLY", UV_TCP_IPV6ONLY);
  b.Constant("UV_TCP_REUSEPORT", UV_TCP_REUSEPORT);
  b.Constant("UV_READABLE", UV_READABLE);
  b.Constant("UV_WRITABLE", UV_WRITABLE);
  b.Constant("kPendingNone", PipeHandle::kNone);
  b.Constant("kPendingTcp", PipeHandle::kTcp);
  b.Constant("kPendingPipe", PipeHandle::kPipe);
  b.Constant("kPendingUdp", PipeHandle::kUdp);
}

}  // namespace gyre
