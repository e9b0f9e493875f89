#ifndef GYRE_DGRAM_UDP_HANDLE_H_
#define GYRE_DGRAM_UDP_HANDLE_H_

#include <uv.h>

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/glue/binding.h"
#include "runtime/loop/handle.h"
#include "v8.h"

namespace gyre {

// A UDP socket. JS: new UDP(), close ref unref hasRef, and
//   onmessage(nread, arrayBuffer, {address, family, port})   nread < 0: an error
//   send(list, address, port, callback)   list: Uint8Arrays of one datagram; address undefined when
//   connected.
//                                         bytes (left at once, callback is not called), -1 (queued:
//                                         callback(status, bytes)), or < -1: refused
//   bind(address, port, flags) open(fd) connect(address, port) disconnect() recvStart() recvStop()
//   getsockname() getpeername() bufferSize(size, receive) and the options of the socket; numbers
//   are 0 or errors.
class UdpHandle final : public Handle {
 public:
  UdpHandle(Environment& env, v8::Local<v8::Object> self);

  int32_t Open(int32_t fd);
  int32_t Bind(std::string address, int32_t port, uint32_t flags);
  int32_t Connect(std::string address, int32_t port);
  int32_t Disconnect();
  int32_t Send(v8::Local<v8::Array> list, std::optional<std::string> address, int32_t port,
               v8::Local<v8::Function> callback);
  int32_t RecvStart();
  int32_t RecvStop();
  v8::Local<v8::Value> GetSockName();
  v8::Local<v8::Value> GetPeerName();
  int32_t SetBroadcast(bool on) { return uv_udp_set_broadcast(&udp_, on); }
  int32_t SetTtl(int32_t ttl) { return uv_udp_set_ttl(&udp_, ttl); }
  int32_t SetMulticastTtl(int32_t ttl) { return uv_udp_set_multicast_ttl(&udp_, ttl); }
  int32_t SetMulticastLoopback(bool on) { return uv_udp_set_multicast_loop(&udp_, on); }
  int32_t SetMulticastInterface(std::string address) {
    return uv_udp_set_multicast_interface(&udp_, address.c_str());
  }
  int32_t SetMembership(std::string group, std::optional<std::string> interface, bool join);
  int32_t SetSourceMembership(std::string source, std::string group,
                              std::optional<std::string> interface, bool join);
  // The size of a kernel buffer; sets it unless `size` is 0.
  int32_t BufferSize(int32_t size, bool receive);
  double SendQueueSize() { return static_cast<double>(uv_udp_get_send_queue_size(&udp_)); }
  double SendQueueCount() { return static_cast<double>(uv_udp_get_send_queue_count(&udp_)); }
  int32_t Fd();

 private:
  static void OnReceive(uv_udp_t* udp, ssize_t nread, const uv_buf_t* buffer, const sockaddr* from,
                        unsigned flags);

  uv_udp_t udp_;
};

}  // namespace gyre

#endif  // GYRE_DGRAM_UDP_HANDLE_H_
