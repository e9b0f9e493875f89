#ifndef GYRE_NODE_API_ASYNC_RESOURCE_H_
#define GYRE_NODE_API_ASYNC_RESOURCE_H_

#include <memory>
#include <string>

#include "runtime/engine/environment.h"
#include "runtime/loop/js_scope.h"
#include "v8.h"

namespace gyre {

// An async context whose type is a string of an addon, and the object that async_hooks show for it.
class AsyncResource {
 public:
  AsyncResource(Environment& env, v8::Local<v8::Object> object, v8::Local<v8::String> type)
      : type_(*v8::String::Utf8Value(env.isolate(), type)),
        object_(env.isolate(), object),
        context_(std::make_unique<AsyncContext>(env, type_.c_str(), object)) {}

  const AsyncContext& context() const { return *context_; }
  // The object is the addon's own: it need not stay because of this.
  void LetObjectGo() { object_.SetWeak(); }

 private:
  std::string type_;
  v8::Global<v8::Object> object_;
  std::unique_ptr<AsyncContext> context_;
};

}  // namespace gyre

#endif  // GYRE_NODE_API_ASYNC_RESOURCE_H_
