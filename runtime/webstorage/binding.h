#ifndef GYRE_WEBSTORAGE_BINDING_H_
#define GYRE_WEBSTORAGE_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('webstorage'): the storages of a thread. See storage.h.
void InitWebStorage(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_WEBSTORAGE_BINDING_H_
