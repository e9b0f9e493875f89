#ifndef GYRE_CRYPTO_KEY_STORE_H_
#define GYRE_CRYPTO_KEY_STORE_H_

#include <optional>
#include <string>

#include "runtime/crypto/key_handle.h"

namespace gyre {

// The KeyHandle of the first private key that one of OpenSSL's STORE loaders finds under a URI or
// path: files, and what providers have. `properties` is a query for the loader. Undefined when it
// asked for a passphrase and there was none. Throws OpenSSL's error, or
// ERR_CRYPTO_OPERATION_FAILED.
v8::MaybeLocal<v8::Value> LoadStoreKey(Environment& env, const std::string& uri,
                                       std::optional<std::string> properties,
                                       std::optional<Bytes> passphrase);

}  // namespace gyre

#endif  // GYRE_CRYPTO_KEY_STORE_H_
