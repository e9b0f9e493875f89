#ifndef GYRE_GLUE_CONVERT_H_
#define GYRE_GLUE_CONVERT_H_

#include <cmath>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "absl/log/check.h"
#include "runtime/engine/environment.h"
#include "v8.h"

// The only conversions between C++ and JavaScript values. JavaScript has checked what it passes: a
// value of the wrong type is a bug of Gyre and ends the process.

namespace gyre {

// The bytes of an ArrayBufferView, ArrayBuffer or SharedArrayBuffer. Valid while no JavaScript runs
// and nothing is allocated on the JavaScript heap.
class Bytes {
 public:
  explicit Bytes(v8::Local<v8::Value> value);

  uint8_t* data() const { return data_; }
  size_t size() const { return size_; }
  std::span<uint8_t> span() const { return {data_, size_}; }
  std::string_view view() const { return {reinterpret_cast<const char*>(data_), size_}; }

 private:
  uint8_t* data_ = nullptr;
  size_t size_ = 0;
};

// True when JavaScript can make the buffer of a view, or a buffer, smaller. The pages it gives up
// are gone, pinned or not: who reads or writes there is killed (a system call fails with EFAULT).
bool CanShrink(v8::Local<v8::Value> bytes);

// The same bytes with a reference to their memory: for work that outlives the call. The memory does
// not move, but see CanShrink().
class PinnedBytes {
 public:
  PinnedBytes() = default;
  explicit PinnedBytes(v8::Local<v8::Value> value);
  // Safe to read from later: a copy when JavaScript could take the memory away.
  static PinnedBytes ForReading(v8::Local<v8::Value> value);

  uint8_t* data() const { return data_; }
  size_t size() const { return size_; }
  std::string_view view() const { return {reinterpret_cast<const char*>(data_), size_}; }

 private:
  std::shared_ptr<v8::BackingStore> store_;
  uint8_t* data_ = nullptr;
  size_t size_ = 0;
};

// --- C++ to JavaScript
// -------------------------------------------------------------------------------------------

inline v8::Local<v8::Value> ToV8(Environment& env, bool value) {
  return v8::Boolean::New(env.isolate(), value);
}

template <std::integral T>
  requires(!std::same_as<T, bool>)
v8::Local<v8::Value> ToV8(Environment& env, T value) {
  if constexpr (sizeof(T) < 4 || std::same_as<T, int32_t>) {
    return v8::Integer::New(env.isolate(), value);
  } else if constexpr (std::same_as<T, uint32_t>) {
    return v8::Integer::NewFromUnsigned(env.isolate(), value);
  } else {
    return v8::Number::New(env.isolate(), static_cast<double>(value));
  }
}

template <class T>
  requires std::is_enum_v<T>
v8::Local<v8::Value> ToV8(Environment& env, T value) {
  return ToV8(env, static_cast<std::underlying_type_t<T>>(value));
}

inline v8::Local<v8::Value> ToV8(Environment& env, double value) {
  return v8::Number::New(env.isolate(), value);
}

// UTF-8; what is not becomes U+FFFD.
v8::Local<v8::Value> ToV8(Environment& env, std::string_view value);
inline v8::Local<v8::Value> ToV8(Environment& env, const std::string& value) {
  return ToV8(env, std::string_view(value));
}
inline v8::Local<v8::Value> ToV8(Environment& env, const char* value) {
  return ToV8(env, std::string_view(value));
}

template <class T>
v8::Local<v8::Value> ToV8(Environment&, v8::Local<T> value) {
  return value;
}

template <class T>
v8::Local<v8::Value> ToV8(Environment& env, const std::optional<T>& value) {
  if (!value) return v8::Undefined(env.isolate());
  return ToV8(env, *value);
}

template <class T>
v8::Local<v8::Value> ToV8(Environment& env, const std::vector<T>& values) {
  std::vector<v8::Local<v8::Value>> elements;
  elements.reserve(values.size());
  for (const auto& value : values) elements.push_back(ToV8(env, static_cast<const T&>(value)));
  return v8::Array::New(env.isolate(), elements.data(), elements.size());
}

// A Uint8Array (not a Buffer: JavaScript makes it one by its prototype) over a copy of the bytes.
v8::Local<v8::Uint8Array> CopyToUint8Array(Environment& env, std::span<const uint8_t> bytes);

// --- JavaScript to C++
// -------------------------------------------------------------------------------------------

class Wrapped;
Wrapped* UnwrapBase(v8::Local<v8::Value> value);

template <class T>
struct FromV8Converter;

template <>
struct FromV8Converter<bool> {
  static bool From(Environment& env, v8::Local<v8::Value> value) {
    CHECK(value->IsBoolean());
    return value->IsTrue();
  }
};

template <class T>
  requires(std::integral<T> && !std::same_as<T, bool>) || std::same_as<T, double>
struct FromV8Converter<T> {
  static T From(Environment& env, v8::Local<v8::Value> value) {
    if constexpr (std::same_as<T, int32_t>) {
      CHECK(value->IsNumber());
      return value->Int32Value(env.context()).FromJust();
    } else if constexpr (std::same_as<T, uint32_t>) {
      CHECK(value->IsNumber());
      return value->Uint32Value(env.context()).FromJust();
    } else if constexpr (std::same_as<T, double>) {
      CHECK(value->IsNumber());
      return value.As<v8::Number>()->Value();
    } else {
      if (value->IsBigInt()) {
        return std::is_signed_v<T> ? static_cast<T>(value.As<v8::BigInt>()->Int64Value())
                                   : static_cast<T>(value.As<v8::BigInt>()->Uint64Value());
      }
      CHECK(value->IsNumber());
      return static_cast<T>(value->IntegerValue(env.context()).FromJust());
    }
  }
};

// UTF-8 of a string (lone surrogates become U+FFFD), or the bytes of a buffer.
template <>
struct FromV8Converter<std::string> {
  static std::string From(Environment& env, v8::Local<v8::Value> value);
};

template <>
struct FromV8Converter<Bytes> {
  static Bytes From(Environment&, v8::Local<v8::Value> value) { return Bytes(value); }
};

template <>
struct FromV8Converter<PinnedBytes> {
  static PinnedBytes From(Environment&, v8::Local<v8::Value> value) { return PinnedBytes(value); }
};

template <class T>
struct FromV8Converter<v8::Local<T>> {
  static v8::Local<T> From(Environment&, v8::Local<v8::Value> value) {
    if constexpr (std::same_as<T, v8::Object>) {
      CHECK(value->IsObject());
    } else if constexpr (std::same_as<T, v8::Function>) {
      CHECK(value->IsFunction());
    } else if constexpr (std::same_as<T, v8::String>) {
      CHECK(value->IsString());
    } else if constexpr (std::same_as<T, v8::Array>) {
      CHECK(value->IsArray());
    }
    return value.template As<T>();
  }
};

template <class T>
struct FromV8Converter<std::optional<T>> {
  static std::optional<T> From(Environment& env, v8::Local<v8::Value> value) {
    if (value->IsNullOrUndefined()) return std::nullopt;
    return FromV8Converter<T>::From(env, value);
  }
};

template <class T>
struct FromV8Converter<std::vector<T>> {
  static std::vector<T> From(Environment& env, v8::Local<v8::Value> value) {
    CHECK(value->IsArray());
    v8::Local<v8::Array> array = value.As<v8::Array>();
    std::vector<T> result;
    result.reserve(array->Length());
    for (uint32_t i = 0; i < array->Length(); i++) {
      result.push_back(
          FromV8Converter<T>::From(env, array->Get(env.context(), i).ToLocalChecked()));
    }
    return result;
  }
};

template <class T>
  requires std::derived_from<T, Wrapped>
struct FromV8Converter<T*> {
  static T* From(Environment&, v8::Local<v8::Value> value) {
    return static_cast<T*>(UnwrapBase(value));
  }
};

template <class T>
T FromV8(Environment& env, v8::Local<v8::Value> value) {
  return FromV8Converter<T>::From(env, value);
}

}  // namespace gyre

#endif  // GYRE_GLUE_CONVERT_H_
