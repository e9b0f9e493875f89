#ifndef GYRE_TLS_BINDING_H_
#define GYRE_TLS_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('tls'): SecureContext, TlsStream, ciphers and root certificates.
void InitTls(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_TLS_BINDING_H_
