#ifndef GYRE_CRYPTO_SIGNATURE_H_
#define GYRE_CRYPTO_SIGNATURE_H_

#include "runtime/glue/binding.h"

namespace gyre {

// Signing and verifying: the class SignatureDigest (behind Sign and Verify) and the one-shot
// functions.
void DeclareSignatures(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_CRYPTO_SIGNATURE_H_
