#include "runtime/dgram/udp_handle.h"

#include <memory>
#include <vector>

#include "absl/log/check.h"
#include "runtime/glue/array_buffer.h"
#include "runtime/loop/loop.h"
#include "runtime/loop/request.h"
#include "runtime/net/address.h"

namespace gyre {
namespace {

constexpr size_t kMaxDatagram = 64 * 1024;

// All sockets of an environment receive into one buffer; a datagram is copied out of it.
class ReceiveBuffer {
 public:
  explicit ReceiveBuffer(Environment&) : data_(new char[kMaxDatagram]) {}
  char* data() { return data_.get(); }

 private:
  std::unique_ptr<char[]> data_;
};

class SendRequest final : public Request {
 public:
  SendRequest(Environment& env, v8::Local<v8::Function> callback)
      : Request(env, callback, "UDPSENDWRAP") {
    send_.data = this;
  }

  int Start(uv_udp_t* udp, const sockaddr* address) {
    std::vector<uv_buf_t> buffers;
    for (const PinnedBytes& bytes : pinned) {
      buffers.push_back({.base = reinterpret_cast<char*>(bytes.data()), .len = bytes.size()});
      size_ += bytes.size();
    }
    return uv_udp_send(
        &send_, udp, buffers.data(), buffers.size(), address, [](uv_udp_send_t* send, int status) {
          auto* self = static_cast<SendRequest*>(send->data);
          self->Settle([&](Environment& env) {
            return Arguments{v8::Integer::New(env.isolate(), status),
                             v8::Number::New(env.isolate(), static_cast<double>(self->size_))};
          });
        });
  }

  std::vector<PinnedBytes> pinned;

 private:
  uv_udp_send_t send_;
  size_t size_ = 0;
};

template <class GetName>
v8::Local<v8::Value> NameToJs(Environment& env, const uv_udp_t* udp, GetName get_name) {
  sockaddr_storage address;
  int length = sizeof(address);
  const int error = get_name(udp, reinterpret_cast<sockaddr*>(&address), &length);
  if (error != 0) return v8::Integer::New(env.isolate(), error);
  return AddressToJs(env, reinterpret_cast<sockaddr*>(&address));
}

}  // namespace

UdpHandle::UdpHandle(Environment& env, v8::Local<v8::Object> self) : Handle(env, self, "UDPWRAP") {
  CHECK_EQ(uv_udp_init(Loop::From(env).uv(), &udp_), 0);
  Initialized(reinterpret_cast<uv_handle_t*>(&udp_));
}

int32_t UdpHandle::Open(int32_t fd) { return uv_udp_open(&udp_, fd); }

int32_t UdpHandle::Bind(std::string address, int32_t port, uint32_t flags) {
  sockaddr_storage storage;
  const int error = ParseAddress(address, port, &storage);
  return error != 0 ? error : uv_udp_bind(&udp_, reinterpret_cast<sockaddr*>(&storage), flags);
}

int32_t UdpHandle::Connect(std::string address, int32_t port) {
  sockaddr_storage storage;
  const int error = ParseAddress(address, port, &storage);
  return error != 0 ? error : uv_udp_connect(&udp_, reinterpret_cast<sockaddr*>(&storage));
}

int32_t UdpHandle::Disconnect() { return uv_udp_connect(&udp_, nullptr); }

int32_t UdpHandle::Send(v8::Local<v8::Array> list, std::optional<std::string> address, int32_t port,
                        v8::Local<v8::Function> callback) {
  sockaddr_storage storage;
  const sockaddr* to = nullptr;
  if (address) {
    const int error = ParseAddress(*address, port, &storage);
    if (error != 0) return error;
    to = reinterpret_cast<const sockaddr*>(&storage);
  }
  auto request = std::make_unique<SendRequest>(env(), callback);
  std::vector<uv_buf_t> buffers;
  for (uint32_t i = 0; i < list->Length(); i++) {
    request->pinned.emplace_back(list->Get(env().context(), i).ToLocalChecked());
    const PinnedBytes& bytes = request->pinned.back();
    buffers.push_back({.base = reinterpret_cast<char*>(bytes.data()), .len = bytes.size()});
  }
  if (!env().options().GetBool("--test-udp-no-try-send")) {
    const int sent = uv_udp_try_send(&udp_, buffers.data(), buffers.size(), to);
    if (sent != UV_EAGAIN && sent != UV_ENOSYS) return sent;
  }
  const int error = request->Start(&udp_, to);
  if (error != 0) return error;
  request.release();
  return -1;
}

int32_t UdpHandle::RecvStart() {
  const int error = uv_udp_recv_start(
      &udp_,
      [](uv_handle_t* handle, size_t, uv_buf_t* buffer) {
        auto* self = static_cast<UdpHandle*>(handle->data);
        *buffer = uv_buf_init(self->env().State<ReceiveBuffer>().data(), kMaxDatagram);
      },
      &OnReceive);
  // Receiving already.
  return error == UV_EALREADY ? 0 : error;
}

int32_t UdpHandle::RecvStop() { return uv_udp_recv_stop(&udp_); }

void UdpHandle::OnReceive(uv_udp_t* udp, ssize_t nread, const uv_buf_t* buffer,
                          const sockaddr* from, unsigned) {
  // Nothing more to read for now.
  if (nread == 0 && from == nullptr) return;
  auto* self = static_cast<UdpHandle*>(udp->data);
  v8::Isolate* isolate = self->isolate();
  v8::HandleScope handles(isolate);
  v8::Context::Scope context(self->env().context());
  v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate, static_cast<int32_t>(nread)),
                                 v8::Undefined(isolate), v8::Undefined(isolate)};
  if (nread >= 0) {
    argv[1] = CopyToArrayBuffer(isolate, buffer->base, nread);
    argv[2] = AddressToJs(self->env(), from);
  }
  self->MakeCallback(self->env().Intern("onmessage"), 3, argv);
}

v8::Local<v8::Value> UdpHandle::GetSockName() { return NameToJs(env(), &udp_, uv_udp_getsockname); }

v8::Local<v8::Value> UdpHandle::GetPeerName() { return NameToJs(env(), &udp_, uv_udp_getpeername); }

int32_t UdpHandle::SetMembership(std::string group, std::optional<std::string> interface,
                                 bool join) {
  return uv_udp_set_membership(&udp_, group.c_str(), interface ? interface->c_str() : nullptr,
                               join ? UV_JOIN_GROUP : UV_LEAVE_GROUP);
}

int32_t UdpHandle::SetSourceMembership(std::string source, std::string group,
                                       std::optional<std::string> interface, bool join) {
  return uv_udp_set_source_membership(&udp_, group.c_str(),
                                      interface ? interface->c_str() : nullptr, source.c_str(),
                                      join ? UV_JOIN_GROUP : UV_LEAVE_GROUP);
}

int32_t UdpHandle::BufferSize(int32_t size, bool receive) {
  auto* handle = reinterpret_cast<uv_handle_t*>(&udp_);
  const int error =
      receive ? uv_recv_buffer_size(handle, &size) : uv_send_buffer_size(handle, &size);
  return error != 0 ? error : size;
}

int32_t UdpHandle::Fd() {
  uv_os_fd_t fd = -1;
  return uv_fileno(reinterpret_cast<uv_handle_t*>(&udp_), &fd) == 0 ? fd : -1;
}

}  // namespace gyre
