#ifndef GYRE_WORKER_BINDING_H_
#define GYRE_WORKER_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('worker'): starting worker threads, and what a worker knows of itself.
//   current()     undefined on the main thread, else
//                 [thread id, name, shares env, [old, young, code, stack MiB]]
//   openPort()    the worker's port to its parent, once
//   parseExecArgv(strings)    option values, or the text of the first bad option
void InitWorker(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_WORKER_BINDING_H_
