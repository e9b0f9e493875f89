#ifndef GYRE_HTTP2_BINDING_H_
#define GYRE_HTTP2_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('http2'): sessions (session.h).
void InitHttp2(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_HTTP2_BINDING_H_
