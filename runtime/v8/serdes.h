#ifndef GYRE_V8_SERDES_H_
#define GYRE_V8_SERDES_H_

#include "runtime/glue/binding.h"

namespace gyre {

// The native halves of v8.Serializer and v8.Deserializer, in internalBinding('v8').
void DeclareSerdes(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_V8_SERDES_H_
