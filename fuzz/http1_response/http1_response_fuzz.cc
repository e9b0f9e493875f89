// HTTP/1 responses as a network may cut them: see http1_agreement.h for the property.

#include <cstddef>
#include <cstdint>

#include "fuzz/support/http1_agreement.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  gyre::CheckHttp1Agreement(HTTP_RESPONSE, data, size);
  return 0;
}
