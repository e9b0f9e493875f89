#ifndef GYRE_CRYPTO_PKEY_OPERATIONS_H_
#define GYRE_CRYPTO_PKEY_OPERATIONS_H_

#include "runtime/glue/binding.h"

namespace gyre {

// What asymmetric keys do besides signing: RSA encryption in both directions, key agreement, key
// encapsulation.
void DeclarePKeyOperations(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CRYPTO_PKEY_OPERATIONS_H_
