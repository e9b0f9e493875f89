#ifndef GYRE_NET_ADDRESS_H_
#define GYRE_NET_ADDRESS_H_

#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// Reads an IPv4 or IPv6 address (a scope such as %eth0 included). 0, or UV_EINVAL.
int ParseAddress(const std::string& address, int32_t port, sockaddr_storage* result);

// {address, family: 'IPv4' | 'IPv6', port} of a socket address; undefined for other families.
v8::Local<v8::Value> AddressToJs(Environment& env, const sockaddr* address);

}  // namespace gyre

#endif  // GYRE_NET_ADDRESS_H_
