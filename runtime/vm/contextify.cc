#include "runtime/vm/contextify.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/log/check.h"
#include "runtime/inspector/agent.h"
#include "runtime/vm/host_options.h"
#include "runtime/vm/shadow_realm.h"

// A contextified object (the "sandbox") shows through as the global object of a context of its own.
// That global has interceptors which look at the sandbox first; the sandbox holds the global in a
// private property and the interceptors hold the sandbox as their data, so the collector sees the
// whole of it.

namespace gyre {
namespace {

using v8::Intercepted;
using v8::Local;
using v8::Name;
using v8::PropertyCallbackInfo;

// Where a context keeps whether it may compile WebAssembly.
constexpr int kWasmSlot = 33;
// Where it keeps the symbol that answers import() in code without one.
constexpr int kHostSymbolSlot = 34;

Local<v8::Private> GlobalKey(Environment& env) {
  return v8::Private::ForApi(env.isolate(), env.Intern("gyre:contextified_global"));
}

// Assignments in strict code to names that are nowhere yet. `x = 1` must throw, `globalThis.x = 1`
// must not, and an interceptor cannot tell one from the other: it declines, V8 throws for the
// former and stores the latter on the real global. What was stored is copied to the contextified
// object when a later interceptor runs or the script ends.
class PendingStores {
 public:
  explicit PendingStores(Environment& env) : env_(env) {}

  void Add(Local<v8::Object> sandbox, Local<Name> name) {
    stores_.push_back(
        {v8::Global<v8::Object>(env_.isolate(), sandbox), v8::Global<Name>(env_.isolate(), name)});
  }

  // Between the interceptor's answer and the store other interceptors run; only the end of the
  // script decides that there was none.
  void Flush(bool script_ended) {
    if (stores_.empty()) return;
    v8::Isolate* isolate = env_.isolate();
    v8::HandleScope scope(isolate);
    for (Store& store : std::exchange(stores_, {})) {
      Local<v8::Object> sandbox = store.sandbox.Get(isolate);
      Local<v8::Context> context = ContextOf(env_, sandbox);
      Local<v8::Value> value;
      v8::TryCatch try_catch(isolate);
      if (context->Global()
              ->GetRealNamedProperty(context, store.name.Get(isolate))
              .ToLocal(&value)) {
        (void)sandbox->Set(context, store.name.Get(isolate), value);
      } else if (!script_ended) {
        stores_.push_back(std::move(store));
      }
    }
  }

 private:
  struct Store {
    v8::Global<v8::Object> sandbox;
    v8::Global<Name> name;
  };
  Environment& env_;
  std::vector<Store> stores_;
};

// What an interceptor works with.
struct Access {
  template <class T>
  explicit Access(const PropertyCallbackInfo<T>& info)
      : isolate(info.GetIsolate()), sandbox(info.Data().template As<v8::Object>()) {
    Environment& env = Environment::From(isolate);
    env.State<PendingStores>().Flush(/* script_ended */ false);
    context = ContextOf(env, sandbox);
    if (!context.IsEmpty()) global = context->Global();
  }
  // While the context is being made it has no sandbox yet.
  bool ready() const { return !context.IsEmpty(); }

  v8::Isolate* isolate;
  Local<v8::Object> sandbox;
  Local<v8::Context> context;
  Local<v8::Object> global;
};

std::optional<v8::PropertyAttribute> RealAttributes(const Access& at, Local<v8::Object> object,
                                                    Local<Name> name) {
  v8::PropertyAttribute attributes;
  if (!object->GetRealNamedPropertyAttributes(at.context, name).To(&attributes)) return {};
  return attributes;
}

Intercepted Get(Local<Name> name, const PropertyCallbackInfo<v8::Value>& info) {
  Access at(info);
  if (!at.ready()) return Intercepted::kNo;
  Local<v8::Value> value;
  if (!at.sandbox->GetRealNamedProperty(at.context, name).ToLocal(&value)) {
    return at.isolate->HasPendingException() ? Intercepted::kYes : Intercepted::kNo;
  }
  if (value == at.sandbox) value = at.global;
  info.GetReturnValue().Set(value);
  return Intercepted::kYes;
}

// Whether the sandbox's own property is an accessor or a value: then the assignment ends there.
bool EndsOnSandbox(const Access& at, Local<Name> name) {
  Environment& env = Environment::From(at.isolate);
  Local<v8::Value> value;
  if (!at.sandbox->GetOwnPropertyDescriptor(at.context, name).ToLocal(&value) ||
      !value->IsObject()) {
    return false;
  }
  Local<v8::Object> descriptor = value.As<v8::Object>();
  return descriptor->HasOwnProperty(at.context, env.Intern("get")).FromMaybe(false) ||
         descriptor->HasOwnProperty(at.context, env.Intern("set")).FromMaybe(false);
}

Intercepted Set(Local<Name> name, Local<v8::Value> value,
                const PropertyCallbackInfo<v8::Boolean>& info) {
  Access at(info);
  if (!at.ready()) return Intercepted::kNo;
  auto on_global = RealAttributes(at, at.global, name);
  auto on_sandbox = RealAttributes(at, at.sandbox, name);
  if ((on_global.value_or(v8::None) | on_sandbox.value_or(v8::None)) & v8::ReadOnly) {
    return Intercepted::kNo;
  }
  const bool declared = on_global.has_value() || on_sandbox.has_value();
  if (!declared && info.ShouldThrowOnError() && !value->IsFunction()) {
    Environment::From(at.isolate).State<PendingStores>().Add(at.sandbox, name);
    return Intercepted::kNo;
  }
  if (!declared && name->IsSymbol()) return Intercepted::kNo;
  if (at.sandbox->Set(at.context, name, value).IsNothing()) return Intercepted::kYes;
  return on_sandbox.has_value() && EndsOnSandbox(at, name) ? Intercepted::kYes : Intercepted::kNo;
}

Intercepted Query(Local<Name> name, const PropertyCallbackInfo<v8::Integer>& info) {
  Access at(info);
  if (!at.ready()) return Intercepted::kNo;
  if (!at.sandbox->HasRealNamedProperty(at.context, name).FromMaybe(false)) {
    return at.isolate->HasPendingException() ? Intercepted::kYes : Intercepted::kNo;
  }
  info.GetReturnValue().Set(RealAttributes(at, at.sandbox, name).value_or(v8::None));
  return Intercepted::kYes;
}

Intercepted Delete(Local<Name> name, const PropertyCallbackInfo<v8::Boolean>& info) {
  Access at(info);
  if (!at.ready()) return Intercepted::kNo;
  if (at.sandbox->Delete(at.context, name).FromMaybe(false)) return Intercepted::kNo;
  info.GetReturnValue().Set(false);
  return Intercepted::kYes;
}

void SetNames(const Access& at, v8::IndexFilter filter,
              const PropertyCallbackInfo<v8::Array>& info) {
  Local<v8::Array> names;
  if (at.sandbox
          ->GetPropertyNames(at.context, v8::KeyCollectionMode::kOwnOnly,
                             v8::PropertyFilter::ALL_PROPERTIES, filter)
          .ToLocal(&names)) {
    info.GetReturnValue().Set(names);
  }
}

void Enumerate(const PropertyCallbackInfo<v8::Array>& info) {
  Access at(info);
  if (at.ready()) SetNames(at, v8::IndexFilter::kSkipIndices, info);
}

void EnumerateIndices(const PropertyCallbackInfo<v8::Array>& info) {
  Access at(info);
  Local<v8::Array> names;
  if (!at.ready() ||
      !at.sandbox
           ->GetPropertyNames(at.context, v8::KeyCollectionMode::kOwnOnly,
                              v8::PropertyFilter::ALL_PROPERTIES, v8::IndexFilter::kIncludeIndices)
           .ToLocal(&names)) {
    return;
  }
  std::vector<Local<v8::Value>> indices;
  for (uint32_t i = 0; i < names->Length(); i++) {
    Local<v8::Value> name;
    if (names->Get(at.context, i).ToLocal(&name) && name->IsUint32()) indices.push_back(name);
  }
  info.GetReturnValue().Set(v8::Array::New(at.isolate, indices.data(), indices.size()));
}

Intercepted Define(Local<Name> name, const v8::PropertyDescriptor& wanted,
                   const PropertyCallbackInfo<v8::Boolean>& info) {
  Access at(info);
  if (!at.ready()) return Intercepted::kNo;
  auto on_global = RealAttributes(at, at.global, name);
  const int fixed = v8::ReadOnly | v8::DontDelete;
  if (on_global && (*on_global & fixed) == fixed) return Intercepted::kNo;
  auto define = [&](v8::PropertyDescriptor&& property) {
    if (wanted.has_enumerable()) property.set_enumerable(wanted.enumerable());
    if (wanted.has_configurable()) property.set_configurable(wanted.configurable());
    (void)at.sandbox->DefineProperty(at.context, name, property);
  };
  Local<v8::Value> undefined = v8::Undefined(at.isolate);
  if (wanted.has_get() || wanted.has_set()) {
    define(v8::PropertyDescriptor(wanted.has_get() ? wanted.get() : undefined,
                                  wanted.has_set() ? wanted.set() : undefined));
    return Intercepted::kNo;
  }
  Local<v8::Value> value = wanted.has_value() ? wanted.value() : undefined;
  if (wanted.has_writable()) {
    define(v8::PropertyDescriptor(value, wanted.writable()));
  } else {
    define(v8::PropertyDescriptor(value));
  }
  return Intercepted::kNo;
}

Intercepted Describe(Local<Name> name, const PropertyCallbackInfo<v8::Value>& info) {
  Access at(info);
  Local<v8::Value> descriptor;
  if (!at.ready() || !at.sandbox->HasOwnProperty(at.context, name).FromMaybe(false) ||
      !at.sandbox->GetOwnPropertyDescriptor(at.context, name).ToLocal(&descriptor)) {
    return Intercepted::kNo;
  }
  info.GetReturnValue().Set(descriptor);
  return Intercepted::kYes;
}

// An array index as a property name.
template <class T>
Local<Name> IndexName(uint32_t index, const PropertyCallbackInfo<T>& info) {
  v8::Isolate* isolate = info.GetIsolate();
  return v8::Integer::NewFromUnsigned(isolate, index)
      ->ToString(isolate->GetCurrentContext())
      .ToLocalChecked();
}

Local<v8::ObjectTemplate> GlobalTemplate(v8::Isolate* isolate, Local<v8::Object> sandbox) {
  Local<v8::ObjectTemplate> global = v8::FunctionTemplate::New(isolate)->InstanceTemplate();
  global->SetHandler(v8::NamedPropertyHandlerConfiguration(
      Get, static_cast<v8::NamedPropertySetterCallbackV2>(Set), Query, Delete, Enumerate,
      static_cast<v8::NamedPropertyDefinerCallbackV2>(Define), Describe, sandbox,
      v8::PropertyHandlerFlags::kHasNoSideEffect));
  global->SetHandler(v8::IndexedPropertyHandlerConfiguration(
      [](uint32_t index, const PropertyCallbackInfo<v8::Value>& info) {
        return Get(IndexName(index, info), info);
      },
      static_cast<v8::IndexedPropertySetterCallback>(
          [](uint32_t index, Local<v8::Value> value,
             const PropertyCallbackInfo<v8::Boolean>& info) {
            return Set(IndexName(index, info), value, info);
          }),
      [](uint32_t index, const PropertyCallbackInfo<v8::Integer>& info) {
        return Query(IndexName(index, info), info);
      },
      [](uint32_t index, const PropertyCallbackInfo<v8::Boolean>& info) {
        return Delete(IndexName(index, info), info);
      },
      EnumerateIndices,
      static_cast<v8::IndexedPropertyDefinerCallback>(
          [](uint32_t index, const v8::PropertyDescriptor& wanted,
             const PropertyCallbackInfo<v8::Boolean>& info) {
            return Define(IndexName(index, info), wanted, info);
          }),
      [](uint32_t index, const PropertyCallbackInfo<v8::Value>& info) {
        return Describe(IndexName(index, info), info);
      },
      sandbox, v8::PropertyHandlerFlags::kHasNoSideEffect));
  return global;
}

// Microtask queues of contexts that drain their own, each as long as its context.
class OwnQueues {
 public:
  explicit OwnQueues(Environment&) {}

  v8::MicrotaskQueue* Make(v8::Isolate* isolate) {
    queues_.push_back(std::make_unique<Owned>());
    queues_.back()->queue = v8::MicrotaskQueue::New(isolate, v8::MicrotasksPolicy::kExplicit);
    return queues_.back()->queue.get();
  }

  // Ties the queue made last to its context.
  void Bind(v8::Isolate* isolate, Local<v8::Context> context) {
    Owned* owned = queues_.back().get();
    owned->context.Reset(isolate, context);
    owned->context.SetWeak(
        owned,
        [](const v8::WeakCallbackInfo<Owned>& info) {
          info.GetParameter()->context.Reset();
          info.SetSecondPassCallback([](const v8::WeakCallbackInfo<Owned>& info) {
            std::erase_if(Environment::From(info.GetIsolate()).State<OwnQueues>().queues_,
                          [&](const auto& owned) { return owned.get() == info.GetParameter(); });
          });
        },
        v8::WeakCallbackType::kParameter);
  }

  v8::MicrotaskQueue* Of(v8::Isolate* isolate, Local<v8::Context> context) {
    for (const auto& owned : queues_) {
      if (owned->context == context) return owned->queue.get();
    }
    return nullptr;
  }

 private:
  struct Owned {
    std::unique_ptr<v8::MicrotaskQueue> queue;
    v8::Global<v8::Context> context;
  };
  std::vector<std::unique_ptr<Owned>> queues_;
};

bool AllowWasm(Local<v8::Context> context, Local<v8::String>) {
  return context->GetNumberOfEmbedderDataFields() <= kWasmSlot ||
         !context->GetEmbedderData(kWasmSlot)->IsFalse();
}

// V8's own iterator of text, which no standard knows, is not there in Node either. A contextified
// object has no say in what Intl is here.
void RemoveBreakIterator(Environment& env, Local<v8::Context> context) {
  Local<v8::Value> intl;
  if (!context->Global()->GetRealNamedProperty(context, env.Intern("Intl")).ToLocal(&intl)) return;
  if (!intl->IsObject()) return;
  static_cast<void>(intl.As<v8::Object>()->Delete(context, env.Intern("v8BreakIterator")));
}

// `sandbox`: the object to contextify, or null for a context with an ordinary global. Gives that
// global.
v8::MaybeLocal<v8::Value> MakeContext(Environment& env, Local<v8::Value> sandbox, bool strings,
                                      bool wasm, bool own_queue, Local<v8::Symbol> host_symbol,
                                      const std::string& name, const std::string& origin) {
  v8::Isolate* isolate = env.isolate();
  v8::EscapableHandleScope scope(isolate);
  v8::MicrotaskQueue* queue = own_queue ? env.State<OwnQueues>().Make(isolate) : nullptr;
  v8::MaybeLocal<v8::ObjectTemplate> global_template;
  if (sandbox->IsObject()) global_template = GlobalTemplate(isolate, sandbox.As<v8::Object>());
  Local<v8::Context> context = v8::Context::New(isolate, nullptr, global_template, {}, {}, queue);
  if (context.IsEmpty()) return {};
  if (queue != nullptr) env.State<OwnQueues>().Bind(isolate, context);
  RemoveBreakIterator(env, context);
  context->SetSecurityToken(env.context()->GetSecurityToken());
  context->AllowCodeGenerationFromStrings(strings);
  context->SetErrorMessageForCodeGenerationFromStrings(
      env.Intern("Code generation from strings disallowed for this context"));
  context->SetEmbedderData(kHostSymbolSlot, host_symbol);
  if (!wasm) {
    context->SetEmbedderData(kWasmSlot, v8::False(isolate));
    isolate->SetAllowWasmCodeGenerationCallback(AllowWasm);
  }
  Local<v8::Object> global = context->Global();
  Local<v8::Object> holder = sandbox->IsObject() ? sandbox.As<v8::Object>() : global;
  holder->SetPrivate(env.context(), GlobalKey(env), global).Check();
  NotifyContextCreated(env, context, name, origin);
  return scope.Escape(global);
}

bool IsContext(Environment& env, Local<v8::Object> object) {
  return object->HasPrivate(env.context(), GlobalKey(env)).FromMaybe(false);
}

}  // namespace

v8::Local<v8::Context> ContextOf(Environment& env, v8::Local<v8::Object> object) {
  Local<v8::Value> global;
  if (!object->GetPrivate(env.context(), GlobalKey(env)).ToLocal(&global) || !global->IsObject()) {
    return {};
  }
  return global.As<v8::Object>()->GetCreationContext(env.isolate()).FromMaybe(Local<v8::Context>());
}

v8::MicrotaskQueue* OwnMicrotaskQueue(Environment& env, v8::Local<v8::Context> context) {
  return env.State<OwnQueues>().Of(env.isolate(), context);
}

v8::Local<v8::Value> HostSymbolOf(v8::Isolate* isolate, v8::Local<v8::Context> context) {
  if (context->GetNumberOfEmbedderDataFields() <= kHostSymbolSlot) return v8::Undefined(isolate);
  return context->GetEmbedderData(kHostSymbolSlot);
}

void FlushPendingStores(Environment& env) {
  env.State<PendingStores>().Flush(/* script_ended */ true);
}

void DeclareContextify(BindingBuilder& b) {
  b.Function<MakeContext>("makeContext");
  b.Function<IsContext>("isContext");
  b.Function<InstallShadowRealms>("installShadowRealms");
}

}  // namespace gyre
