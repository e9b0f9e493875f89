#ifndef GYRE_FUZZ_HTTP1_AGREEMENT_H_
#define GYRE_FUZZ_HTTP1_AGREEMENT_H_

#include <llhttp.h>

#include <cstddef>
#include <cstdint>

namespace gyre {

// The property of http1_request and http1_response: bytes mean the same however a network cuts them
// up, whole, one by one or in pieces; and what strict parsing accepts has heads without line ends
// in them and bodies of one length only (no request smuggling).
void CheckHttp1Agreement(llhttp_type_t type, const uint8_t* data, size_t size);

}  // namespace gyre

#endif  // GYRE_FUZZ_HTTP1_AGREEMENT_H_
