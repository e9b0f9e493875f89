#ifndef GYRE_CRYPTO_OPENSSL_ERROR_H_
#define GYRE_CRYPTO_OPENSSL_ERROR_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// What OpenSSL's error queue of this thread said, taken off it: numbers, so that they can cross
// threads.
std::vector<unsigned long> TakeOpenSslErrors();  // NOLINT(runtime/int): OpenSSL's type

// "error:0308010C:digital envelope routines::unsupported"
std::string OpenSslErrorText(unsigned long code);  // NOLINT(runtime/int)

// "ERR_OSSL_EVP_UNSUPPORTED", "ERR_SSL_NO_SHARED_CIPHER" of an error and its reason.
std::string OpenSslCodeName(unsigned long code, std::string_view reason);  // NOLINT(runtime/int)

// The Error that Node makes of a queue: the oldest entry is the message, with code (ERR_OSSL_...),
// library and reason, the others, newest first, its opensslErrorStack (with `whole_stack` that one
// as well: so Node does where it reads keys and ciphers). Of an empty queue an Error with the
// message `otherwise`.
v8::Local<v8::Value> OpenSslError(Environment& env,
                                  const std::vector<unsigned long>& errors,  // NOLINT(runtime/int)
                                  std::string_view otherwise, bool whole_stack = false);

// Throws that of the current queue.
void ThrowOpenSslError(Environment& env, std::string_view otherwise, bool whole_stack = false);

}  // namespace gyre

#endif  // GYRE_CRYPTO_OPENSSL_ERROR_H_
