// A fuzz target whose property is written in JavaScript: a built-in that exports a function of one
// Uint8Array, which throws (or gives a promise that rejects) when the property does not hold. It
// sees what built-ins see: `require` finds internal modules, `internalBinding` the C++ below them.
//
//   GYRE_JS_FUZZ_TARGET("fuzz/querystring")    // fuzz/querystring/querystring.js

#ifndef GYRE_FUZZ_JS_TARGET_H_
#define GYRE_FUZZ_JS_TARGET_H_

#include <cstddef>
#include <cstdint>

namespace gyre {

// Boots V8 and a realm, and loads the built-in. Once per process.
void InitializeJsTarget(const char* id, const char* program);

// Calls the function, runs the loop until its promise is settled, and aborts when it threw.
void RunJsTarget(const uint8_t* data, size_t size);

}  // namespace gyre

#define GYRE_JS_FUZZ_TARGET(id)                                          \
  extern "C" int LLVMFuzzerInitialize(int*, char*** argv) {              \
    gyre::InitializeJsTarget(id, (*argv)[0]);                            \
    return 0;                                                            \
  }                                                                      \
  extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t n) { \
    gyre::RunJsTarget(data, n);                                          \
    return 0;                                                            \
  }

#endif  // GYRE_FUZZ_JS_TARGET_H_
