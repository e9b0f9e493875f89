#ifndef GYRE_MODULES_MODULE_WRAP_H_
#define GYRE_MODULES_MODULE_WRAP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/glue/binding.h"
#include "runtime/glue/wrapped.h"
#include "v8.h"

namespace gyre {

// One ECMAScript module record and what the loader in JavaScript needs of it. Either a source text
// module,
//   new ModuleWrap(url, contextifiedObject | undefined, text, line, column, hostSymbol | cachedData
//   | undefined)
// or a synthetic one, whose exports are set by a function when it is evaluated:
//   new ModuleWrap(url, contextifiedObject | undefined, ['name', ...], evaluationSteps)
//
// The order of calls: getModuleRequests(), link(wraps in that order), instantiate(), evaluate().
class ModuleWrap final : public Collected {
 public:
  ModuleWrap(Environment& env, v8::Local<v8::Object> self, v8::Local<v8::Value> url,
             v8::Local<v8::Value> context, v8::Local<v8::Value> text_or_names,
             v8::Local<v8::Value> line_or_steps, v8::Local<v8::Value> column,
             v8::Local<v8::Value> option);
  ~ModuleWrap() override;

  static ModuleWrap* Of(Environment& env, v8::Local<v8::Module> module);

  v8::Local<v8::Module> module() const { return module_.Get(isolate()); }
  v8::Local<v8::Context> module_context() const { return context_.Get(isolate()); }

  // [{ specifier, attributes, phase }, ...], frozen.
  v8::Local<v8::Value> GetModuleRequests();
  // What the requests led to, in their order: modules, and for `import source` source objects.
  void Link(v8::Local<v8::Array> modules);
  v8::MaybeLocal<v8::Value> Instantiate();
  // A promise; with a timeout in milliseconds (-1: none) the synchronous part is cut short.
  v8::MaybeLocal<v8::Value> Evaluate(double timeout, bool break_on_sigint);
  v8::Local<v8::Value> GetNamespace();
  int32_t GetStatus();
  v8::Local<v8::Value> GetError();
  bool IsGraphAsync();
  bool HasTopLevelAwait();
  void SetExport(v8::Local<v8::String> name, v8::Local<v8::Value> value);
  v8::Local<v8::Value> CreateCachedData();
  // Where the top-level awaits that never settled are: source descriptions.
  std::vector<std::string> StalledAwaits();
  v8::Local<v8::Value> SourceMapUrl();
  bool code_cache_rejected() const { return code_cache_rejected_; }

 private:
  void MakeSourceText(v8::Local<v8::String> url, v8::Local<v8::String> text, int line, int column,
                      v8::Local<v8::Value> option);
  void MakeSynthetic(v8::Local<v8::String> url, v8::Local<v8::Array> names,
                     v8::Local<v8::Function> steps);
  void Adopt(v8::Local<v8::Module> module);
  static v8::MaybeLocal<v8::Module> Resolve(v8::Local<v8::Context> context, size_t index,
                                            v8::Local<v8::Module> referrer);
  static v8::MaybeLocal<v8::Object> ResolveSource(v8::Local<v8::Context> context, size_t index,
                                                  v8::Local<v8::Module> referrer);
  static v8::MaybeLocal<v8::Value> RunSteps(v8::Local<v8::Context> context,
                                            v8::Local<v8::Module> module);

  v8::Global<v8::Module> module_;
  v8::Global<v8::Context> context_;
  v8::Global<v8::UnboundModuleScript> script_;
  v8::Global<v8::Function> steps_;
  v8::Global<v8::Array> linked_;
  int hash_ = 0;
  bool code_cache_rejected_ = false;
};

// Answers import() and import.meta: called in every process, before user code.
void InstallModuleCallbacks(Environment& env);

}  // namespace gyre

#endif  // GYRE_MODULES_MODULE_WRAP_H_
