#ifndef GYRE_DGRAM_BINDING_H_
#define GYRE_DGRAM_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('dgram'): UDP (udp_handle.h).
void InitDgram(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_DGRAM_BINDING_H_
