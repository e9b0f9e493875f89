#ifndef GYRE_CRYPTO_BINDING_H_
#define GYRE_CRYPTO_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('crypto'): hashes, key derivation and random numbers of OpenSSL.
void InitCrypto(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CRYPTO_BINDING_H_
