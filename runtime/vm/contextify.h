#ifndef GYRE_VM_CONTEXTIFY_H_
#define GYRE_VM_CONTEXTIFY_H_

#include "runtime/glue/binding.h"
#include "v8.h"

namespace gyre {

// The context that vm.createContext() made for an object; empty when it made none.
v8::Local<v8::Context> ContextOf(Environment& env, v8::Local<v8::Object> object);

// The symbol that answers import() in code of a context that comes without one of its own (eval of
// a string that was made elsewhere); undefined in the main context.
v8::Local<v8::Value> HostSymbolOf(v8::Isolate* isolate, v8::Local<v8::Context> context);

// Copies to contextified objects what strict code stored on their globals; see PendingStores in
// contextify.cc.
void FlushPendingStores(Environment& env);

// Declares makeContext(), isContext() and installShadowRealms() for the binding `contextify`.
void DeclareContextify(BindingBuilder& b);

// The microtask queue of a context made with microtaskMode 'afterEvaluate'; null for the isolate's
// own.
v8::MicrotaskQueue* OwnMicrotaskQueue(Environment& env, v8::Local<v8::Context> context);

}  // namespace gyre

#endif  // GYRE_VM_CONTEXTIFY_H_
