#include "runtime/vm/script.h"

#include <algorithm>
#include <memory>

#include "runtime/engine/tracing.h"
#include "runtime/glue/source_context.h"
#include "runtime/vm/contextify.h"
#include "runtime/vm/host_options.h"
#include "runtime/vm/watchdog.h"

namespace gyre {
namespace {

v8::ScriptCompiler::CachedData* CopyOfCache(v8::Local<v8::Value> buffer) {
  if (buffer->IsUndefined()) return nullptr;
  Bytes bytes(buffer);
  uint8_t* copy = new uint8_t[bytes.size()];
  std::copy_n(bytes.data(), bytes.size(), copy);
  return new v8::ScriptCompiler::CachedData(copy, static_cast<int>(bytes.size()),
                                            v8::ScriptCompiler::CachedData::BufferOwned);
}

// Passes a caught exception on, with its place remembered where the caller wants errors displayed.
void Rethrow(Environment& env, v8::TryCatch& try_catch, bool display) {
  if (display && try_catch.CanContinue()) {
    DecorateStack(env, try_catch.Exception(), try_catch.Message());
  }
  try_catch.ReThrow();
}

const TraceGroup& ScriptEvents() {
  static const TraceGroup group("node,node.vm,node.vm.script");
  return group;
}

}  // namespace

ContextifyScript::ContextifyScript(Environment& env, v8::Local<v8::Object> self,
                                   v8::Local<v8::String> code, v8::Local<v8::String> filename,
                                   int32_t line, int32_t column, v8::Local<v8::Value> cached_data,
                                   v8::Local<v8::Symbol> host_symbol,
                                   v8::Local<v8::Value> parsing_context)
    : Collected(env, self), had_cached_data_(!cached_data->IsUndefined()) {
  const TraceSpan span(ScriptEvents(), "ContextifyScript::New");
  v8::Local<v8::Context> context = env.context();
  if (parsing_context->IsObject()) context = ContextOf(env, parsing_context.As<v8::Object>());
  v8::ScriptCompiler::CachedData* cached = CopyOfCache(cached_data);
  v8::ScriptOrigin origin(filename, line, column, true, -1, {}, false, false, false,
                          HostOptions(isolate(), host_symbol));
  v8::ScriptCompiler::Source source(code, origin, cached);
  v8::Context::Scope scope(context);
  v8::TryCatch try_catch(isolate());
  v8::Local<v8::UnboundScript> script;
  if (!v8::ScriptCompiler::CompileUnboundScript(isolate(), &source,
                                                cached == nullptr
                                                    ? v8::ScriptCompiler::kNoCompileOptions
                                                    : v8::ScriptCompiler::kConsumeCodeCache)
           .ToLocal(&script)) {
    Rethrow(env, try_catch, /* display */ true);
    return;
  }
  rejected_ = cached != nullptr && cached->rejected;
  script_.Reset(isolate(), script);
}

v8::MaybeLocal<v8::Value> ContextifyScript::RunInContext(v8::Local<v8::Value> contextified,
                                                         double timeout, bool display_errors,
                                                         bool break_on_sigint) {
  const TraceSpan span(ScriptEvents(), "RunInContext");
  v8::EscapableHandleScope handles(isolate());
  v8::Local<v8::Context> context = env().context();
  if (contextified->IsObject()) context = ContextOf(env(), contextified.As<v8::Object>());
  v8::Context::Scope scope(context);
  v8::MicrotaskQueue* queue = OwnMicrotaskQueue(env(), context);
  v8::TryCatch try_catch(isolate());
  v8::MaybeLocal<v8::Value> result = RunLimited(env(), timeout, break_on_sigint, [&] {
    v8::MaybeLocal<v8::Value> value = script_.Get(isolate())->BindToCurrentContext()->Run(context);
    if (queue != nullptr && !isolate()->IsExecutionTerminating()) {
      queue->PerformCheckpoint(isolate());
    }
    FlushPendingStores(env());
    return value;
  });
  v8::Local<v8::Value> value;
  if (try_catch.HasCaught()) {
    Rethrow(env(), try_catch, display_errors);
    return {};
  }
  if (!result.ToLocal(&value)) return {};
  return handles.Escape(value);
}

v8::Local<v8::Value> ContextifyScript::CreateCachedData() {
  std::unique_ptr<v8::ScriptCompiler::CachedData> data(
      v8::ScriptCompiler::CreateCodeCache(script_.Get(isolate())));
  if (data == nullptr) return CopyToUint8Array(env(), {});
  return CopyToUint8Array(env(), {data->data, static_cast<size_t>(data->length)});
}

v8::Local<v8::Value> ContextifyScript::SourceMapUrl() {
  return script_.Get(isolate())->GetSourceMappingURL();
}

v8::Local<v8::Value> ContextifyScript::CachedDataRejected() {
  if (!had_cached_data_) return v8::Undefined(isolate());
  return v8::Boolean::New(isolate(), rejected_);
}

}  // namespace gyre
