#include "runtime/dgram/binding.h"

#include <uv.h>

#include "runtime/dgram/udp_handle.h"

namespace gyre {

void InitDgram(BindingBuilder& b) {
  b.Class<UdpHandle>("UDP")
      .Constructor<>()
      .Inherits<Handle>()
      .Method<&UdpHandle::Open>("open")
      .Method<&UdpHandle::Bind>("bind")
      .Method<&UdpHandle::Connect>("connect")
      .Method<&UdpHandle::Disconnect>("disconnect")
      .Method<&UdpHandle::Send>("send")
      .Method<&UdpHandle::RecvStart>("recvStart")
      .Method<&UdpHandle::RecvStop>("recvStop")
      .Method<&UdpHandle::GetSockName>("getsockname")
      .Method<&UdpHandle::GetPeerName>("getpeername")
      .Method<&UdpHandle::SetBroadcast>("setBroadcast")
      .Method<&UdpHandle::SetTtl>("setTTL")
      .Method<&UdpHandle::SetMulticastTtl>("setMulticastTTL")
      .Method<&UdpHandle::SetMulticastLoopback>("setMulticastLoopback")
      .Method<&UdpHandle::SetMulticastInterface>("setMulticastInterface")
      .Method<&UdpHandle::SetMembership>("setMembership")
      .Method<&UdpHandle::SetSourceMembership>("setSourceMembership")
      .Method<&UdpHandle::BufferSize>("bufferSize")
      .Method<&UdpHandle::SendQueueSize>("getSendQueueSize")
      .Method<&UdpHandle::SendQueueCount>("getSendQueueCount")
      .Getter<&UdpHandle::Fd>("fd");
  b.Constant("UV_UDP_IPV6ONLY", UV_UDP_IPV6ONLY);
  b.Constant("UV_UDP_REUSEADDR", UV_UDP_REUSEADDR);
  b.Constant("UV_UDP_REUSEPORT", UV_UDP_REUSEPORT);
  b.Constant("UV_EAFNOSUPPORT", UV_EAFNOSUPPORT);
}

}  // namespace gyre
