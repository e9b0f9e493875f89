#include "runtime/modules/cjs_compile.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "runtime/glue/convert.h"
#include "runtime/glue/source_context.h"
#include "runtime/modules/compile_cache.h"
#include "runtime/vm/host_options.h"

namespace gyre {
namespace {

// V8's words for syntax that only modules have. A text with one of these is taken for a module even
// when it has other errors, so that those are reported as the module's.
constexpr std::string_view kModuleOnly[] = {
    "Cannot use import statement outside a module",
    "Unexpected token 'export'",
    "Cannot use 'import.meta' outside a module",
};

v8::MaybeLocal<v8::Function> Compile(Environment& env, v8::Local<v8::String> source,
                                     v8::Local<v8::String> filename) {
  v8::Isolate* isolate = env.isolate();
  CompileCache& cache = env.State<CompileCache>();
  CompileCache::Ticket ticket;
  v8::ScriptCompiler::CachedData* cached =
      cache.Find(CompileCache::Kind::kCommonJs, filename, source, &ticket);
  v8::ScriptOrigin origin(filename, 0, 0, true, -1, {}, false, false, false,
                          HostOptions(isolate, DefaultHostSymbol(env)));
  v8::ScriptCompiler::Source text(source, origin, cached);
  v8::Local<v8::String> parameters[] = {
      env.Intern("exports"),    env.Intern("require"),   env.Intern("module"),
      env.Intern("__filename"), env.Intern("__dirname"),
  };
  v8::Local<v8::Function> function;
  if (!v8::ScriptCompiler::CompileFunction(
           env.context(), &text, std::size(parameters), parameters, 0, nullptr,
           cached != nullptr ? v8::ScriptCompiler::kConsumeCodeCache
                             : v8::ScriptCompiler::kNoCompileOptions)
           .ToLocal(&function)) {
    return {};
  }
  cache.Compiled(ticket, cached, CompiledCode(isolate, function));
  return function;
}

bool CompilesAsModule(Environment& env, v8::Local<v8::String> source,
                      v8::Local<v8::String> filename) {
  v8::TryCatch try_catch(env.isolate());
  v8::ScriptOrigin origin(filename, 0, 0, true, -1, {}, false, false, /* is_module */ true);
  v8::ScriptCompiler::Source text(source, origin);
  return !v8::ScriptCompiler::CompileModule(env.isolate(), &text).IsEmpty();
}

bool IsModuleText(Environment& env, v8::Local<v8::Message> error, v8::Local<v8::String> source,
                  v8::Local<v8::String> filename) {
  std::string text = FromV8<std::string>(env, error->Get());
  bool module_only =
      std::any_of(std::begin(kModuleOnly), std::end(kModuleOnly),
                  [&](std::string_view words) { return text.find(words) != std::string::npos; });
  // The rest (await, names that the wrapper has declared) is sorted out by trying.
  return module_only || CompilesAsModule(env, source, filename);
}

}  // namespace

v8::MaybeLocal<v8::Value> CompileCommonJs(Environment& env, v8::Local<v8::String> source,
                                          v8::Local<v8::String> filename, bool detect) {
  v8::TryCatch try_catch(env.isolate());
  v8::Local<v8::Function> function;
  if (Compile(env, source, filename).ToLocal(&function)) return function;
  if (!try_catch.CanContinue()) return {};
  v8::Local<v8::Message> message = try_catch.Message();
  if (detect && !message.IsEmpty() && IsModuleText(env, message, source, filename)) {
    return v8::Undefined(env.isolate());
  }
  DecorateStack(env, try_catch.Exception(), message);
  try_catch.ReThrow();
  return {};
}

bool HasModuleSyntax(Environment& env, v8::Local<v8::String> source,
                     v8::Local<v8::String> filename) {
  v8::TryCatch try_catch(env.isolate());
  if (!Compile(env, source, filename).IsEmpty() || !try_catch.CanContinue()) return false;
  return IsModuleText(env, try_catch.Message(), source, filename);
}

}  // namespace gyre
