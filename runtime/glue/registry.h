#ifndef GYRE_GLUE_REGISTRY_H_
#define GYRE_GLUE_REGISTRY_H_

#include <span>
#include <string_view>
#include <vector>

#include "runtime/glue/binding.h"

namespace gyre {

// All bindings of the executable; set once, before the first isolate, by runtime/main/bindings.cc.
void SetBindings(std::span<const Binding> bindings);

bool HasBinding(std::string_view name);

// A new object for the binding; internalBinding() in JavaScript keeps it.
v8::Local<v8::Object> InstantiateBinding(Environment& env, std::string_view name);

// The addresses that a snapshot with these bindings refers to.
void AppendBindingReferences(std::vector<intptr_t>* references);

}  // namespace gyre

#endif  // GYRE_GLUE_REGISTRY_H_
