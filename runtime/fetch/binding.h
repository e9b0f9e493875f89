#ifndef GYRE_FETCH_BINDING_H_
#define GYRE_FETCH_BINDING_H_

#include "runtime/glue/binding.h"

namespace gyre {

// internalBinding('fetch'): what WebAssembly.compileStreaming() is fed through.
void InitFetch(BindingBuilder& b);

// Before an isolate's first context: V8 gives contexts WebAssembly.compileStreaming() and
// instantiateStreaming() only when there is someone to read the response for it.
void EnableWasmStreaming(v8::Isolate* isolate);

}  // namespace gyre

#endif  // GYRE_FETCH_BINDING_H_
