#ifndef GYRE_GLUE_BINDING_H_
#define GYRE_GLUE_BINDING_H_

#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "runtime/engine/environment.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"
#include "runtime/glue/wrapped.h"
#include "v8-fast-api-calls.h"
#include "v8.h"

// A binding is declared once, by a function that names everything JavaScript sees:
//
//   absl::StatusOr<std::string> Hostname();
//   void SetPriority(Environment& env, int32_t pid, int32_t priority);
//
//   void InitOs(BindingBuilder& b) {
//     b.Function<Hostname>("hostname");
//     b.Function<SetPriority>("setPriority");
//     b.Constant("EOL", "\n");
//   }
//
// Arguments and results convert by their C++ types (convert.h); a failed status is thrown as Node's
// error. The same function, run without an isolate, lists the callbacks' addresses for the start-up
// snapshot, so it must make the same calls each time and do nothing else.

namespace gyre {

using RawCallback = void(const v8::FunctionCallbackInfo<v8::Value>&);

namespace glue_internal {

template <class R>
void Return(Environment& env, v8::ReturnValue<v8::Value> result, R&& value) {
  using T = std::remove_cvref_t<R>;
  if constexpr (std::same_as<T, absl::Status>) {
    if (!value.ok()) Throw(env, value);
  } else if constexpr (requires {
                         typename T::value_type;
                         value.status();
                       }) {
    if (value.ok()) {
      Return(env, result, *std::forward<R>(value));
    } else {
      Throw(env, value.status());
    }
  } else if constexpr (requires { value.ToLocalChecked(); }) {
    v8::Local<v8::Value> local;
    if (value.ToLocal(&local)) result.Set(local);
  } else if constexpr (std::same_as<T, bool> || std::same_as<T, int32_t> ||
                       std::same_as<T, uint32_t> || std::same_as<T, double>) {
    result.Set(value);
  } else {
    result.Set(ToV8(env, value).template As<v8::Value>());
  }
}

template <class F, class... Args, size_t... I, class Call>
void CallWith(Environment& env, const v8::FunctionCallbackInfo<v8::Value>& info, Call&& call,
              std::index_sequence<I...>) {
  if constexpr (std::is_void_v<F>) {
    call(FromV8Converter<std::remove_cvref_t<Args>>::From(env, info[I])...);
  } else {
    Return(env, info.GetReturnValue(),
           call(FromV8Converter<std::remove_cvref_t<Args>>::From(env, info[I])...));
  }
}

// The V8 callback of a C++ function.
template <auto Fn>
struct Invoker;

template <class R, class... Args, R (*Fn)(Args...)>
struct Invoker<Fn> {
  static constexpr int kLength = sizeof...(Args);
  static void Call(const v8::FunctionCallbackInfo<v8::Value>& info) {
    Environment& env = Environment::From(info.GetIsolate());
    CallWith<R, Args...>(env, info, Fn, std::index_sequence_for<Args...>());
  }
};

template <class R, class... Args, R (*Fn)(Environment&, Args...)>
struct Invoker<Fn> {
  static constexpr int kLength = sizeof...(Args);
  static void Call(const v8::FunctionCallbackInfo<v8::Value>& info) {
    Environment& env = Environment::From(info.GetIsolate());
    auto call = [&](auto&&... args) -> R { return Fn(env, std::forward<decltype(args)>(args)...); };
    CallWith<R, Args...>(env, info, call, std::index_sequence_for<Args...>());
  }
};

template <RawCallback* Fn>
struct Invoker<Fn> {
  static constexpr int kLength = 0;
  static void Call(const v8::FunctionCallbackInfo<v8::Value>& info) { Fn(info); }
};

// The V8 callback of a method. A receiver whose native object is gone (a closed handle) makes the
// call a no-op that returns undefined, numbers excepted: those get UV_EBADF.
template <auto Method>
struct MethodInvoker;

template <class R>
void ReturnClosed(const v8::FunctionCallbackInfo<v8::Value>& info) {
  if constexpr (std::same_as<R, int32_t>) info.GetReturnValue().Set(-9);
}

template <class T, class R, class... Args, R (T::*Method)(Args...)>
struct MethodInvoker<Method> {
  static constexpr int kLength = sizeof...(Args);
  static void Call(const v8::FunctionCallbackInfo<v8::Value>& info) {
    T* self = Unwrap<T>(info.This());
    if (self == nullptr) return ReturnClosed<R>(info);
    auto call = [&](auto&&... args) -> R {
      return (self->*Method)(std::forward<decltype(args)>(args)...);
    };
    CallWith<R, Args...>(Environment::From(info.GetIsolate()), info, call,
                         std::index_sequence_for<Args...>());
  }
};

template <class T, class R, class... Args, R (T::*Method)(Args...) const>
struct MethodInvoker<Method> {
  static constexpr int kLength = sizeof...(Args);
  static void Call(const v8::FunctionCallbackInfo<v8::Value>& info) {
    const T* self = Unwrap<T>(info.This());
    if (self == nullptr) return ReturnClosed<R>(info);
    auto call = [&](auto&&... args) -> R {
      return (self->*Method)(std::forward<decltype(args)>(args)...);
    };
    CallWith<R, Args...>(Environment::From(info.GetIsolate()), info, call,
                         std::index_sequence_for<Args...>());
  }
};

template <class T, void (T::*Method)(const v8::FunctionCallbackInfo<v8::Value>&)>
struct MethodInvoker<Method> {
  static constexpr int kLength = 0;
  static void Call(const v8::FunctionCallbackInfo<v8::Value>& info) {
    if (T* self = Unwrap<T>(info.This())) (self->*Method)(info);
  }
};

// The V8 callback of a constructor: makes T(env, this, args...), which owns itself from there.
template <class T, class... Args>
struct ConstructorInvoker {
  static constexpr int kLength = sizeof...(Args);
  static void Call(const v8::FunctionCallbackInfo<v8::Value>& info) {
    CHECK(info.IsConstructCall());
    Make(info, std::index_sequence_for<Args...>());
  }
  template <size_t... I>
  static void Make(const v8::FunctionCallbackInfo<v8::Value>& info, std::index_sequence<I...>) {
    Environment& env = Environment::From(info.GetIsolate());
    new T(env, info.This(), FromV8Converter<std::remove_cvref_t<Args>>::From(env, info[I])...);
  }
};

}  // namespace glue_internal

class ClassBuilderBase;
template <class T>
class ClassBuilder;

class BindingBuilder {
 public:
  // Collects the addresses that the start-up snapshot refers to.
  explicit BindingBuilder(std::vector<intptr_t>* references) : references_(references) {}
  // Fills a binding's object.
  BindingBuilder(Environment& env, v8::Local<v8::Object> target) : env_(&env), target_(target) {}

  template <auto Fn>
  BindingBuilder& Function(const char* name) {
    using I = glue_internal::Invoker<Fn>;
    AddFunction(name, I::Call, I::kLength, nullptr);
    return *this;
  }

  // A function with a fast path that optimised code calls without leaving for the API. `Fast` has
  // V8's fast call signature: (v8::Local<v8::Value> receiver, numbers...); it must not allocate or
  // call JavaScript.
  template <auto Slow, auto Fast>
  BindingBuilder& FastFunction(const char* name) {
    using I = glue_internal::Invoker<Slow>;
    static const v8::CFunction fast = v8::CFunction::Make(Fast);
    AddFunction(name, I::Call, I::kLength, &fast);
    return *this;
  }

  template <class T>
  BindingBuilder& Constant(const char* name, const T& value) {
    if (env_ != nullptr) SetConstant(name, ToV8(*env_, value));
    return *this;
  }

  // A nested object.
  template <class Fill>
  BindingBuilder& Object(const char* name, Fill&& fill) {
    BindingBuilder nested = Nested(name);
    fill(nested);
    return *this;
  }

  // A value that needs the environment, such as a Map; must be fit for the snapshot.
  template <class Make>
  BindingBuilder& Value(const char* name, Make&& make) {
    if (env_ != nullptr) SetConstant(name, make(*env_));
    return *this;
  }

  // A class whose instances have a C++ side; `name` is unique in the process.
  template <class T>
  ClassBuilder<T> Class(const char* name);

  bool collecting_references() const { return references_ != nullptr; }
  Environment& env() const { return *env_; }

 private:
  friend class ClassBuilderBase;

  BindingBuilder Nested(const char* name);
  void AddReference(const void* address);
  void AddReferences(RawCallback* callback, const v8::CFunction* fast);
  void AddFunction(const char* name, RawCallback* callback, int length, const v8::CFunction* fast);
  void SetConstant(const char* name, v8::Local<v8::Value> value);

  std::vector<intptr_t>* references_ = nullptr;
  Environment* env_ = nullptr;
  v8::Local<v8::Object> target_;
};

// Built up to the end of the full expression it appears in; the class joins the binding then.
class ClassBuilderBase {
 public:
  ~ClassBuilderBase();
  ClassBuilderBase(const ClassBuilderBase&) = delete;
  ClassBuilderBase& operator=(const ClassBuilderBase&) = delete;

 protected:
  ClassBuilderBase(BindingBuilder& binding, const char* name) : binding_(binding), name_(name) {}
  void AddConstructor(RawCallback* callback, int length);
  void AddMethod(const char* name, RawCallback* callback, int length);
  void AddGetter(const char* name, RawCallback* callback);

  BindingBuilder& binding_;
  const char* name_;
  v8::Local<v8::FunctionTemplate> template_;
};

template <class T>
class ClassBuilder : public ClassBuilderBase {
 public:
  ClassBuilder(BindingBuilder& binding, const char* name) : ClassBuilderBase(binding, name) {}

  // First of all: `new Class(args)` in JavaScript makes T(env, this, args...).
  template <class... Args>
  ClassBuilder& Constructor() {
    using I = glue_internal::ConstructorInvoker<T, Args...>;
    AddConstructor(I::Call, I::kLength);
    return *this;
  }
  template <auto kMethod>
  ClassBuilder& Method(const char* name) {
    using I = glue_internal::MethodInvoker<kMethod>;
    AddMethod(name, I::Call, I::kLength);
    return *this;
  }
  template <auto kMethod>
  ClassBuilder& Getter(const char* name) {
    AddGetter(name, glue_internal::MethodInvoker<kMethod>::Call);
    return *this;
  }
  // The methods that a base class declares in `Declare(builder)`: close, ref, unref, ... of a
  // Handle.
  template <class Base>
  ClassBuilder& Inherits() {
    Base::Declare(*this);
    return *this;
  }
};

template <class T>
ClassBuilder<T> BindingBuilder::Class(const char* name) {
  return ClassBuilder<T>(*this, name);
}

// A binding by name, for internalBinding(name).
struct Binding {
  std::string_view name;
  void (*init)(BindingBuilder&);
};

}  // namespace gyre

#endif  // GYRE_GLUE_BINDING_H_
