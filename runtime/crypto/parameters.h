#ifndef GYRE_CRYPTO_PARAMETERS_H_
#define GYRE_CRYPTO_PARAMETERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "openssl/param_build.h"
#include "openssl/params.h"
#include "runtime/crypto/openssl.h"
#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

using OsslParams = OpenSslPointer<OSSL_PARAM, OSSL_PARAM_free>;

// Parameters of an OpenSSL operation as JavaScript lists them: [name, value, name, value, ...]. A
// string is a UTF-8 parameter, a number an integer, a Uint8Array an octet string, and [Uint8Array]
// a big-endian unsigned integer of any size. Holds copies, so it may go to another thread.
class Parameters {
 public:
  Parameters() = default;
  Parameters(Environment& env, v8::Local<v8::Value> list);

  // OpenSSL's form of it; null when it refuses one. It refers to the names in here.
  OsslParams Build() const&;
  OsslParams Build() && = delete;
  bool empty() const { return entries_.empty(); }

 private:
  enum class Kind { kText, kInteger, kBytes, kBignum };
  struct Entry {
    std::string name;
    Kind kind;
    std::string bytes;
    int32_t integer;
  };
  std::vector<Entry> entries_;
};

}  // namespace gyre

#endif  // GYRE_CRYPTO_PARAMETERS_H_
