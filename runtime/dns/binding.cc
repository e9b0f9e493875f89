#include "runtime/dns/binding.h"

#include <netdb.h>
#include <uv.h>

#include <cstring>
#include <string>
#include <vector>

#include "runtime/dns/channel.h"
#include "runtime/dns/records.h"
#include "runtime/loop/loop.h"
#include "runtime/loop/request.h"
#include "runtime/net/address.h"

namespace gyre {
namespace {

// How the addresses of a name are ordered.
constexpr int32_t kVerbatim = 0, kIpv4First = 1, kIpv6First = 2;

class GetAddrInfoRequest final : public Request {
 public:
  GetAddrInfoRequest(Environment& env, v8::Local<v8::Function> callback, int32_t order)
      : Request(env, callback, "GETADDRINFOREQWRAP"), order_(order) {
    req_.data = this;
  }

  int Start(const std::string& hostname, int family, int flags) {
    addrinfo hints = {};
    hints.ai_family = family;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    return uv_getaddrinfo(Loop::From(env()).uv(), &req_, &OnDone, hostname.c_str(), nullptr,
                          &hints);
  }

 private:
  static void OnDone(uv_getaddrinfo_t* req, int status, addrinfo* list) {
    auto* request = static_cast<GetAddrInfoRequest*>(req->data);
    request->Settle([&](Environment& env) {
      if (status != 0) return Arguments{v8::Integer::New(env.isolate(), status)};
      std::vector<std::string> first, others;
      for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        char text[INET6_ADDRSTRLEN];
        if (entry->ai_socktype == SOCK_STREAM &&
            uv_ip_name(entry->ai_addr, text, sizeof(text)) == 0) {
          (request->IsFirst(entry->ai_family) ? first : others).emplace_back(text);
        }
      }
      first.insert(first.end(), others.begin(), others.end());
      return Arguments{v8::Null(env.isolate()), ToV8(env, first)};
    });
    uv_freeaddrinfo(list);
  }

  bool IsFirst(int family) const {
    if (order_ == kVerbatim) return true;
    return family == (order_ == kIpv4First ? AF_INET : AF_INET6);
  }

  uv_getaddrinfo_t req_;
  const int32_t order_;
};

class GetNameInfoRequest final : public Request {
 public:
  GetNameInfoRequest(Environment& env, v8::Local<v8::Function> callback)
      : Request(env, callback, "GETNAMEINFOREQWRAP") {
    req_.data = this;
  }

  int Start(const sockaddr_storage& address) {
    return uv_getnameinfo(Loop::From(env()).uv(), &req_, &OnDone,
                          reinterpret_cast<const sockaddr*>(&address), NI_NAMEREQD);
  }

 private:
  static void OnDone(uv_getnameinfo_t* req, int status, const char* hostname, const char* service) {
    static_cast<GetNameInfoRequest*>(req->data)->Settle([&](Environment& env) {
      if (status != 0) return Arguments{v8::Integer::New(env.isolate(), status)};
      return Arguments{v8::Null(env.isolate()), ToV8(env, hostname), ToV8(env, service)};
    });
  }

  uv_getnameinfo_t req_;
};

int32_t GetAddrInfo(Environment& env, std::string hostname, int32_t family, int32_t flags,
                    v8::Local<v8::Function> callback, int32_t order) {
  auto* request = new GetAddrInfoRequest(env, callback, order);
  const int kind = family == 4 ? AF_INET : family == 6 ? AF_INET6 : AF_UNSPEC;
  const int error = request->Start(hostname, kind, flags);
  if (error != 0) delete request;
  return error;
}

int32_t GetNameInfo(Environment& env, std::string address, int32_t port,
                    v8::Local<v8::Function> callback) {
  sockaddr_storage storage;
  int error = ParseAddress(address, port, &storage);
  if (error != 0) return error;
  auto* request = new GetNameInfoRequest(env, callback);
  error = request->Start(storage);
  if (error != 0) delete request;
  return error;
}

// The records of a message, null when c-ares refuses it: for the fuzzer.
v8::Local<v8::Value> ParseAnswer(Environment& env, Bytes bytes) {
  ares_dns_record_t* message = nullptr;
  if (ares_dns_parse(bytes.data(), bytes.size(), 0, &message) != ARES_SUCCESS) {
    return v8::Null(env.isolate());
  }
  v8::Local<v8::Value> records = RecordsToV8(env, message);
  ares_dns_record_destroy(message);
  return records;
}

}  // namespace

void InitDns(BindingBuilder& b) {
  b.Function<GetAddrInfo>("getaddrinfo");
  b.Function<GetNameInfo>("getnameinfo");
  b.Function<ParseAnswer>("parseAnswer");
  b.Constant("AI_ADDRCONFIG", AI_ADDRCONFIG);
  b.Constant("AI_ALL", AI_ALL);
  b.Constant("AI_V4MAPPED", AI_V4MAPPED);
  b.Constant("DNS_ORDER_VERBATIM", kVerbatim);
  b.Constant("DNS_ORDER_IPV4_FIRST", kIpv4First);
  b.Constant("DNS_ORDER_IPV6_FIRST", kIpv6First);
  b.Class<DnsChannel>("ChannelWrap")
      .Constructor<int32_t, int32_t, int32_t>()
      .Method<&DnsChannel::Query>("query")
      .Method<&DnsChannel::Reverse>("reverse")
      .Method<&DnsChannel::Cancel>("cancel")
      .Method<&DnsChannel::Pending>("pending")
      .Method<&DnsChannel::GetServers>("getServers")
      .Method<&DnsChannel::SetServers>("setServers")
      .Method<&DnsChannel::SetLocalAddress>("setLocalAddress");
  b.Object("recordTypes", [](BindingBuilder& c) {
    for (int type : {ARES_REC_TYPE_A, ARES_REC_TYPE_AAAA, ARES_REC_TYPE_ANY, ARES_REC_TYPE_CAA,
                     ARES_REC_TYPE_CNAME, ARES_REC_TYPE_MX, ARES_REC_TYPE_NAPTR, ARES_REC_TYPE_NS,
                     ARES_REC_TYPE_PTR, ARES_REC_TYPE_SOA, ARES_REC_TYPE_SRV, ARES_REC_TYPE_TLSA,
                     ARES_REC_TYPE_TXT}) {
      c.Constant(ares_dns_rec_type_tostr(static_cast<ares_dns_rec_type_t>(type)), type);
    }
  });
}

}  // namespace gyre
