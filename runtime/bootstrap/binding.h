#ifndef GYRE_BOOTSTRAP_BINDING_H_
#define GYRE_BOOTSTRAP_BINDING_H_

#include <vector>

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('builtins'): compiling built-in modules, loading bindings, values that C++ keeps
// for the realm.
void InitBuiltins(BindingBuilder& b);

// The callbacks behind the globals of setLazyGlobals and setLazyProperty, for snapshots.
void AppendLazyGlobalReferences(std::vector<intptr_t>* references);

// internalBinding('options'): the parsed command line.
void InitOptions(BindingBuilder& b);

// {name: value} of the options that do not have their default value.
v8::Local<v8::Value> OptionValuesToV8(Environment& env, const Options& options);

// Runs internal/bootstrap/realm in a fresh context: makes the internal require and everything a
// program finds. The exception of a built-in that fails is left pending.
v8::MaybeLocal<v8::Value> BootstrapRealm(Environment& env);

}  // namespace gyre

#endif  // GYRE_BOOTSTRAP_BINDING_H_
