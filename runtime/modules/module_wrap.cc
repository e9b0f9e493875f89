#include "runtime/modules/module_wrap.h"

#include <memory>
#include <utility>

#include "absl/log/check.h"
#include "absl/strings/str_cat.h"
#include "runtime/glue/source_context.h"
#include "runtime/modules/compile_cache.h"
#include "runtime/vm/contextify.h"
#include "runtime/vm/host_options.h"
#include "runtime/vm/watchdog.h"

namespace gyre {
namespace {

// Finds the wrap of a module that V8 hands to a callback.
struct WrapsByHash {
  explicit WrapsByHash(Environment&) {}
  std::unordered_multimap<int, ModuleWrap*> wraps;
};

// Import attributes as an object without a prototype. `stride` is 3 where V8 adds the place of each
// to its key and value.
v8::Local<v8::Object> Attributes(Environment& env, v8::Local<v8::FixedArray> list, int stride) {
  v8::Isolate* isolate = env.isolate();
  std::vector<v8::Local<v8::Name>> names;
  std::vector<v8::Local<v8::Value>> values;
  for (int i = 0; i < list->Length(); i += stride) {
    names.push_back(list->Get(i).As<v8::Name>());
    values.push_back(list->Get(i + 1).As<v8::Value>());
  }
  return v8::Object::New(isolate, v8::Null(isolate), names.data(), values.data(), names.size());
}

// The realm's promise for import(): what JavaScript's callback returns, or a rejected one.
v8::MaybeLocal<v8::Promise> ImportInPhase(v8::Local<v8::Context> context,
                                          v8::Local<v8::Data> host_options,
                                          v8::Local<v8::Value> referrer,
                                          v8::Local<v8::String> specifier,
                                          v8::ModuleImportPhase phase,
                                          v8::Local<v8::FixedArray> attributes) {
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  Environment& env = Environment::From(isolate);
  v8::Local<v8::Value> callback = env.GetRealmValue("importModuleDynamically");
  CHECK(callback->IsFunction());
  v8::Local<v8::Value> id = HostSymbolOf(isolate, context);
  if (host_options->IsFixedArray()) {
    v8::Local<v8::PrimitiveArray> options = host_options.As<v8::PrimitiveArray>();
    if (options->Length() > 0) id = options->Get(isolate, 0);
  }
  v8::Local<v8::Value> arguments[] = {id, referrer, specifier, Attributes(env, attributes, 2),
                                      ToV8(env, static_cast<int32_t>(phase))};
  v8::Local<v8::Value> result;
  if (!callback.As<v8::Function>()
           ->Call(env.context(), v8::Undefined(isolate), 5, arguments)
           .ToLocal(&result)) {
    return {};
  }
  CHECK(result->IsPromise());
  if (context == env.context()) return result.As<v8::Promise>();
  // The promise is one of the importing context's realm.
  v8::Local<v8::Promise::Resolver> resolver;
  if (!v8::Promise::Resolver::New(context).ToLocal(&resolver) ||
      resolver->Resolve(context, result).IsNothing()) {
    return {};
  }
  return resolver->GetPromise();
}

v8::MaybeLocal<v8::Promise> ImportDynamically(v8::Local<v8::Context> context,
                                              v8::Local<v8::Data> host_options,
                                              v8::Local<v8::Value> referrer,
                                              v8::Local<v8::String> specifier,
                                              v8::Local<v8::FixedArray> attributes) {
  return ImportInPhase(context, host_options, referrer, specifier,
                       v8::ModuleImportPhase::kEvaluation, attributes);
}

void InitializeImportMeta(v8::Local<v8::Context>, v8::Local<v8::Module> module,
                          v8::Local<v8::Object> meta) {
  Environment& env = Environment::From(v8::Isolate::GetCurrent());
  ModuleWrap* wrap = ModuleWrap::Of(env, module);
  v8::Local<v8::Value> callback = env.GetRealmValue("initializeImportMeta");
  if (wrap == nullptr || !callback->IsFunction()) return;
  v8::Local<v8::Value> arguments[] = {wrap->object(), meta};
  // An exception stays pending: V8 throws it where import.meta stands.
  (void)callback.As<v8::Function>()->Call(env.context(), v8::Undefined(env.isolate()), 2,
                                          arguments);
}

// A promise of the main context for one whose reactions wait in a queue that only its own context
// drains.
v8::MaybeLocal<v8::Value> PromiseOutside(Environment& env, v8::Local<v8::Promise> inner) {
  v8::Local<v8::Context> context = env.context();
  v8::Local<v8::Promise::Resolver> outer;
  if (!v8::Promise::Resolver::New(context).ToLocal(&outer)) return {};
  switch (inner->State()) {
    case v8::Promise::kFulfilled:
      outer->Resolve(context, inner->Result()).Check();
      break;
    case v8::Promise::kRejected:
      inner->MarkAsHandled();
      outer->Reject(context, inner->Result()).Check();
      break;
    case v8::Promise::kPending:
      outer->Resolve(context, inner).Check();
      break;
  }
  return outer->GetPromise();
}

}  // namespace

ModuleWrap::ModuleWrap(Environment& env, v8::Local<v8::Object> self, v8::Local<v8::Value> url,
                       v8::Local<v8::Value> context, v8::Local<v8::Value> text_or_names,
                       v8::Local<v8::Value> line_or_steps, v8::Local<v8::Value> column,
                       v8::Local<v8::Value> option)
    : Collected(env, self) {
  v8::Local<v8::Context> in = env.context();
  if (context->IsObject()) in = ContextOf(env, context.As<v8::Object>());
  CHECK(!in.IsEmpty());
  context_.Reset(isolate(), in);
  // Defined, not set: programs may have setters of these names on Object.prototype.
  self->CreateDataProperty(env.context(), env.Intern("url"), url).Check();
  if (text_or_names->IsArray()) {
    MakeSynthetic(url.As<v8::String>(), text_or_names.As<v8::Array>(),
                  line_or_steps.As<v8::Function>());
  } else {
    MakeSourceText(url.As<v8::String>(), text_or_names.As<v8::String>(),
                   FromV8<int32_t>(env, line_or_steps), FromV8<int32_t>(env, column), option);
  }
}

ModuleWrap::~ModuleWrap() {
  auto& wraps = env().State<WrapsByHash>().wraps;
  auto [begin, end] = wraps.equal_range(hash_);
  for (auto i = begin; i != end; ++i) {
    if (i->second != this) continue;
    wraps.erase(i);
    return;
  }
}

ModuleWrap* ModuleWrap::Of(Environment& env, v8::Local<v8::Module> module) {
  auto [begin, end] = env.State<WrapsByHash>().wraps.equal_range(module->GetIdentityHash());
  for (auto i = begin; i != end; ++i) {
    if (i->second->module() == module) return i->second;
  }
  return nullptr;
}

void ModuleWrap::Adopt(v8::Local<v8::Module> module) {
  module_.Reset(isolate(), module);
  hash_ = module->GetIdentityHash();
  env().State<WrapsByHash>().wraps.emplace(hash_, this);
}

// `option`: the symbol for import(), or a buffer with cached code (its import() gets a symbol of
// its own as well).
void ModuleWrap::MakeSourceText(v8::Local<v8::String> url, v8::Local<v8::String> text, int line,
                                int column, v8::Local<v8::Value> option) {
  v8::Local<v8::Symbol> id;
  CompileCache::Ticket ticket;
  v8::ScriptCompiler::CachedData* cached = nullptr;
  CompileCache& cache = env().State<CompileCache>();
  const bool users_cache = option->IsArrayBufferView();
  if (option->IsSymbol()) {
    id = option.As<v8::Symbol>();
  } else {
    id = v8::Symbol::New(isolate(), url);
  }
  if (users_cache) {
    Bytes bytes(option);
    uint8_t* copy = new uint8_t[bytes.size()];
    std::copy_n(bytes.data(), bytes.size(), copy);
    cached = new v8::ScriptCompiler::CachedData(copy, static_cast<int>(bytes.size()),
                                                v8::ScriptCompiler::CachedData::BufferOwned);
  } else if (id == DefaultHostSymbol(env())) {
    cached = cache.Find(CompileCache::Kind::kModule, url, text, &ticket);
  }
  object()->CreateDataProperty(env().context(), env().Intern("hostSymbol"), id).Check();
  v8::ScriptOrigin origin(url, line, column, true, -1, {}, false, false, /* is_module */ true,
                          HostOptions(isolate(), id));
  v8::ScriptCompiler::Source source(text, origin, cached);
  v8::Context::Scope scope(module_context());
  v8::TryCatch try_catch(isolate());
  v8::Local<v8::Module> module;
  if (!v8::ScriptCompiler::CompileModule(isolate(), &source,
                                         cached == nullptr ? v8::ScriptCompiler::kNoCompileOptions
                                                           : v8::ScriptCompiler::kConsumeCodeCache)
           .ToLocal(&module)) {
    if (!try_catch.CanContinue()) return;
    AttachSource(env(), try_catch.Exception(), try_catch.Message());
    try_catch.ReThrow();
    return;
  }
  code_cache_rejected_ = users_cache && cached->rejected;
  script_.Reset(isolate(), module->GetUnboundModuleScript());
  cache.Compiled(ticket, cached, CompiledCode(isolate(), script_.Get(isolate())));
  Adopt(module);
}

void ModuleWrap::MakeSynthetic(v8::Local<v8::String> url, v8::Local<v8::Array> names,
                               v8::Local<v8::Function> steps) {
  std::vector<v8::Local<v8::String>> export_names(names->Length());
  for (uint32_t i = 0; i < names->Length(); i++) {
    export_names[i] = names->Get(env().context(), i).ToLocalChecked().As<v8::String>();
  }
  steps_.Reset(isolate(), steps);
  v8::Context::Scope scope(module_context());
  Adopt(v8::Module::CreateSyntheticModule(
      isolate(), url,
      v8::MemorySpan<const v8::Local<v8::String>>(export_names.data(), export_names.size()),
      RunSteps));
}

v8::MaybeLocal<v8::Value> ModuleWrap::RunSteps(v8::Local<v8::Context> context,
                                               v8::Local<v8::Module> module) {
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  ModuleWrap* wrap = Of(Environment::From(isolate), module);
  CHECK(wrap != nullptr);
  v8::Local<v8::Function> steps = wrap->steps_.Get(isolate);
  wrap->steps_.Reset();
  v8::Local<v8::Value> ignored;
  if (!steps->Call(context, wrap->object(), 0, nullptr).ToLocal(&ignored)) return {};
  v8::Local<v8::Promise::Resolver> resolver;
  if (!v8::Promise::Resolver::New(context).ToLocal(&resolver)) return {};
  resolver->Resolve(context, v8::Undefined(isolate)).Check();
  return resolver->GetPromise();
}

v8::Local<v8::Value> ModuleWrap::GetModuleRequests() {
  v8::Local<v8::FixedArray> requests = module()->GetModuleRequests();
  std::vector<v8::Local<v8::Value>> result(requests->Length());
  v8::Local<v8::Name> names[] = {env().Intern("specifier"), env().Intern("attributes"),
                                 env().Intern("phase")};
  for (int i = 0; i < requests->Length(); i++) {
    v8::Local<v8::ModuleRequest> request = requests->Get(i).As<v8::ModuleRequest>();
    v8::Local<v8::Object> attributes = Attributes(env(), request->GetImportAttributes(), 3);
    attributes->SetIntegrityLevel(env().context(), v8::IntegrityLevel::kFrozen).Check();
    v8::Local<v8::Value> values[] = {
        request->GetSpecifier(), attributes,
        v8::Integer::New(isolate(), static_cast<int>(request->GetPhase()))};
    v8::Local<v8::Object> object =
        v8::Object::New(isolate(), v8::Null(isolate()), names, values, std::size(names));
    object->SetIntegrityLevel(env().context(), v8::IntegrityLevel::kFrozen).Check();
    result[i] = object;
  }
  v8::Local<v8::Array> array = v8::Array::New(isolate(), result.data(), result.size());
  array->SetIntegrityLevel(env().context(), v8::IntegrityLevel::kFrozen).Check();
  return array;
}

void ModuleWrap::Link(v8::Local<v8::Array> modules) { linked_.Reset(isolate(), modules); }

v8::MaybeLocal<v8::Module> ModuleWrap::Resolve(v8::Local<v8::Context> context, size_t index,
                                               v8::Local<v8::Module> referrer) {
  Environment& env = Environment::From(v8::Isolate::GetCurrent());
  ModuleWrap* wrap = Of(env, referrer);
  v8::Local<v8::Value> linked = v8::Undefined(env.isolate());
  if (wrap != nullptr && !wrap->linked_.IsEmpty()) {
    linked = wrap->linked_.Get(env.isolate())
                 ->Get(context, static_cast<uint32_t>(index))
                 .ToLocalChecked();
  }
  if (!linked->IsObject()) {
    v8::Local<v8::Value> request = referrer->GetModuleRequests()
                                       ->Get(static_cast<int>(index))
                                       .As<v8::ModuleRequest>()
                                       ->GetSpecifier();
    Throw(env, NodeError(absl::StatusCode::kUnknown, "ERR_VM_MODULE_LINK_FAILURE",
                         absl::StrCat("request for '", FromV8<std::string>(env, request),
                                      "' can not be resolved on module '",
                                      FromV8<std::string>(env, referrer->GetResourceName()),
                                      "' that is not linked")));
    return {};
  }
  return Unwrap<ModuleWrap>(linked)->module();
}

v8::MaybeLocal<v8::Object> ModuleWrap::ResolveSource(v8::Local<v8::Context> context, size_t index,
                                                     v8::Local<v8::Module> referrer) {
  Environment& env = Environment::From(v8::Isolate::GetCurrent());
  ModuleWrap* wrap = Of(env, referrer);
  CHECK(wrap != nullptr && !wrap->linked_.IsEmpty());
  v8::Local<v8::Value> linked =
      wrap->linked_.Get(env.isolate())->Get(context, static_cast<uint32_t>(index)).ToLocalChecked();
  if (linked->IsWasmModuleObject()) return linked.As<v8::Object>();
  // Modules of the vm module have no source object; it links what its linker returned.
  v8::Local<v8::Value> request = referrer->GetModuleRequests()
                                     ->Get(static_cast<int>(index))
                                     .As<v8::ModuleRequest>()
                                     ->GetSpecifier();
  Throw(env, NodeError(absl::StatusCode::kInvalidArgument, "ERR_SOURCE_PHASE_NOT_DEFINED",
                       absl::StrCat("Source phase import object is not defined for module '",
                                    FromV8<std::string>(env, request), "'")));
  return {};
}

v8::MaybeLocal<v8::Value> ModuleWrap::Instantiate() {
  v8::Context::Scope scope(module_context());
  v8::TryCatch try_catch(isolate());
  if (module()->InstantiateModule(module_context(), Resolve, ResolveSource).IsNothing()) {
    if (!try_catch.CanContinue()) return {};
    AttachSource(env(), try_catch.Exception(), try_catch.Message());
    try_catch.ReThrow();
    return {};
  }
  return v8::Undefined(isolate());
}

v8::MaybeLocal<v8::Value> ModuleWrap::Evaluate(double timeout, bool break_on_sigint) {
  v8::Local<v8::Context> context = module_context();
  v8::Context::Scope scope(context);
  v8::MicrotaskQueue* queue = OwnMicrotaskQueue(env(), context);
  v8::MaybeLocal<v8::Value> result = RunLimited(env(), timeout, break_on_sigint, [&] {
    v8::MaybeLocal<v8::Value> promise = module()->Evaluate(context);
    if (queue != nullptr && !isolate()->IsExecutionTerminating()) {
      queue->PerformCheckpoint(isolate());
    }
    return promise;
  });
  v8::Local<v8::Value> value;
  if (queue == nullptr || !result.ToLocal(&value)) return result;
  return PromiseOutside(env(), value.As<v8::Promise>());
}

v8::Local<v8::Value> ModuleWrap::GetNamespace() { return module()->GetModuleNamespace(); }

int32_t ModuleWrap::GetStatus() { return module()->GetStatus(); }

v8::Local<v8::Value> ModuleWrap::GetError() { return module()->GetException(); }

bool ModuleWrap::IsGraphAsync() { return module()->IsGraphAsync(); }

bool ModuleWrap::HasTopLevelAwait() { return module()->HasTopLevelAwait(); }

void ModuleWrap::SetExport(v8::Local<v8::String> name, v8::Local<v8::Value> value) {
  // Fails, with a ReferenceError pending, for a name that was not declared.
  (void)module()->SetSyntheticModuleExport(isolate(), name, value);
}

v8::Local<v8::Value> ModuleWrap::CreateCachedData() {
  std::unique_ptr<v8::ScriptCompiler::CachedData> data(
      v8::ScriptCompiler::CreateCodeCache(script_.Get(isolate())));
  if (data == nullptr) return CopyToUint8Array(env(), {});
  return CopyToUint8Array(env(), {data->data, static_cast<size_t>(data->length)});
}

std::vector<std::string> ModuleWrap::StalledAwaits() {
  std::vector<std::string> places;
  auto [modules, messages] = module()->GetStalledTopLevelAwaitMessages(isolate());
  for (v8::Local<v8::Message> message : messages) {
    places.push_back(DescribeSource(env(), message));
  }
  return places;
}

v8::Local<v8::Value> ModuleWrap::SourceMapUrl() {
  if (script_.IsEmpty()) return v8::Undefined(isolate());
  return script_.Get(isolate())->GetSourceMappingURL();
}

void InstallModuleCallbacks(Environment& env) {
  env.isolate()->SetHostImportModuleDynamicallyCallback(ImportDynamically);
  env.isolate()->SetHostImportModuleWithPhaseDynamicallyCallback(ImportInPhase);
  env.isolate()->SetHostInitializeImportMetaObjectCallback(InitializeImportMeta);
}

}  // namespace gyre
