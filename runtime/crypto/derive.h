#ifndef GYRE_CRYPTO_DERIVE_H_
#define GYRE_CRYPTO_DERIVE_H_

#include "runtime/glue/binding.h"

namespace gyre {

// PBKDF2, scrypt, HKDF and random bytes of internalBinding('crypto'): on the thread pool with a
// callback, or at once.
void DeclareDerivation(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CRYPTO_DERIVE_H_
