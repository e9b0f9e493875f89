#include "runtime/glue/registry.h"

#include "absl/log/check.h"

namespace gyre {
namespace {

std::span<const Binding>& All() {
  static std::span<const Binding> bindings;
  return bindings;
}

const Binding* Find(std::string_view name) {
  for (const Binding& binding : All()) {
    if (binding.name == name) return &binding;
  }
  return nullptr;
}

}  // namespace

void SetBindings(std::span<const Binding> bindings) { All() = bindings; }

bool HasBinding(std::string_view name) { return Find(name) != nullptr; }

v8::Local<v8::Object> InstantiateBinding(Environment& env, std::string_view name) {
  const Binding* binding = Find(name);
  CHECK(binding != nullptr) << "no binding " << name;
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Object> object = v8::Object::New(isolate, v8::Null(isolate), nullptr, nullptr, 0);
  BindingBuilder builder(env, object);
  binding->init(builder);
  return object;
}

void AppendBindingReferences(std::vector<intptr_t>* references) {
  for (const Binding& binding : All()) {
    BindingBuilder collector(references);
    binding.init(collector);
  }
}

}  // namespace gyre
