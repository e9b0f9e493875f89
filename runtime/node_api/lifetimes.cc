// Node-API: handle scopes, wrapped objects, externals, promises.
#include <memory>

#include "runtime/node_api/env.h"
#include "runtime/node_api/reference.h"

using gyre::FromNodeApi;
using gyre::JsCall;
using gyre::NativeCall;
using gyre::PrivateKey;
using gyre::Reference;
using gyre::ToNodeApi;

namespace {

// V8's scopes cannot be made with `new`; a member of an object can.
struct HandleScope {
  explicit HandleScope(v8::Isolate* isolate) : scope(isolate) {}
  v8::HandleScope scope;
};

struct EscapableScope {
  explicit EscapableScope(v8::Isolate* isolate) : scope(isolate) {}
  v8::EscapableHandleScope scope;
  bool escaped = false;
};

// The native side of a wrapped object; null when it has none.
Reference* WrapOf(napi_env env, v8::Local<v8::Object> object) {
  v8::Local<v8::Value> value;
  if (!object->GetPrivate(env->context(), PrivateOf(env->isolate(), PrivateKey::kWrap))
           .ToLocal(&value) ||
      !value->IsExternal()) {
    return nullptr;
  }
  return static_cast<Reference*>(
      value.As<v8::External>()->Value(v8::kExternalPointerTypeTagDefault));
}

// A reference that finalizes native data with `value`; the addon owns it when it asks for it.
Reference* Attach(napi_env env, v8::Local<v8::Value> value, void* data, napi_finalize finalize,
                  void* hint, napi_ref* result) {
  auto* reference = new Reference(
      env, value, 0, result == nullptr ? Reference::Owner::kRuntime : Reference::Owner::kAddon,
      finalize, data, hint);
  if (result != nullptr) *result = reinterpret_cast<napi_ref>(reference);
  return reference;
}

napi_status Unwrap(napi_env env, napi_value js_object, void** result, bool remove) {
  return JsCall(env, {js_object}, [&] {
    if (!remove && result == nullptr) return napi_invalid_arg;
    v8::Local<v8::Value> value = FromNodeApi(js_object);
    if (!value->IsObject()) return napi_object_expected;
    v8::Local<v8::Object> object = value.As<v8::Object>();
    Reference* reference = WrapOf(env, object);
    if (reference == nullptr) return napi_invalid_arg;
    if (result != nullptr) *result = reference->data();
    if (!remove) return napi_ok;
    static_cast<void>(
        object->DeletePrivate(env->context(), PrivateOf(env->isolate(), PrivateKey::kWrap)));
    if (reference->owner() == Reference::Owner::kRuntime) {
      delete reference;
    } else {
      reference->ForgetFinalizer();
    }
    return napi_ok;
  });
}

napi_status Settle(napi_env env, napi_deferred deferred, napi_value value, bool resolve) {
  return JsCall(env, {deferred, value}, [&] {
    std::unique_ptr<v8::Global<v8::Promise::Resolver>> held(
        reinterpret_cast<v8::Global<v8::Promise::Resolver>*>(deferred));
    v8::Local<v8::Promise::Resolver> resolver = held->Get(env->isolate());
    const v8::Maybe<bool> done = resolve ? resolver->Resolve(env->context(), FromNodeApi(value))
                                         : resolver->Reject(env->context(), FromNodeApi(value));
    return done.FromMaybe(false) ? napi_ok : napi_generic_failure;
  });
}

}  // namespace

napi_status napi_open_handle_scope(napi_env env, napi_handle_scope* result) {
  return NativeCall(env, {result}, [&] {
    *result = reinterpret_cast<napi_handle_scope>(new HandleScope(env->isolate()));
    env->open_handle_scopes++;
    return napi_ok;
  });
}

napi_status napi_close_handle_scope(napi_env env, napi_handle_scope scope) {
  return NativeCall(env, {scope}, [&] {
    if (env->open_handle_scopes == 0) return napi_handle_scope_mismatch;
    env->open_handle_scopes--;
    delete reinterpret_cast<HandleScope*>(scope);
    return napi_ok;
  });
}

napi_status napi_open_escapable_handle_scope(napi_env env, napi_escapable_handle_scope* result) {
  return NativeCall(env, {result}, [&] {
    *result = reinterpret_cast<napi_escapable_handle_scope>(new EscapableScope(env->isolate()));
    env->open_handle_scopes++;
    return napi_ok;
  });
}

napi_status napi_close_escapable_handle_scope(napi_env env, napi_escapable_handle_scope scope) {
  return NativeCall(env, {scope}, [&] {
    if (env->open_handle_scopes == 0) return napi_handle_scope_mismatch;
    env->open_handle_scopes--;
    delete reinterpret_cast<EscapableScope*>(scope);
    return napi_ok;
  });
}

napi_status napi_escape_handle(napi_env env, napi_escapable_handle_scope scope, napi_value escapee,
                               napi_value* result) {
  return NativeCall(env, {scope, escapee, result}, [&] {
    auto* escapable = reinterpret_cast<EscapableScope*>(scope);
    if (escapable->escaped) return napi_escape_called_twice;
    escapable->escaped = true;
    *result = ToNodeApi(escapable->scope.Escape(FromNodeApi(escapee)));
    return napi_ok;
  });
}

napi_status napi_wrap(napi_env env, napi_value js_object, void* native_object,
                      node_api_basic_finalize finalize_cb, void* finalize_hint, napi_ref* result) {
  return JsCall(env, {js_object}, [&] {
    v8::Local<v8::Value> value = FromNodeApi(js_object);
    if (!value->IsObject()) return napi_object_expected;
    // Who deletes a reference that the addon owns is the finalizer.
    if (result != nullptr && finalize_cb == nullptr) return napi_invalid_arg;
    v8::Local<v8::Object> object = value.As<v8::Object>();
    if (WrapOf(env, object) != nullptr) return napi_invalid_arg;
    Reference* reference = Attach(env, object, native_object, finalize_cb, finalize_hint, result);
    v8::Local<v8::External> external =
        v8::External::New(env->isolate(), reference, v8::kExternalPointerTypeTagDefault);
    return object->SetPrivate(env->context(), PrivateOf(env->isolate(), PrivateKey::kWrap),
                              external)
                   .FromMaybe(false)
               ? napi_ok
               : napi_generic_failure;
  });
}

napi_status napi_unwrap(napi_env env, napi_value js_object, void** result) {
  return Unwrap(env, js_object, result, false);
}

napi_status napi_remove_wrap(napi_env env, napi_value js_object, void** result) {
  return Unwrap(env, js_object, result, true);
}

napi_status napi_add_finalizer(napi_env env, napi_value js_object, void* finalize_data,
                               node_api_basic_finalize finalize_cb, void* finalize_hint,
                               napi_ref* result) {
  return NativeCall(env, {js_object, reinterpret_cast<const void*>(finalize_cb)}, [&] {
    v8::Local<v8::Value> value = FromNodeApi(js_object);
    if (!value->IsObject()) return napi_invalid_arg;
    Attach(env, value, finalize_data, finalize_cb, finalize_hint, result);
    return napi_ok;
  });
}

napi_status napi_create_external(napi_env env, void* data, node_api_basic_finalize finalize_cb,
                                 void* finalize_hint, napi_value* result) {
  return JsCall(env, {result}, [&] {
    v8::Local<v8::External> external =
        v8::External::New(env->isolate(), data, v8::kExternalPointerTypeTagDefault);
    if (finalize_cb != nullptr) Attach(env, external, data, finalize_cb, finalize_hint, nullptr);
    *result = ToNodeApi(external);
    return napi_ok;
  });
}

napi_status napi_get_value_external(napi_env env, napi_value value, void** result) {
  return NativeCall(env, {value, result}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    if (!v->IsExternal()) return napi_invalid_arg;
    *result = v.As<v8::External>()->Value(v8::kExternalPointerTypeTagDefault);
    return napi_ok;
  });
}

napi_status napi_create_promise(napi_env env, napi_deferred* deferred, napi_value* promise) {
  return JsCall(env, {deferred, promise}, [&] {
    v8::Local<v8::Promise::Resolver> resolver;
    if (!v8::Promise::Resolver::New(env->context()).ToLocal(&resolver)) return napi_generic_failure;
    *deferred = reinterpret_cast<napi_deferred>(
        new v8::Global<v8::Promise::Resolver>(env->isolate(), resolver));
    *promise = ToNodeApi(resolver->GetPromise());
    return napi_ok;
  });
}

napi_status napi_resolve_deferred(napi_env env, napi_deferred deferred, napi_value resolution) {
  return Settle(env, deferred, resolution, true);
}

napi_status napi_reject_deferred(napi_env env, napi_deferred deferred, napi_value rejection) {
  return Settle(env, deferred, rejection, false);
}

napi_status napi_is_promise(napi_env env, napi_value value, bool* is_promise) {
  return gyre::Ask(env, value, is_promise, &v8::Value::IsPromise);
}
