#ifndef GYRE_VM_HOST_OPTIONS_H_
#define GYRE_VM_HOST_OPTIONS_H_

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// The host-defined options of a script, function or module: a symbol that says who answers import()
// in it. JavaScript keeps the answers in a WeakMap by that symbol, so they live as long as the code
// does.
v8::Local<v8::PrimitiveArray> HostOptions(v8::Isolate* isolate, v8::Local<v8::Symbol> id);

// The symbol of user modules: their import() goes to the default loader.
v8::Local<v8::Symbol> DefaultHostSymbol(Environment& env);

}  // namespace gyre

#endif  // GYRE_VM_HOST_OPTIONS_H_
