#ifndef GYRE_NET_BINDING_H_
#define GYRE_NET_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('net'): TCP, Pipe and what goes with them. See tcp_handle.h and pipe_handle.h.
void InitNet(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_NET_BINDING_H_
