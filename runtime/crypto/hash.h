#ifndef GYRE_CRYPTO_HASH_H_
#define GYRE_CRYPTO_HASH_H_

#include "runtime/glue/binding.h"

namespace gyre {

// The classes Hash and Hmac and the one-shot hash function of internalBinding('crypto').
void DeclareHashes(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CRYPTO_HASH_H_
