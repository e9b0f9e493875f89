#ifndef GYRE_MESSAGING_BINDING_H_
#define GYRE_MESSAGING_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('messaging'): structured cloning and the ends of message channels.
void InitMessaging(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_MESSAGING_BINDING_H_
