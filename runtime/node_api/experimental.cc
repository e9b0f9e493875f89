#include "runtime/node_api/experimental.h"

#include <memory>
#include <utility>

#include "runtime/node_api/env.h"
#include "runtime/node_api/reference.h"

using gyre::FromNodeApi;
using gyre::JsCall;
using gyre::NativeCall;
using gyre::Reference;
using gyre::ToNodeApi;

napi_status node_api_post_finalizer(node_api_basic_env env, napi_finalize finalize_cb,
                                    void* finalize_data, void* finalize_hint) {
  return NativeCall(env, {reinterpret_cast<const void*>(finalize_cb)}, [&] {
    env->EnqueueFinalizer(new Reference(env, {}, 0, Reference::Owner::kRuntime, finalize_cb,
                                        finalize_data, finalize_hint));
    return napi_ok;
  });
}

napi_status node_api_set_prototype(napi_env env, napi_value object, napi_value value) {
  return JsCall(env, {object, value}, [&] {
    v8::Local<v8::Object> o;
    if (!FromNodeApi(object)->ToObject(env->context()).ToLocal(&o)) return napi_object_expected;
    return o->SetPrototype(env->context(), FromNodeApi(value)).FromMaybe(false)
               ? napi_ok
               : napi_generic_failure;
  });
}

napi_status node_api_create_object_with_properties(napi_env env, napi_value prototype_or_null,
                                                   const napi_value* property_names,
                                                   const napi_value* property_values,
                                                   size_t property_count, napi_value* result) {
  return JsCall(env, {result}, [&] {
    if (property_count > 0 && (property_names == nullptr || property_values == nullptr)) {
      return napi_invalid_arg;
    }
    v8::Local<v8::Value> prototype = v8::Null(env->isolate());
    if (prototype_or_null != nullptr) prototype = FromNodeApi(prototype_or_null);
    if (!prototype->IsNull() && !prototype->IsObject()) return napi_object_expected;
    for (size_t i = 0; i < property_count; i++) {
      if (!FromNodeApi(property_names[i])->IsName()) return napi_name_expected;
    }
    v8::Local<v8::Object> object = v8::Object::New(env->isolate());
    if (!object->SetPrototype(env->context(), prototype).FromMaybe(false)) {
      return napi_generic_failure;
    }
    for (size_t i = 0; i < property_count; i++) {
      if (!object
               ->CreateDataProperty(env->context(), FromNodeApi(property_names[i]).As<v8::Name>(),
                                    FromNodeApi(property_values[i]))
               .FromMaybe(false)) {
        return napi_generic_failure;
      }
    }
    *result = ToNodeApi(object);
    return napi_ok;
  });
}

napi_status node_api_is_sharedarraybuffer(napi_env env, napi_value value, bool* result) {
  return gyre::Ask(env, value, result, &v8::Value::IsSharedArrayBuffer);
}

napi_status node_api_create_sharedarraybuffer(napi_env env, size_t byte_length, void** data,
                                              napi_value* result) {
  return JsCall(env, {result}, [&] {
    v8::Local<v8::SharedArrayBuffer> buffer =
        v8::SharedArrayBuffer::New(env->isolate(), byte_length);
    if (data != nullptr) *data = buffer->Data();
    *result = ToNodeApi(buffer);
    return napi_ok;
  });
}

napi_status node_api_create_external_sharedarraybuffer(napi_env env, void* external_data,
                                                       size_t byte_length,
                                                       node_api_noenv_finalize finalize_cb,
                                                       void* finalize_hint, napi_value* result) {
  return JsCall(env, {result}, [&] {
    struct Finalizer {
      node_api_noenv_finalize function;
      void* hint;
    };
    // Runs on the thread that drops the memory last, which may be another environment's.
    std::unique_ptr<v8::BackingStore> store = v8::SharedArrayBuffer::NewBackingStore(
        external_data, byte_length,
        [](void* memory, size_t, void* argument) {
          std::unique_ptr<Finalizer> finalizer(static_cast<Finalizer*>(argument));
          if (finalizer->function != nullptr) finalizer->function(memory, finalizer->hint);
        },
        new Finalizer{finalize_cb, finalize_hint});
    *result = ToNodeApi(v8::SharedArrayBuffer::New(env->isolate(), std::move(store)));
    return napi_ok;
  });
}
