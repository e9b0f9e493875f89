#include "runtime/vm/host_options.h"

namespace gyre {

v8::Local<v8::PrimitiveArray> HostOptions(v8::Isolate* isolate, v8::Local<v8::Symbol> id) {
  v8::Local<v8::PrimitiveArray> options = v8::PrimitiveArray::New(isolate, 1);
  options->Set(isolate, 0, id);
  return options;
}

v8::Local<v8::Symbol> DefaultHostSymbol(Environment& env) {
  return v8::Symbol::ForApi(env.isolate(), env.Intern("gyre:default_loader"));
}

}  // namespace gyre
