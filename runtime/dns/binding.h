#ifndef GYRE_DNS_BINDING_H_
#define GYRE_DNS_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('dns'): names and addresses by the system's resolver, on the thread pool.
//   getaddrinfo(hostname, family, flags, callback)   callback(errno or null, [address, ...])
//   getnameinfo(address, port, callback)             callback(errno or null, hostname, service)
void InitDns(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_DNS_BINDING_H_
