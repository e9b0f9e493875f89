// Node-API: objects, arrays, their properties, type tags.
#include <list>
#include <vector>

#include "runtime/node_api/callbacks.h"
#include "runtime/node_api/env.h"

using gyre::FromNodeApi;
using gyre::JsCall;
using gyre::NativeCall;
using gyre::NewUtf8;
using gyre::Store;
using gyre::ToNodeApi;

namespace {

// A function about the properties of `object`; a primitive stands for its wrapper, as in
// JavaScript.
template <class Body>
napi_status ObjectCall(napi_env env, napi_value object, std::initializer_list<const void*> required,
                       Body&& body) {
  return JsCall(env, required, [&] {
    if (object == nullptr) return napi_invalid_arg;
    v8::Local<v8::Object> o;
    if (!FromNodeApi(object)->ToObject(env->context()).ToLocal(&o)) return napi_object_expected;
    return body(o);
  });
}

napi_status Answer(v8::Maybe<bool> maybe, bool* result) {
  bool value;
  if (!maybe.To(&value)) return napi_generic_failure;
  if (result != nullptr) *result = value;
  return napi_ok;
}

napi_status SetIntegrity(napi_env env, napi_value object, v8::IntegrityLevel level) {
  return ObjectCall(env, object, {}, [&](v8::Local<v8::Object> o) {
    return o->SetIntegrityLevel(env->context(), level).FromMaybe(false) ? napi_ok
                                                                        : napi_generic_failure;
  });
}

v8::PropertyFilter ToPropertyFilter(napi_key_filter filter) {
  int result = v8::ALL_PROPERTIES;
  if (filter & napi_key_writable) result |= v8::ONLY_WRITABLE;
  if (filter & napi_key_enumerable) result |= v8::ONLY_ENUMERABLE;
  if (filter & napi_key_configurable) result |= v8::ONLY_CONFIGURABLE;
  if (filter & napi_key_skip_strings) result |= v8::SKIP_STRINGS;
  if (filter & napi_key_skip_symbols) result |= v8::SKIP_SYMBOLS;
  return static_cast<v8::PropertyFilter>(result);
}

v8::Local<v8::Value> TagValue(napi_env env, const napi_type_tag* tag) {
  const uint64_t words[] = {tag->lower, tag->upper};
  return v8::BigInt::NewFromWords(env->context(), 0, 2, words).ToLocalChecked();
}

// V8 puts no property on an External, not even a private one: their tags are here.
class ExternalTags {
 public:
  explicit ExternalTags(gyre::Environment& env) : isolate_(env.isolate()) {}

  // Null when it has none.
  const napi_type_tag* Find(v8::Local<v8::Value> external) const {
    for (const Entry& entry : entries_) {
      if (entry.external == external) return &entry.tag;
    }
    return nullptr;
  }

  void Add(v8::Local<v8::Value> external, const napi_type_tag& tag) {
    std::erase_if(entries_, [](const Entry& entry) { return entry.external.IsEmpty(); });
    entries_.push_back({v8::Global<v8::Value>(isolate_, external), tag});
    // Empty once the External is collected.
    entries_.back().external.SetWeak();
  }

 private:
  struct Entry {
    v8::Global<v8::Value> external;
    napi_type_tag tag;
  };

  v8::Isolate* const isolate_;
  std::list<Entry> entries_;  // which stay where they are: V8 empties them there
};

}  // namespace

napi_status napi_create_object(napi_env env, napi_value* result) {
  return NativeCall(env, {result}, [&] {
    *result = ToNodeApi(v8::Object::New(env->isolate()));
    return napi_ok;
  });
}

napi_status napi_create_array(napi_env env, napi_value* result) {
  return NativeCall(env, {result}, [&] {
    *result = ToNodeApi(v8::Array::New(env->isolate()));
    return napi_ok;
  });
}

napi_status napi_create_array_with_length(napi_env env, size_t length, napi_value* result) {
  return NativeCall(env, {result}, [&] {
    *result = ToNodeApi(v8::Array::New(env->isolate(), static_cast<int>(length)));
    return napi_ok;
  });
}

napi_status napi_is_array(napi_env env, napi_value value, bool* result) {
  return gyre::Ask(env, value, result, &v8::Value::IsArray);
}

napi_status napi_get_array_length(napi_env env, napi_value value, uint32_t* result) {
  return NativeCall(env, {value, result}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    if (!v->IsArray()) return napi_array_expected;
    *result = v.As<v8::Array>()->Length();
    return napi_ok;
  });
}

napi_status napi_get_prototype(napi_env env, napi_value object, napi_value* result) {
  return NativeCall(env, {object, result}, [&] {
    v8::Local<v8::Object> o;
    if (!FromNodeApi(object)->ToObject(env->context()).ToLocal(&o)) return napi_object_expected;
    *result = ToNodeApi(o->GetPrototype());
    return napi_ok;
  });
}

napi_status napi_get_all_property_names(napi_env env, napi_value object,
                                        napi_key_collection_mode key_mode,
                                        napi_key_filter key_filter,
                                        napi_key_conversion key_conversion, napi_value* result) {
  return ObjectCall(env, object, {result}, [&](v8::Local<v8::Object> o) {
    if (key_mode != napi_key_include_prototypes && key_mode != napi_key_own_only) {
      return napi_invalid_arg;
    }
    if (key_conversion != napi_key_keep_numbers && key_conversion != napi_key_numbers_to_strings) {
      return napi_invalid_arg;
    }
    return Store(o->GetPropertyNames(env->context(),
                                     key_mode == napi_key_own_only
                                         ? v8::KeyCollectionMode::kOwnOnly
                                         : v8::KeyCollectionMode::kIncludePrototypes,
                                     ToPropertyFilter(key_filter), v8::IndexFilter::kIncludeIndices,
                                     key_conversion == napi_key_keep_numbers
                                         ? v8::KeyConversionMode::kKeepNumbers
                                         : v8::KeyConversionMode::kConvertToString),
                 result, napi_generic_failure);
  });
}

napi_status napi_get_property_names(napi_env env, napi_value object, napi_value* result) {
  return napi_get_all_property_names(
      env, object, napi_key_include_prototypes,
      static_cast<napi_key_filter>(napi_key_enumerable | napi_key_skip_symbols),
      napi_key_numbers_to_strings, result);
}

napi_status napi_set_property(napi_env env, napi_value object, napi_value key, napi_value value) {
  return ObjectCall(env, object, {key, value}, [&](v8::Local<v8::Object> o) {
    return o->Set(env->context(), FromNodeApi(key), FromNodeApi(value)).FromMaybe(false)
               ? napi_ok
               : napi_invalid_arg;
  });
}

napi_status napi_has_property(napi_env env, napi_value object, napi_value key, bool* result) {
  return ObjectCall(env, object, {result, key}, [&](v8::Local<v8::Object> o) {
    return Answer(o->Has(env->context(), FromNodeApi(key)), result);
  });
}

napi_status napi_get_property(napi_env env, napi_value object, napi_value key, napi_value* result) {
  return ObjectCall(env, object, {key, result}, [&](v8::Local<v8::Object> o) {
    return Store(o->Get(env->context(), FromNodeApi(key)), result, napi_generic_failure);
  });
}

napi_status napi_delete_property(napi_env env, napi_value object, napi_value key, bool* result) {
  return ObjectCall(env, object, {key}, [&](v8::Local<v8::Object> o) {
    return Answer(o->Delete(env->context(), FromNodeApi(key)), result);
  });
}

napi_status napi_has_own_property(napi_env env, napi_value object, napi_value key, bool* result) {
  return ObjectCall(env, object, {key, result}, [&](v8::Local<v8::Object> o) {
    v8::Local<v8::Value> name = FromNodeApi(key);
    if (!name->IsName()) return napi_name_expected;
    return Answer(o->HasOwnProperty(env->context(), name.As<v8::Name>()), result);
  });
}

namespace {

// The functions that name a property by a C string.
template <class Body>
napi_status NamedCall(napi_env env, napi_value object, const char* utf8name,
                      std::initializer_list<const void*> required, Body&& body) {
  return ObjectCall(env, object, required, [&](v8::Local<v8::Object> o) {
    v8::Local<v8::String> name;
    if (utf8name == nullptr || !NewUtf8(env, utf8name, NAPI_AUTO_LENGTH, &name)) {
      return napi_invalid_arg;
    }
    return body(o, name);
  });
}

}  // namespace

napi_status napi_set_named_property(napi_env env, napi_value object, const char* utf8name,
                                    napi_value value) {
  return NamedCall(
      env, object, utf8name, {value}, [&](v8::Local<v8::Object> o, v8::Local<v8::String> name) {
        return o->Set(env->context(), name, FromNodeApi(value)).FromMaybe(false) ? napi_ok
                                                                                 : napi_invalid_arg;
      });
}

napi_status napi_has_named_property(napi_env env, napi_value object, const char* utf8name,
                                    bool* result) {
  return NamedCall(env, object, utf8name, {result},
                   [&](v8::Local<v8::Object> o, v8::Local<v8::String> name) {
                     return Answer(o->Has(env->context(), name), result);
                   });
}

napi_status napi_get_named_property(napi_env env, napi_value object, const char* utf8name,
                                    napi_value* result) {
  return NamedCall(env, object, utf8name, {result},
                   [&](v8::Local<v8::Object> o, v8::Local<v8::String> name) {
                     return Store(o->Get(env->context(), name), result, napi_generic_failure);
                   });
}

napi_status napi_set_element(napi_env env, napi_value object, uint32_t index, napi_value value) {
  return ObjectCall(env, object, {value}, [&](v8::Local<v8::Object> o) {
    return o->Set(env->context(), index, FromNodeApi(value)).FromMaybe(false) ? napi_ok
                                                                              : napi_invalid_arg;
  });
}

napi_status napi_has_element(napi_env env, napi_value object, uint32_t index, bool* result) {
  return ObjectCall(env, object, {result}, [&](v8::Local<v8::Object> o) {
    return Answer(o->Has(env->context(), index), result);
  });
}

napi_status napi_get_element(napi_env env, napi_value object, uint32_t index, napi_value* result) {
  return ObjectCall(env, object, {result}, [&](v8::Local<v8::Object> o) {
    return Store(o->Get(env->context(), index), result, napi_generic_failure);
  });
}

napi_status napi_delete_element(napi_env env, napi_value object, uint32_t index, bool* result) {
  return ObjectCall(env, object, {}, [&](v8::Local<v8::Object> o) {
    return Answer(o->Delete(env->context(), index), result);
  });
}

napi_status napi_define_properties(napi_env env, napi_value object, size_t property_count,
                                   const napi_property_descriptor* properties) {
  return JsCall(env, {object}, [&] {
    if (property_count > 0 && properties == nullptr) return napi_invalid_arg;
    v8::Local<v8::Value> v = FromNodeApi(object);
    if (!v->IsObject()) return napi_object_expected;
    for (size_t i = 0; i < property_count; i++) {
      const napi_status status = gyre::DefineProperty(env, v.As<v8::Object>(), properties[i]);
      if (status != napi_ok) return status;
    }
    return napi_ok;
  });
}

napi_status napi_object_freeze(napi_env env, napi_value object) {
  return SetIntegrity(env, object, v8::IntegrityLevel::kFrozen);
}

napi_status napi_object_seal(napi_env env, napi_value object) {
  return SetIntegrity(env, object, v8::IntegrityLevel::kSealed);
}

napi_status napi_type_tag_object(napi_env env, napi_value value, const napi_type_tag* type_tag) {
  return ObjectCall(env, value, {type_tag}, [&](v8::Local<v8::Object> o) {
    if (o->IsExternal()) {
      auto& tags = env->environment.State<ExternalTags>();
      if (tags.Find(o) != nullptr) return napi_invalid_arg;
      tags.Add(o, *type_tag);
      return napi_ok;
    }
    v8::Local<v8::Private> key = PrivateOf(env->isolate(), gyre::PrivateKey::kTypeTag);
    bool tagged;
    if (!o->HasPrivate(env->context(), key).To(&tagged)) return napi_generic_failure;
    if (tagged) return napi_invalid_arg;
    return o->SetPrivate(env->context(), key, TagValue(env, type_tag)).FromMaybe(false)
               ? napi_ok
               : napi_generic_failure;
  });
}

napi_status napi_check_object_type_tag(napi_env env, napi_value value,
                                       const napi_type_tag* type_tag, bool* result) {
  return ObjectCall(env, value, {type_tag, result}, [&](v8::Local<v8::Object> o) {
    if (o->IsExternal()) {
      const napi_type_tag* has = env->environment.State<ExternalTags>().Find(o);
      *result = has != nullptr && has->lower == type_tag->lower && has->upper == type_tag->upper;
      return napi_ok;
    }
    v8::Local<v8::Value> tag;
    if (!o->GetPrivate(env->context(), PrivateOf(env->isolate(), gyre::PrivateKey::kTypeTag))
             .ToLocal(&tag)) {
      return napi_generic_failure;
    }
    *result = tag->StrictEquals(TagValue(env, type_tag));
    return napi_ok;
  });
}
