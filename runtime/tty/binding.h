#ifndef GYRE_TTY_BINDING_H_
#define GYRE_TTY_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('tty'): TTY (tty_handle.h) and isTTY(fd).
void InitTty(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_TTY_BINDING_H_
