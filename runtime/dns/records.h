#ifndef GYRE_DNS_RECORDS_H_
#define GYRE_DNS_RECORDS_H_

#include <ares.h>

#include "runtime/glue/binding.h"

namespace gyre {

// The answers of a DNS message, [{type, ttl, fields}], of the types that dns knows; the fields are
// named as dns's results name them.
v8::Local<v8::Value> RecordsToV8(Environment& env, const ares_dns_record_t* message);

}  // namespace gyre

#endif  // GYRE_DNS_RECORDS_H_
