#ifndef GYRE_CRYPTO_OPENSSL_CONSTANTS_H_
#define GYRE_CRYPTO_OPENSSL_CONSTANTS_H_

#include "runtime/glue/binding.h"

namespace gyre {

// `constants` of internalBinding('crypto'): what crypto.constants has of OpenSSL's headers, in its
// order.
void DeclareOpenSslConstants(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CRYPTO_OPENSSL_CONSTANTS_H_
