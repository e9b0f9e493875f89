#ifndef GYRE_CRYPTO_START_H_
#define GYRE_CRYPTO_START_H_

#include "runtime/base/options.h"

namespace gyre {

// What options and OPENSSL_CONF ask of OpenSSL, before anything uses it: a configuration file, the
// legacy provider, a secure heap. Without them OpenSSL is left alone. The exit code when something
// is wrong, which has been said then; otherwise 0.
int StartOpenssl(const char* program, const Options& options);

}  // namespace gyre

#endif  // GYRE_CRYPTO_START_H_
