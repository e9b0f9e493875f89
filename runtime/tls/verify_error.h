#ifndef GYRE_TLS_VERIFY_ERROR_H_
#define GYRE_TLS_VERIFY_ERROR_H_

#include <string>

#include "openssl/ssl.h"

namespace gyre {

// What is wrong with the peer's certificate: X509_V_OK or one of OpenSSL's other X509_V_*.
long VerifyError(const SSL* ssl);  // NOLINT(runtime/int): OpenSSL's type

// "UNABLE_TO_VERIFY_LEAF_SIGNATURE" and so on.
std::string VerifyErrorName(long error);  // NOLINT(runtime/int)

}  // namespace gyre

#endif  // GYRE_TLS_VERIFY_ERROR_H_
