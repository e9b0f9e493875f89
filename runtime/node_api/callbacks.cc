// Node-API: functions and classes whose code is an addon's, and calls of JavaScript's.
#include "runtime/node_api/callbacks.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "runtime/node_api/env.h"
#include "runtime/node_api/reference.h"

using gyre::FromNodeApi;
using gyre::JsCall;
using gyre::NativeCall;
using gyre::NewUtf8;
using gyre::Store;
using gyre::ToNodeApi;

// One call of an addon's function by JavaScript.
struct napi_callback_info__ {
  const v8::FunctionCallbackInfo<v8::Value>& info;
  void* data;
};

namespace gyre {
namespace {

struct Callback {
  napi_env env;
  napi_callback function;
  void* data;
};

void Invoke(const v8::FunctionCallbackInfo<v8::Value>& info) {
  auto* callback = static_cast<Callback*>(
      info.Data().As<v8::External>()->Value(v8::kExternalPointerTypeTagDefault));
  napi_env env = callback->env;
  napi_callback_info__ call{info, callback->data};
  napi_value result = nullptr;
  bool thrown = false;
  env->CallAddon([&] { result = callback->function(env, &call); },
                 [&](v8::Local<v8::Value> exception) {
                   thrown = true;
                   env->isolate()->ThrowException(exception);
                 });
  if (!thrown && result != nullptr) info.GetReturnValue().Set(FromNodeApi(result));
}

// What Invoke() gets. It is freed after the functions that have it.
v8::Local<v8::External> NewCallbackData(napi_env env, napi_callback function, void* data) {
  auto* callback = new Callback{env, function, data};
  v8::Local<v8::External> external =
      v8::External::New(env->isolate(), callback, v8::kExternalPointerTypeTagDefault);
  new Reference(
      env, external, 0, Reference::Owner::kRuntime,
      [](napi_env, void* data, void*) { delete static_cast<Callback*>(data); }, callback);
  return external;
}

v8::PropertyAttribute ToAttributes(const napi_property_descriptor& descriptor) {
  int result = v8::None;
  const bool is_accessor = descriptor.getter != nullptr || descriptor.setter != nullptr;
  if (!is_accessor && !(descriptor.attributes & napi_writable)) result |= v8::ReadOnly;
  if (!(descriptor.attributes & napi_enumerable)) result |= v8::DontEnum;
  if (!(descriptor.attributes & napi_configurable)) result |= v8::DontDelete;
  return static_cast<v8::PropertyAttribute>(result);
}

napi_status NameOf(napi_env env, const napi_property_descriptor& descriptor,
                   v8::Local<v8::Name>* name) {
  if (descriptor.utf8name != nullptr) {
    v8::Local<v8::String> string;
    if (!NewUtf8(env, descriptor.utf8name, NAPI_AUTO_LENGTH, &string)) return napi_invalid_arg;
    *name = string;
    return napi_ok;
  }
  if (descriptor.name == nullptr || !FromNodeApi(descriptor.name)->IsName()) {
    return napi_name_expected;
  }
  *name = FromNodeApi(descriptor.name).As<v8::Name>();
  return napi_ok;
}

v8::Local<v8::FunctionTemplate> MethodTemplate(
    napi_env env, napi_callback function, void* data,
    v8::Local<v8::Signature> signature = v8::Local<v8::Signature>()) {
  return v8::FunctionTemplate::New(env->isolate(), Invoke, NewCallbackData(env, function, data),
                                   signature);
}

// A property of a class's instances.
napi_status AddToClass(napi_env env, v8::Local<v8::FunctionTemplate> constructor,
                       const napi_property_descriptor& descriptor) {
  v8::Local<v8::Name> name;
  const napi_status status = NameOf(env, descriptor, &name);
  if (status != napi_ok) return status;
  const v8::PropertyAttribute attributes = ToAttributes(descriptor);
  // Methods and accessors refuse other receivers: their native side would not be there.
  v8::Local<v8::Signature> signature = v8::Signature::New(env->isolate(), constructor);
  v8::Local<v8::ObjectTemplate> prototype = constructor->PrototypeTemplate();
  if (descriptor.getter != nullptr || descriptor.setter != nullptr) {
    v8::Local<v8::FunctionTemplate> getter, setter;
    if (descriptor.getter)
      getter = MethodTemplate(env, descriptor.getter, descriptor.data, signature);
    if (descriptor.setter)
      setter = MethodTemplate(env, descriptor.setter, descriptor.data, signature);
    prototype->SetAccessorProperty(name, getter, setter, attributes);
  } else if (descriptor.method != nullptr) {
    prototype->Set(name, MethodTemplate(env, descriptor.method, descriptor.data, signature),
                   attributes);
  } else {
    prototype->Set(name, FromNodeApi(descriptor.value), attributes);
  }
  return napi_ok;
}

}  // namespace

v8::MaybeLocal<v8::Function> NewFunction(napi_env env, napi_callback callback, void* data) {
  return v8::Function::New(env->context(), Invoke, NewCallbackData(env, callback, data));
}

napi_status DefineProperty(napi_env env, v8::Local<v8::Object> object,
                           const napi_property_descriptor& descriptor) {
  v8::Local<v8::Name> name;
  const napi_status status = NameOf(env, descriptor, &name);
  if (status != napi_ok) return status;
  auto define = [&](v8::PropertyDescriptor& property) {
    property.set_enumerable((descriptor.attributes & napi_enumerable) != 0);
    property.set_configurable((descriptor.attributes & napi_configurable) != 0);
    return object->DefineProperty(env->context(), name, property).FromMaybe(false)
               ? napi_ok
               : napi_invalid_arg;
  };
  const bool writable = (descriptor.attributes & napi_writable) != 0;
  if (descriptor.getter != nullptr || descriptor.setter != nullptr) {
    v8::Local<v8::Value> accessors[] = {v8::Undefined(env->isolate()),
                                        v8::Undefined(env->isolate())};
    const napi_callback callbacks[] = {descriptor.getter, descriptor.setter};
    for (int i = 0; i < 2; i++) {
      if (callbacks[i] == nullptr) continue;
      v8::Local<v8::Function> function;
      if (!NewFunction(env, callbacks[i], descriptor.data).ToLocal(&function)) {
        return napi_generic_failure;
      }
      accessors[i] = function;
    }
    v8::PropertyDescriptor property(accessors[0], accessors[1]);
    return define(property);
  }
  if (descriptor.method != nullptr) {
    v8::Local<v8::Function> method;
    if (!NewFunction(env, descriptor.method, descriptor.data).ToLocal(&method)) {
      return napi_generic_failure;
    }
    v8::PropertyDescriptor property(method, writable);
    return define(property);
  }
  v8::PropertyDescriptor property(FromNodeApi(descriptor.value), writable);
  return define(property);
}

}  // namespace gyre

napi_status napi_create_function(napi_env env, const char* utf8name, size_t length,
                                 napi_callback cb, void* data, napi_value* result) {
  return JsCall(env, {result, reinterpret_cast<const void*>(cb)}, [&] {
    v8::EscapableHandleScope scope(env->isolate());
    v8::Local<v8::Function> function;
    if (!gyre::NewFunction(env, cb, data).ToLocal(&function)) return napi_generic_failure;
    if (utf8name != nullptr) {
      v8::Local<v8::String> name;
      if (!NewUtf8(env, utf8name, length, &name)) return napi_invalid_arg;
      function->SetName(name);
    }
    *result = ToNodeApi(scope.Escape(function));
    return napi_ok;
  });
}

napi_status napi_define_class(napi_env env, const char* utf8name, size_t length,
                              napi_callback constructor, void* callback_data, size_t property_count,
                              const napi_property_descriptor* properties, napi_value* result) {
  return JsCall(env, {result, reinterpret_cast<const void*>(constructor)}, [&] {
    if (property_count > 0 && properties == nullptr) return napi_invalid_arg;
    v8::EscapableHandleScope scope(env->isolate());
    v8::Local<v8::String> name;
    if (!NewUtf8(env, utf8name, length, &name, v8::NewStringType::kInternalized)) {
      return napi_invalid_arg;
    }
    v8::Local<v8::FunctionTemplate> made = gyre::MethodTemplate(env, constructor, callback_data);
    made->SetClassName(name);
    std::vector<napi_property_descriptor> of_class;
    for (size_t i = 0; i < property_count; i++) {
      if (properties[i].attributes & napi_static) {
        of_class.push_back(properties[i]);
        continue;
      }
      const napi_status status = gyre::AddToClass(env, made, properties[i]);
      if (status != napi_ok) return status;
    }
    v8::Local<v8::Function> function;
    if (!made->GetFunction(env->context()).ToLocal(&function)) return napi_generic_failure;
    for (const napi_property_descriptor& descriptor : of_class) {
      const napi_status status = gyre::DefineProperty(env, function, descriptor);
      if (status != napi_ok) return status;
    }
    *result = ToNodeApi(scope.Escape(function));
    return napi_ok;
  });
}

napi_status napi_get_cb_info(napi_env env, napi_callback_info cbinfo, size_t* argc,
                             napi_value* argv, napi_value* this_arg, void** data) {
  return NativeCall(env, {cbinfo}, [&] {
    const auto& info = cbinfo->info;
    if (argv != nullptr) {
      if (argc == nullptr) return napi_invalid_arg;
      for (size_t i = 0; i < *argc; i++) {
        argv[i] = ToNodeApi(i < static_cast<size_t>(info.Length())
                                ? info[static_cast<int>(i)]
                                : v8::Undefined(env->isolate()).As<v8::Value>());
      }
    }
    if (argc != nullptr) *argc = info.Length();
    if (this_arg != nullptr) *this_arg = ToNodeApi(info.This());
    if (data != nullptr) *data = cbinfo->data;
    return napi_ok;
  });
}

napi_status napi_get_new_target(napi_env env, napi_callback_info cbinfo, napi_value* result) {
  return NativeCall(env, {cbinfo, result}, [&] {
    const auto& info = cbinfo->info;
    *result = info.IsConstructCall() ? ToNodeApi(info.NewTarget()) : nullptr;
    return napi_ok;
  });
}

napi_status napi_call_function(napi_env env, napi_value recv, napi_value func, size_t argc,
                               const napi_value* argv, napi_value* result) {
  return JsCall(env, {recv}, [&] {
    if (argc > 0 && argv == nullptr) return napi_invalid_arg;
    if (func == nullptr || !FromNodeApi(func)->IsFunction()) return napi_invalid_arg;
    auto* arguments = reinterpret_cast<v8::Local<v8::Value>*>(const_cast<napi_value*>(argv));
    v8::MaybeLocal<v8::Value> returned = FromNodeApi(func).As<v8::Function>()->Call(
        env->context(), FromNodeApi(recv), static_cast<int>(argc), arguments);
    if (returned.IsEmpty()) return napi_generic_failure;
    if (result != nullptr) *result = ToNodeApi(returned.ToLocalChecked());
    return napi_ok;
  });
}

napi_status napi_new_instance(napi_env env, napi_value constructor, size_t argc,
                              const napi_value* argv, napi_value* result) {
  return JsCall(env, {constructor, result}, [&] {
    if (argc > 0 && argv == nullptr) return napi_invalid_arg;
    if (!FromNodeApi(constructor)->IsFunction()) return napi_invalid_arg;
    auto* arguments = reinterpret_cast<v8::Local<v8::Value>*>(const_cast<napi_value*>(argv));
    return Store(FromNodeApi(constructor)
                     .As<v8::Function>()
                     ->NewInstance(env->context(), static_cast<int>(argc), arguments),
                 result, napi_pending_exception);
  });
}

napi_status napi_instanceof(napi_env env, napi_value object, napi_value constructor, bool* result) {
  if (env != nullptr && result != nullptr) *result = false;
  bool is_function = true;
  const napi_status status = JsCall(env, {object, constructor, result}, [&] {
    is_function = FromNodeApi(constructor)->IsFunction();
    if (!is_function) return napi_ok;
    return FromNodeApi(object)
                   ->InstanceOf(env->context(), FromNodeApi(constructor).As<v8::Object>())
                   .To(result)
               ? napi_ok
               : napi_generic_failure;
  });
  if (is_function) return status;
  napi_throw_type_error(env, "ERR_NAPI_CONS_FUNCTION", "Constructor must be a function");
  return env->SetLastError(napi_function_expected);
}
