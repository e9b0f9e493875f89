#include "runtime/dns/channel.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "absl/log/check.h"
#include "runtime/dns/records.h"
#include "runtime/loop/loop.h"
#include "runtime/loop/request.h"

namespace gyre {
namespace {

// When c-ares waits for nothing of its own.
constexpr uint64_t kNoTimeoutMs = 1000;

// Names of dns's codes, by c-ares's status.
const char* CodeName(int status) {
  static constexpr const char* kNames[] = {
      nullptr,           "ENODATA",       "EFORMERR",
      "ESERVFAIL",       "ENOTFOUND",     "ENOTIMP",
      "EREFUSED",        "EBADQUERY",     "EBADNAME",
      "EBADFAMILY",      "EBADRESP",      "ECONNREFUSED",
      "ETIMEOUT",        "EOF",           "EFILE",
      "ENOMEM",          "EDESTRUCTION",  "EBADSTR",
      "EBADFLAGS",       "ENONAME",       "EBADHINTS",
      "ENOTINITIALIZED", "ELOADIPHLPAPI", "EADDRGETNETWORKPARAMS",
      "ECANCELLED",
  };
  // What came after the names were fixed is a server that cannot be used.
  return status < static_cast<int>(std::size(kNames)) ? kNames[status] : "ECONNREFUSED";
}

// Closes a handle of the heap; the tear-down of the loop has closed it already.
template <class T, class Handle>
void CloseAndDelete(T* owner, Handle* handle) {
  if (uv_is_closing(reinterpret_cast<uv_handle_t*>(handle))) {
    delete owner;
    return;
  }
  handle->data = owner;
  uv_close(reinterpret_cast<uv_handle_t*>(handle),
           [](uv_handle_t* closed) { delete static_cast<T*>(closed->data); });
}

}  // namespace

struct DnsChannel::Poll {
  uv_poll_t handle;
  DnsChannel* channel;
};

// One question; a copy of the answer is kept until it is settled.
class DnsQuery final : public Request {
 public:
  DnsQuery(DnsChannel& channel, v8::Local<v8::Function> callback)
      : Request(channel.env(), callback, "QUERYWRAP"), channel_(channel) {}
  ~DnsQuery() override { ares_dns_record_destroy(records_); }

  static void OnRecords(void* arg, ares_status_t status, size_t timeouts,
                        const ares_dns_record_t* records) {
    auto* self = static_cast<DnsQuery*>(arg);
    if (status == ARES_SUCCESS) self->records_ = ares_dns_record_duplicate(records);
    self->End(status);
  }

  static void OnHost(void* arg, int status, int timeouts, hostent* host) {
    auto* self = static_cast<DnsQuery*>(arg);
    if (status == ARES_SUCCESS) {
      for (char** name = host->h_aliases; *name != nullptr; name++) self->names_.push_back(*name);
    }
    self->End(status);
  }

  void SettleResult() {
    Settle([this](Environment& env) {
      v8::Local<v8::Value> null = v8::Null(env.isolate());
      if (status_ != ARES_SUCCESS) return Arguments{ToV8(env, CodeName(status_)), null};
      if (records_ == nullptr) return Arguments{null, ToV8(env, names_)};
      return Arguments{null, RecordsToV8(env, records_)};
    });
  }

 private:
  void End(int status) {
    status_ = status;
    channel_.Ended(this);
  }

  DnsChannel& channel_;
  int status_ = ARES_SUCCESS;
  ares_dns_record_t* records_ = nullptr;
  std::vector<std::string> names_;
};

DnsChannel::DnsChannel(Environment& env, v8::Local<v8::Object> self, int32_t timeout, int32_t tries,
                       int32_t max_timeout)
    : Collected(env, self), timer_(new uv_timer_t) {
  uv_timer_init(Loop::From(env).uv(), timer_);
  timer_->data = this;
  ares_options options = {};
  // An answer that says no is an answer: no other server is asked then.
  options.flags = ARES_FLAG_NOCHECKRESP;
  options.sock_state_cb = OnSocketState;
  options.sock_state_cb_data = this;
  options.tries = tries;
  options.qcache_max_ttl = 0;
  int mask = ARES_OPT_FLAGS | ARES_OPT_SOCK_STATE_CB | ARES_OPT_TRIES | ARES_OPT_QUERY_CACHE;
  if (timeout > 0) {
    options.timeout = timeout;
    mask |= ARES_OPT_TIMEOUTMS;
  }
  if (max_timeout > 0) {
    options.maxtimeout = max_timeout;
    mask |= ARES_OPT_MAXTIMEOUTMS;
  }
  CHECK_EQ(ares_init_options(&channel_, &options, mask), ARES_SUCCESS);
}

DnsChannel::~DnsChannel() {
  ares_destroy(channel_);
  for (DnsQuery* query : std::exchange(ended_, {})) query->SettleResult();
  CloseAndDelete(timer_, timer_);
}

void DnsChannel::Query(std::string name, int32_t type, v8::Local<v8::Function> callback) {
  Begin();
  ares_query_dnsrec(channel_, name.c_str(), ARES_CLASS_IN, static_cast<ares_dns_rec_type_t>(type),
                    DnsQuery::OnRecords, new DnsQuery(*this, callback), nullptr);
  Arm();
}

void DnsChannel::Reverse(std::string address, v8::Local<v8::Function> callback) {
  const int family = address.find(':') == std::string::npos ? AF_INET : AF_INET6;
  unsigned char bytes[sizeof(in6_addr)];
  CHECK_EQ(uv_inet_pton(family, address.c_str(), bytes), 0);
  Begin();
  ares_gethostbyaddr(channel_, bytes, family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr),
                     family, DnsQuery::OnHost, new DnsQuery(*this, callback));
  Arm();
}

void DnsChannel::Cancel() {
  ares_cancel(channel_);
  Arm();
}

v8::Local<v8::Value> DnsChannel::GetServers() {
  ares_addr_port_node* list = nullptr;
  ares_get_servers_ports(channel_, &list);
  v8::LocalVector<v8::Value> servers(isolate());
  for (const ares_addr_port_node* node = list; node != nullptr; node = node->next) {
    char text[INET6_ADDRSTRLEN];
    uv_inet_ntop(node->family, &node->addr, text, sizeof(text));
    v8::Local<v8::Value> server[] = {ToV8(env(), text),
                                     v8::Integer::New(isolate(), node->udp_port)};
    servers.push_back(v8::Array::New(isolate(), server, std::size(server)));
  }
  ares_free_data(list);
  return v8::Array::New(isolate(), servers.data(), servers.size());
}

std::string DnsChannel::SetServers(std::vector<std::string> addresses, std::vector<int32_t> ports) {
  std::vector<ares_addr_port_node> nodes(addresses.size());
  for (size_t i = 0; i < nodes.size(); i++) {
    nodes[i].family = addresses[i].find(':') == std::string::npos ? AF_INET : AF_INET6;
    nodes[i].udp_port = nodes[i].tcp_port = ports[i];
    nodes[i].next = i + 1 < nodes.size() ? &nodes[i + 1] : nullptr;
    CHECK_EQ(uv_inet_pton(nodes[i].family, addresses[i].c_str(), &nodes[i].addr), 0);
  }
  const int status = ares_set_servers_ports(channel_, nodes.empty() ? nullptr : nodes.data());
  return status == ARES_SUCCESS ? "" : ares_strerror(status);
}

void DnsChannel::SetLocalAddress(std::string ipv4, std::string ipv6) {
  in_addr four = {};
  in6_addr six = {};
  if (!ipv4.empty()) CHECK_EQ(uv_inet_pton(AF_INET, ipv4.c_str(), &four), 0);
  if (!ipv6.empty()) CHECK_EQ(uv_inet_pton(AF_INET6, ipv6.c_str(), &six), 0);
  ares_set_local_ip4(channel_, ntohl(four.s_addr));
  ares_set_local_ip6(channel_, six.s6_addr);
}

void DnsChannel::Begin() {
  if (pending_++ == 0) Strengthen();
}

void DnsChannel::Ended(DnsQuery* query) { ended_.push_back(query); }

void DnsChannel::Settle() {
  v8::HandleScope scope(isolate());
  [[maybe_unused]] v8::Local<v8::Object> alive = object();
  for (DnsQuery* query : std::exchange(ended_, {})) {
    if (--pending_ == 0) Weaken();
    query->SettleResult();
  }
  Arm();
}

void DnsChannel::Arm() {
  if (pending_ == 0) {
    // After its queries timed out c-ares closes their sockets when it is called the next time.
    ares_process_fds(channel_, nullptr, 0, ARES_PROCESS_FLAG_NONE);
    uv_timer_stop(timer_);
    return;
  }
  uint64_t timeout_ms = 0;
  timeval buffer;
  if (ended_.empty()) {
    const timeval* wait = ares_timeout(channel_, nullptr, &buffer);
    timeout_ms = wait == nullptr ? kNoTimeoutMs : wait->tv_sec * 1000 + wait->tv_usec / 1000 + 1;
  }
  uv_timer_start(timer_, OnTimer, timeout_ms, 0);
}

void DnsChannel::OnTimer(uv_timer_t* handle) {
  auto* self = static_cast<DnsChannel*>(handle->data);
  ares_process_fds(self->channel_, nullptr, 0, ARES_PROCESS_FLAG_NONE);
  self->Settle();
}

void DnsChannel::OnReady(uv_poll_t* handle, int status, int events) {
  auto* poll = static_cast<Poll*>(handle->data);
  DnsChannel* self = poll->channel;
  // On an error c-ares reads and writes, and sees it.
  if (status < 0) events = UV_READABLE | UV_WRITABLE;
  ares_fd_events_t ready = {};
  for (const auto& [socket, other] : self->polls_) {
    if (other == poll) ready.fd = socket;
  }
  if (events & UV_READABLE) ready.events |= ARES_FD_EVENT_READ;
  if (events & UV_WRITABLE) ready.events |= ARES_FD_EVENT_WRITE;
  ares_process_fds(self->channel_, &ready, 1, ARES_PROCESS_FLAG_NONE);
  self->Settle();
}

void DnsChannel::OnSocketState(void* data, ares_socket_t socket, int readable, int writable) {
  auto* self = static_cast<DnsChannel*>(data);
  Poll*& poll = self->polls_[socket];
  if (!readable && !writable) {
    // c-ares is about to close it.
    if (poll != nullptr) CloseAndDelete(poll, &poll->handle);
    self->polls_.erase(socket);
    return;
  }
  if (poll == nullptr) {
    poll = new Poll{.handle = {}, .channel = self};
    CHECK_EQ(uv_poll_init_socket(Loop::From(self->env()).uv(), &poll->handle, socket), 0);
    poll->handle.data = poll;
  }
  uv_poll_start(&poll->handle, (readable ? UV_READABLE : 0) | (writable ? UV_WRITABLE : 0),
                OnReady);
}

}  // namespace gyre
