#include "runtime/vm/binding.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "runtime/glue/source_context.h"
#include "runtime/vm/contextify.h"
#include "runtime/vm/host_options.h"
#include "runtime/vm/script.h"

namespace gyre {
namespace {

v8::Local<v8::Object> CompiledFunction(Environment& env, v8::Local<v8::Function> function,
                                       const v8::ScriptCompiler::CachedData* used, bool produce) {
  v8::Local<v8::Context> context = env.context();
  v8::Local<v8::Object> result = v8::Object::New(env.isolate());
  auto set = [&](v8::Local<v8::String> name, v8::Local<v8::Value> value) {
    result->Set(context, name, value).Check();
  };
  set(env.Intern("function"), function);
  set(env.Intern("sourceMapURL"), function->GetScriptOrigin().SourceMapUrl());
  if (used != nullptr) set(env.Intern("cachedDataRejected"), ToV8(env, used->rejected));
  if (!produce) return result;
  std::unique_ptr<v8::ScriptCompiler::CachedData> data(
      v8::ScriptCompiler::CreateCodeCacheForFunction(function));
  set(env.Intern("cachedDataProduced"), ToV8(env, data != nullptr));
  if (data != nullptr) {
    set(env.Intern("cachedData"),
        CopyToUint8Array(env, {data->data, static_cast<size_t>(data->length)}));
  }
  return result;
}

template <class T>
std::vector<v8::Local<T>> Elements(Environment& env, v8::Local<v8::Value> array) {
  std::vector<v8::Local<T>> result;
  if (!array->IsArray()) return result;
  for (uint32_t i = 0; i < array.As<v8::Array>()->Length(); i++) {
    result.push_back(array.As<v8::Array>()->Get(env.context(), i).ToLocalChecked().As<T>());
  }
  return result;
}

// vm.compileFunction: { function, sourceMapURL, cachedDataRejected?, cachedData? }
v8::MaybeLocal<v8::Value> CompileFunction(Environment& env, v8::Local<v8::String> code,
                                          v8::Local<v8::String> filename, int32_t line,
                                          int32_t column, v8::Local<v8::Value> cached_data,
                                          bool produce, v8::Local<v8::Value> parsing_context,
                                          v8::Local<v8::Value> extensions,
                                          v8::Local<v8::Value> parameters,
                                          v8::Local<v8::Symbol> host_symbol) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Context> context = env.context();
  if (parsing_context->IsObject()) context = ContextOf(env, parsing_context.As<v8::Object>());
  v8::ScriptCompiler::CachedData* cached = nullptr;
  if (!cached_data->IsUndefined()) {
    Bytes bytes(cached_data);
    uint8_t* copy = new uint8_t[bytes.size()];
    std::copy_n(bytes.data(), bytes.size(), copy);
    cached = new v8::ScriptCompiler::CachedData(copy, static_cast<int>(bytes.size()),
                                                v8::ScriptCompiler::CachedData::BufferOwned);
  }
  v8::ScriptOrigin origin(filename, line, column, true, -1, {}, false, false, false,
                          HostOptions(isolate, host_symbol));
  v8::ScriptCompiler::Source source(code, origin, cached);
  auto scopes = Elements<v8::Object>(env, extensions);
  auto names = Elements<v8::String>(env, parameters);
  v8::Context::Scope scope(context);
  v8::TryCatch try_catch(isolate);
  v8::Local<v8::Function> function;
  if (v8::ScriptCompiler::CompileFunction(context, &source, names.size(), names.data(),
                                          scopes.size(), scopes.data(),
                                          cached == nullptr ? v8::ScriptCompiler::kNoCompileOptions
                                                            : v8::ScriptCompiler::kConsumeCodeCache)
          .ToLocal(&function)) {
    return CompiledFunction(env, function, cached, produce);
  }
  if (!try_catch.HasCaught()) {
    // V8 says nothing more of a parameter like "1" or "".
    isolate->ThrowException(v8::Exception::SyntaxError(
        ToV8(env, "The name of a parameter is no identifier").As<v8::String>()));
  } else if (try_catch.CanContinue()) {
    DecorateStack(env, try_catch.Exception(), try_catch.Message());
  }
  try_catch.ReThrow();
  return {};
}

// A promise of what V8 measures in its own time, or soon, in the shape that vm.measureMemory()
// documents.
v8::MaybeLocal<v8::Value> MeasureMemory(Environment& env, bool detailed, bool eager) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Promise::Resolver> resolver;
  if (!v8::Promise::Resolver::New(env.context()).ToLocal(&resolver)) return {};
  isolate->MeasureMemory(
      v8::MeasureMemoryDelegate::Default(
          isolate, env.context(), resolver,
          detailed ? v8::MeasureMemoryMode::kDetailed : v8::MeasureMemoryMode::kSummary),
      eager ? v8::MeasureMemoryExecution::kEager : v8::MeasureMemoryExecution::kDefault);
  return resolver->GetPromise();
}

}  // namespace

void InitContextify(BindingBuilder& b) {
  DeclareContextify(b);
  b.Function<CompileFunction>("compileFunction");
  b.Function<MeasureMemory>("measureMemory");
  b.Class<ContextifyScript>("ContextifyScript")
      .Constructor<v8::Local<v8::String>, v8::Local<v8::String>, int32_t, int32_t,
                   v8::Local<v8::Value>, v8::Local<v8::Symbol>, v8::Local<v8::Value>>()
      .Method<&ContextifyScript::RunInContext>("runInContext")
      .Method<&ContextifyScript::CreateCachedData>("createCachedData")
      .Method<&ContextifyScript::SourceMapUrl>("sourceMapUrl")
      .Method<&ContextifyScript::CachedDataRejected>("cachedDataRejectedState");
  b.Value("defaultHostSymbol", [](Environment& env) { return DefaultHostSymbol(env); });
}

}  // namespace gyre
