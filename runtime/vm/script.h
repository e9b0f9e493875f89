#ifndef GYRE_VM_SCRIPT_H_
#define GYRE_VM_SCRIPT_H_

#include <cstdint>

#include "runtime/glue/binding.h"
#include "runtime/glue/wrapped.h"
#include "v8.h"

namespace gyre {

// A compiled script, bound to no context: what vm.Script is made of.
//   new ContextifyScript(code, filename, line, column, cachedData | undefined, hostSymbol,
//   contextifiedObject | null)
class ContextifyScript final : public Collected {
 public:
  ContextifyScript(Environment& env, v8::Local<v8::Object> self, v8::Local<v8::String> code,
                   v8::Local<v8::String> filename, int32_t line, int32_t column,
                   v8::Local<v8::Value> cached_data, v8::Local<v8::Symbol> host_symbol,
                   v8::Local<v8::Value> parsing_context);

  // In the context of a contextified object, or in the main one for null.
  v8::MaybeLocal<v8::Value> RunInContext(v8::Local<v8::Value> contextified, double timeout,
                                         bool display_errors, bool break_on_sigint);
  v8::Local<v8::Value> CreateCachedData();
  v8::Local<v8::Value> SourceMapUrl();
  // True or false where cached data was given, undefined otherwise.
  v8::Local<v8::Value> CachedDataRejected();

 private:
  v8::Global<v8::UnboundScript> script_;
  v8::Global<v8::Symbol> host_symbol_;
  bool had_cached_data_ = false;
  bool rejected_ = false;
};

}  // namespace gyre

#endif  // GYRE_VM_SCRIPT_H_
