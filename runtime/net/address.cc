#include "runtime/net/address.h"

#include <net/if.h>
#include <netinet/in.h>
#include <uv.h>

#include <cstring>

namespace gyre {

int ParseAddress(const std::string& address, int32_t port, sockaddr_storage* result) {
  if (address.find(':') == std::string::npos) {
    return uv_ip4_addr(address.c_str(), port, reinterpret_cast<sockaddr_in*>(result));
  }
  return uv_ip6_addr(address.c_str(), port, reinterpret_cast<sockaddr_in6*>(result));
}

v8::Local<v8::Value> AddressToJs(Environment& env, const sockaddr* address) {
  v8::Isolate* isolate = env.isolate();
  char text[INET6_ADDRSTRLEN + IF_NAMESIZE + 1];
  int port = 0;
  v8::Local<v8::String> family;
  if (address->sa_family == AF_INET) {
    const auto* in = reinterpret_cast<const sockaddr_in*>(address);
    uv_ip4_name(in, text, sizeof(text));
    port = ntohs(in->sin_port);
    family = env.Intern("IPv4");
  } else if (address->sa_family == AF_INET6) {
    const auto* in = reinterpret_cast<const sockaddr_in6*>(address);
    uv_ip6_name(in, text, sizeof(text));
    // A link-local address means nothing without its interface.
    char interface[IF_NAMESIZE];
    if (IN6_IS_ADDR_LINKLOCAL(&in->sin6_addr) && in->sin6_scope_id != 0 &&
        if_indextoname(in->sin6_scope_id, interface) != nullptr) {
      std::strcat(text, "%");
      std::strcat(text, interface);
    }
    port = ntohs(in->sin6_port);
    family = env.Intern("IPv6");
  } else {
    return v8::Undefined(isolate);
  }
  v8::Local<v8::Name> names[] = {env.Intern("address"), env.Intern("family"), env.Intern("port")};
  v8::Local<v8::Value> values[] = {v8::String::NewFromUtf8(isolate, text).ToLocalChecked(), family,
                                   v8::Integer::New(isolate, port)};
  v8::Local<v8::Value> prototype = v8::Object::New(isolate)->GetPrototypeV2();
  return v8::Object::New(isolate, prototype, names, values, 3);
}

}  // namespace gyre
