#ifndef GYRE_CRYPTO_CIPHER_H_
#define GYRE_CRYPTO_CIPHER_H_

#include "runtime/glue/binding.h"

namespace gyre {

// Symmetric ciphers: the class Cipher, getCipherInfo and the one-shot function of Web Crypto.
void DeclareCiphers(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CRYPTO_CIPHER_H_
