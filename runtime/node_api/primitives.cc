// Node-API: primitive values, dates, and conversions between JavaScript and C.
#include <algorithm>
#include <cmath>
#include <string>

#include "runtime/node_api/env.h"
#include "runtime/node_api/external_text.h"

using gyre::FromNodeApi;
using gyre::JsCall;
using gyre::NativeCall;
using gyre::NewUtf8;
using gyre::Store;
using gyre::ToNodeApi;

namespace {

template <class T>
napi_status Return(napi_env env, v8::Local<T> value, napi_value* result) {
  *result = ToNodeApi(value);
  return napi_ok;
}

// A JavaScript number as one of C's; -1 is not a special value.
template <class T, class Convert>
napi_status GetNumber(napi_env env, napi_value value, T* result, Convert&& convert) {
  return NativeCall(env, {value, result}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    if (!v->IsNumber()) return napi_number_expected;
    *result = convert(v.As<v8::Number>());
    return napi_ok;
  });
}

// The three encodings share how much is written: without a buffer the length is the answer; with
// one, as many characters as fit, then a NUL.
template <class Char, class Length, class Write>
napi_status GetString(napi_env env, napi_value value, Char* buf, size_t bufsize, size_t* result,
                      Length&& length, Write&& write) {
  return NativeCall(env, {value}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    if (!v->IsString()) return napi_string_expected;
    v8::Local<v8::String> string = v.As<v8::String>();
    if (buf == nullptr) {
      if (result == nullptr) return napi_invalid_arg;
      *result = length(string);
      return napi_ok;
    }
    size_t written = 0;
    if (bufsize > 0) {
      written = write(string, bufsize - 1);
      buf[written] = 0;
    }
    if (result != nullptr) *result = written;
    return napi_ok;
  });
}

}  // namespace

napi_status napi_get_undefined(napi_env env, napi_value* result) {
  return NativeCall(env, {result},
                    [&] { return Return(env, v8::Undefined(env->isolate()), result); });
}

napi_status napi_get_null(napi_env env, napi_value* result) {
  return NativeCall(env, {result}, [&] { return Return(env, v8::Null(env->isolate()), result); });
}

napi_status napi_get_global(napi_env env, napi_value* result) {
  return NativeCall(env, {result}, [&] { return Return(env, env->context()->Global(), result); });
}

napi_status napi_get_boolean(napi_env env, bool value, napi_value* result) {
  return NativeCall(env, {result},
                    [&] { return Return(env, v8::Boolean::New(env->isolate(), value), result); });
}

napi_status napi_create_double(napi_env env, double value, napi_value* result) {
  return NativeCall(env, {result},
                    [&] { return Return(env, v8::Number::New(env->isolate(), value), result); });
}

napi_status napi_create_int32(napi_env env, int32_t value, napi_value* result) {
  return NativeCall(env, {result},
                    [&] { return Return(env, v8::Integer::New(env->isolate(), value), result); });
}

napi_status napi_create_uint32(napi_env env, uint32_t value, napi_value* result) {
  return NativeCall(env, {result}, [&] {
    return Return(env, v8::Integer::NewFromUnsigned(env->isolate(), value), result);
  });
}

napi_status napi_create_int64(napi_env env, int64_t value, napi_value* result) {
  return napi_create_double(env, static_cast<double>(value), result);
}

napi_status napi_create_bigint_int64(napi_env env, int64_t value, napi_value* result) {
  return NativeCall(env, {result},
                    [&] { return Return(env, v8::BigInt::New(env->isolate(), value), result); });
}

napi_status napi_create_bigint_uint64(napi_env env, uint64_t value, napi_value* result) {
  return NativeCall(env, {result}, [&] {
    return Return(env, v8::BigInt::NewFromUnsigned(env->isolate(), value), result);
  });
}

napi_status napi_create_bigint_words(napi_env env, int sign_bit, size_t word_count,
                                     const uint64_t* words, napi_value* result) {
  return JsCall(env, {words, result}, [&] {
    if (word_count > INT32_MAX) return napi_invalid_arg;
    return Store(
        v8::BigInt::NewFromWords(env->context(), sign_bit, static_cast<int>(word_count), words),
        result, napi_generic_failure);
  });
}

napi_status napi_get_value_double(napi_env env, napi_value value, double* result) {
  return GetNumber(env, value, result, [](v8::Local<v8::Number> n) { return n->Value(); });
}

napi_status napi_get_value_int32(napi_env env, napi_value value, int32_t* result) {
  // Outside of 32 bits the lowest 32 of them; 0 for what is not finite.
  return GetNumber(env, value, result, [&](v8::Local<v8::Number> n) {
    return std::isfinite(n->Value()) ? n->Int32Value(env->context()).FromJust() : 0;
  });
}

napi_status napi_get_value_uint32(napi_env env, napi_value value, uint32_t* result) {
  return GetNumber(env, value, result, [&](v8::Local<v8::Number> n) {
    return n->Uint32Value(env->context()).FromJust();
  });
}

napi_status napi_get_value_int64(napi_env env, napi_value value, int64_t* result) {
  // Outside of 64 bits the nearest value; 0 for what is not finite.
  return GetNumber(env, value, result, [&](v8::Local<v8::Number> n) {
    return std::isfinite(n->Value()) ? n->IntegerValue(env->context()).FromJust() : 0;
  });
}

napi_status napi_get_value_bool(napi_env env, napi_value value, bool* result) {
  return NativeCall(env, {value, result}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    if (!v->IsBoolean()) return napi_boolean_expected;
    *result = v->IsTrue();
    return napi_ok;
  });
}

napi_status napi_get_value_bigint_int64(napi_env env, napi_value value, int64_t* result,
                                        bool* lossless) {
  return NativeCall(env, {value, result, lossless}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    if (!v->IsBigInt()) return napi_bigint_expected;
    *result = v.As<v8::BigInt>()->Int64Value(lossless);
    return napi_ok;
  });
}

napi_status napi_get_value_bigint_uint64(napi_env env, napi_value value, uint64_t* result,
                                         bool* lossless) {
  return NativeCall(env, {value, result, lossless}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    if (!v->IsBigInt()) return napi_bigint_expected;
    *result = v.As<v8::BigInt>()->Uint64Value(lossless);
    return napi_ok;
  });
}

napi_status napi_get_value_bigint_words(napi_env env, napi_value value, int* sign_bit,
                                        size_t* word_count, uint64_t* words) {
  return NativeCall(env, {value, word_count}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    if (!v->IsBigInt()) return napi_bigint_expected;
    v8::Local<v8::BigInt> big = v.As<v8::BigInt>();
    // Only how many words there are.
    if (sign_bit == nullptr && words == nullptr) {
      *word_count = big->WordCount();
      return napi_ok;
    }
    if (sign_bit == nullptr || words == nullptr) return napi_invalid_arg;
    int count = static_cast<int>(std::min<size_t>(*word_count, INT32_MAX));
    big->ToWordsArray(sign_bit, &count, words);
    *word_count = count;
    return napi_ok;
  });
}

napi_status napi_create_string_utf8(napi_env env, const char* str, size_t length,
                                    napi_value* result) {
  return NativeCall(env, {result}, [&] {
    v8::Local<v8::String> string;
    if (!NewUtf8(env, str, length, &string)) return napi_invalid_arg;
    return Return(env, string, result);
  });
}

namespace {

template <class Char, class Make>
napi_status CreateString(napi_env env, const Char* str, size_t length, napi_value* result,
                         Make&& make) {
  return NativeCall(env, {result}, [&] {
    if (str == nullptr && length != 0) return napi_invalid_arg;
    if (length != NAPI_AUTO_LENGTH && length > INT32_MAX) return napi_invalid_arg;
    static constexpr Char kNothing[] = {0};
    const int size = length == NAPI_AUTO_LENGTH ? -1 : static_cast<int>(length);
    return Store(make(str == nullptr ? kNothing : str, size), result, napi_generic_failure);
  });
}

napi_status CreateLatin1(napi_env env, const char* str, size_t length, v8::NewStringType type,
                         napi_value* result) {
  return CreateString(env, str, length, result, [&](const char* characters, int size) {
    return v8::String::NewFromOneByte(env->isolate(), reinterpret_cast<const uint8_t*>(characters),
                                      type, size);
  });
}

napi_status CreateUtf16(napi_env env, const char16_t* str, size_t length, v8::NewStringType type,
                        napi_value* result) {
  return CreateString(env, str, length, result, [&](const char16_t* characters, int size) {
    return v8::String::NewFromTwoByte(env->isolate(), reinterpret_cast<const uint16_t*>(characters),
                                      type, size);
  });
}

// The characters stay where they are. Where there are none, the addon gets its memory back at once.
template <class Resource, class Char, class NewExternal, class Copy>
napi_status CreateExternalString(napi_env env, Char* str, size_t length, napi_finalize finalize,
                                 void* hint, napi_value* result, bool* copied,
                                 NewExternal&& new_external, Copy&& copy) {
  if (length == NAPI_AUTO_LENGTH && str != nullptr) length = std::char_traits<Char>::length(str);
  return NativeCall(env, {result}, [&] {
    if ((str == nullptr && length != 0) || length > v8::String::kMaxLength) return napi_invalid_arg;
    const bool is_external = length > 0;
    if (is_external) {
      auto* resource = new Resource(env, str, length, finalize, hint);
      v8::Local<v8::String> string;
      if (!new_external(resource).ToLocal(&string)) return napi_generic_failure;
      *result = ToNodeApi(string);
    } else {
      const napi_status status = copy();
      if (status != napi_ok) return status;
      if (finalize != nullptr) env->CallFinalizer(finalize, str, hint);
    }
    if (copied != nullptr) *copied = false;
    return napi_ok;
  });
}

}  // namespace

napi_status napi_create_string_latin1(napi_env env, const char* str, size_t length,
                                      napi_value* result) {
  return CreateLatin1(env, str, length, v8::NewStringType::kNormal, result);
}

napi_status napi_create_string_utf16(napi_env env, const char16_t* str, size_t length,
                                     napi_value* result) {
  return CreateUtf16(env, str, length, v8::NewStringType::kNormal, result);
}

napi_status node_api_create_property_key_latin1(napi_env env, const char* str, size_t length,
                                                napi_value* result) {
  return CreateLatin1(env, str, length, v8::NewStringType::kInternalized, result);
}

napi_status node_api_create_property_key_utf8(napi_env env, const char* str, size_t length,
                                              napi_value* result) {
  return NativeCall(env, {result}, [&] {
    v8::Local<v8::String> string;
    if (!NewUtf8(env, str, length, &string, v8::NewStringType::kInternalized))
      return napi_invalid_arg;
    return Return(env, string, result);
  });
}

napi_status node_api_create_property_key_utf16(napi_env env, const char16_t* str, size_t length,
                                               napi_value* result) {
  return CreateUtf16(env, str, length, v8::NewStringType::kInternalized, result);
}

napi_status node_api_create_external_string_latin1(napi_env env, char* str, size_t length,
                                                   node_api_basic_finalize finalize_callback,
                                                   void* finalize_hint, napi_value* result,
                                                   bool* copied) {
  return CreateExternalString<gyre::ExternalLatin1>(
      env, str, length, finalize_callback, finalize_hint, result, copied,
      [&](auto* resource) { return v8::String::NewExternalOneByte(env->isolate(), resource); },
      [&] { return napi_create_string_latin1(env, str, 0, result); });
}

napi_status node_api_create_external_string_utf16(napi_env env, char16_t* str, size_t length,
                                                  node_api_basic_finalize finalize_callback,
                                                  void* finalize_hint, napi_value* result,
                                                  bool* copied) {
  return CreateExternalString<gyre::ExternalUtf16>(
      env, str, length, finalize_callback, finalize_hint, result, copied,
      [&](auto* resource) { return v8::String::NewExternalTwoByte(env->isolate(), resource); },
      [&] { return napi_create_string_utf16(env, str, 0, result); });
}

napi_status napi_get_value_string_latin1(napi_env env, napi_value value, char* buf, size_t bufsize,
                                         size_t* result) {
  return GetString(
      env, value, buf, bufsize, result,
      [](v8::Local<v8::String> s) { return static_cast<size_t>(s->Length()); },
      [&](v8::Local<v8::String> s, size_t capacity) {
        const size_t count = std::min(capacity, static_cast<size_t>(s->Length()));
        s->WriteOneByteV2(env->isolate(), 0, static_cast<uint32_t>(count),
                          reinterpret_cast<uint8_t*>(buf));
        return count;
      });
}

napi_status napi_get_value_string_utf8(napi_env env, napi_value value, char* buf, size_t bufsize,
                                       size_t* result) {
  return GetString(
      env, value, buf, bufsize, result,
      [&](v8::Local<v8::String> s) { return s->Utf8LengthV2(env->isolate()); },
      [&](v8::Local<v8::String> s, size_t capacity) {
        return s->WriteUtf8V2(env->isolate(), buf, capacity,
                              v8::String::WriteFlags::kReplaceInvalidUtf8);
      });
}

napi_status napi_get_value_string_utf16(napi_env env, napi_value value, char16_t* buf,
                                        size_t bufsize, size_t* result) {
  return GetString(
      env, value, buf, bufsize, result,
      [](v8::Local<v8::String> s) { return static_cast<size_t>(s->Length()); },
      [&](v8::Local<v8::String> s, size_t capacity) {
        const size_t count = std::min(capacity, static_cast<size_t>(s->Length()));
        s->WriteV2(env->isolate(), 0, static_cast<uint32_t>(count),
                   reinterpret_cast<uint16_t*>(buf));
        return count;
      });
}

napi_status napi_create_symbol(napi_env env, napi_value description, napi_value* result) {
  return NativeCall(env, {result}, [&] {
    v8::Local<v8::String> text;
    if (description != nullptr) {
      if (!FromNodeApi(description)->IsString()) return napi_string_expected;
      text = FromNodeApi(description).As<v8::String>();
    }
    return Return(env, v8::Symbol::New(env->isolate(), text), result);
  });
}

napi_status node_api_symbol_for(napi_env env, const char* utf8description, size_t length,
                                napi_value* result) {
  return NativeCall(env, {result}, [&] {
    v8::Local<v8::String> text;
    if (!NewUtf8(env, utf8description, length, &text)) return napi_invalid_arg;
    return Return(env, v8::Symbol::For(env->isolate(), text), result);
  });
}

napi_status napi_typeof(napi_env env, napi_value value, napi_valuetype* result) {
  return NativeCall(env, {value, result}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    if (v->IsNumber()) {
      *result = napi_number;
    } else if (v->IsBigInt()) {
      *result = napi_bigint;
    } else if (v->IsString()) {
      *result = napi_string;
    } else if (v->IsFunction()) {
      *result = napi_function;
    } else if (v->IsExternal()) {
      *result = napi_external;
    } else if (v->IsObject()) {
      *result = napi_object;
    } else if (v->IsBoolean()) {
      *result = napi_boolean;
    } else if (v->IsSymbol()) {
      *result = napi_symbol;
    } else if (v->IsUndefined()) {
      *result = napi_undefined;
    } else if (v->IsNull()) {
      *result = napi_null;
    } else {
      return napi_invalid_arg;
    }
    return napi_ok;
  });
}

napi_status napi_coerce_to_bool(napi_env env, napi_value value, napi_value* result) {
  return JsCall(env, {value, result},
                [&] { return Return(env, FromNodeApi(value)->ToBoolean(env->isolate()), result); });
}

napi_status napi_coerce_to_number(napi_env env, napi_value value, napi_value* result) {
  return JsCall(env, {value, result}, [&] {
    return Store(FromNodeApi(value)->ToNumber(env->context()), result, napi_number_expected);
  });
}

napi_status napi_coerce_to_object(napi_env env, napi_value value, napi_value* result) {
  return JsCall(env, {value, result}, [&] {
    return Store(FromNodeApi(value)->ToObject(env->context()), result, napi_object_expected);
  });
}

napi_status napi_coerce_to_string(napi_env env, napi_value value, napi_value* result) {
  return JsCall(env, {value, result}, [&] {
    return Store(FromNodeApi(value)->ToString(env->context()), result, napi_string_expected);
  });
}

napi_status napi_strict_equals(napi_env env, napi_value lhs, napi_value rhs, bool* result) {
  return JsCall(env, {lhs, rhs, result}, [&] {
    *result = FromNodeApi(lhs)->StrictEquals(FromNodeApi(rhs));
    return napi_ok;
  });
}

napi_status napi_create_date(napi_env env, double time, napi_value* result) {
  return JsCall(env, {result}, [&] {
    return Store(v8::Date::New(env->context(), time), result, napi_generic_failure);
  });
}

napi_status napi_is_date(napi_env env, napi_value value, bool* is_date) {
  return gyre::Ask(env, value, is_date, &v8::Value::IsDate);
}

napi_status napi_get_date_value(napi_env env, napi_value value, double* result) {
  return JsCall(env, {value, result}, [&] {
    v8::Local<v8::Value> v = FromNodeApi(value);
    if (!v->IsDate()) return napi_date_expected;
    *result = v.As<v8::Date>()->ValueOf();
    return napi_ok;
  });
}
