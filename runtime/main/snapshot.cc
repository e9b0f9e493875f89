#include "runtime/main/snapshot.h"

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "absl/log/check.h"
#include "runtime/bootstrap/binding.h"
#include "runtime/engine/builtin_sources.h"
#include "runtime/engine/environment.h"
#include "runtime/engine/platform.h"
#include "runtime/fetch/binding.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/registry.h"
#include "runtime/inspector/agent.h"

namespace gyre {
namespace {

constexpr size_t kLargestCachedSource = 1 << 20;

void DieOfException(v8::Isolate* isolate, const v8::TryCatch& try_catch) {
  v8::HandleScope scope(isolate);
  v8::Local<v8::Context> context = isolate->GetCurrentContext();
  v8::Local<v8::Value> stack;
  if (!try_catch.StackTrace(context).ToLocal(&stack)) stack = try_catch.Exception();
  fprintf(stderr, "bootstrap failed: %s\n", *v8::String::Utf8Value(isolate, stack));
  abort();
}

// Evaluates what a program may require: code caches have the functions that this runs, and loading
// a built-in compiles nothing. One that asks for what only a process has (cluster) throws, and is
// compiled as far as it came.
void EvaluatePublicBuiltins(Environment& env) {
  v8::Isolate* isolate = env.isolate();
  v8::Local<v8::Function> require = env.GetRealmValue("requireBuiltin").As<v8::Function>();
  for (const BuiltinSource& source : BuiltinSources()) {
    if (source.id.starts_with("internal/")) continue;
    v8::HandleScope scope(isolate);
    v8::TryCatch try_catch(isolate);
    v8::Local<v8::Value> id = ToV8(env, source.id);
    static_cast<void>(require->Call(env.context(), v8::Undefined(isolate), 1, &id));
  }
}

}  // namespace

const intptr_t* ExternalReferences() {
  static const std::vector<intptr_t>& references = []() -> std::vector<intptr_t>& {
    auto& all = *new std::vector<intptr_t>;
    AppendBindingReferences(&all);
    AppendBuiltinReferences(&all);
    AppendLazyGlobalReferences(&all);
    all.push_back(0);
    return all;
  }();
  return references.data();
}

MadeSnapshot MakeSnapshot() {
  MadeSnapshot made;
  v8::Isolate* isolate = v8::Isolate::Allocate();
  Platform::Instance().RegisterIsolate(isolate);
  std::unique_ptr<v8::ArrayBuffer::Allocator> allocator(
      v8::ArrayBuffer::Allocator::NewDefaultAllocator());
  {
    v8::Isolate::CreateParams params;
    params.external_references = ExternalReferences();
    params.array_buffer_allocator = allocator.get();
    v8::SnapshotCreator creator(isolate, params);
    ConfigureIsolate(isolate);
    EnableWasmStreaming(isolate);
    {
      v8::HandleScope scope(isolate);
      // An empty default context: for vm and for V8 itself. The realm is the one beside it.
      creator.SetDefaultContext(v8::Context::New(isolate));
      v8::Local<v8::Context> context = v8::Context::New(isolate);
      v8::Context::Scope context_scope(context);
      v8::TryCatch try_catch(isolate);
      {
        NumberContext(isolate, context);
        Environment env(isolate, context, Options());
        env.set_building_snapshot(true);
        if (BootstrapRealm(env).IsEmpty()) DieOfException(isolate, try_catch);
        isolate->PerformMicrotaskCheckpoint();
      }
      CHECK_EQ(creator.AddContext(context), 0u);
    }
    v8::StartupData blob = creator.CreateBlob(v8::SnapshotCreator::FunctionCodeHandling::kKeep);
    CHECK(blob.data != nullptr);
    made.blob.assign(blob.data, blob.raw_size);
    delete[] blob.data;
  }
  Platform::Instance().RemoveIsolate(isolate);

  // The code caches, in an isolate that has the snapshot: as they will be used.
  SnapshotData data{{made.blob.data(), static_cast<int>(made.blob.size())}, ExternalReferences()};
  IsolateHolder holder(HeapLimits(), data);
  v8::Isolate::Scope isolate_scope(holder.get());
  v8::HandleScope scope(holder.get());
  v8::Local<v8::Context> context = v8::Context::FromSnapshot(holder.get(), 0).ToLocalChecked();
  v8::Context::Scope context_scope(context);
  const Options options;
  Environment env(holder.get(), context, options);
  EvaluatePublicBuiltins(env);
  for (const BuiltinSource& source : BuiltinSources()) {
    made.code_cache_offsets.push_back(static_cast<uint32_t>(made.code_cache_data.size()));
    // The largest are data in a string literal, of which the cache would hold a second copy.
    if (source.source.size() < kLargestCachedSource) {
      made.code_cache_data += MakeBuiltinCodeCache(env, source.id);
    }
  }
  made.code_cache_offsets.push_back(static_cast<uint32_t>(made.code_cache_data.size()));
  return made;
}

}  // namespace gyre
