#ifndef GYRE_CRYPTO_DIFFIE_HELLMAN_H_
#define GYRE_CRYPTO_DIFFIE_HELLMAN_H_

#include "runtime/glue/binding.h"

namespace gyre {

// The classes DiffieHellman and ECDH, whose keys are numbers and points in Buffers, and primes.
void DeclareDiffieHellman(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CRYPTO_DIFFIE_HELLMAN_H_
