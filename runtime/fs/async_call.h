// One definition of a blocking function for both of its uses in JavaScript:
//
//   absl::StatusOr<int32_t> Open(std::string path, int32_t flags, int32_t mode);
//   b.Function<AsyncCall<Open, Opens>::Invoke>("open");
//
//   binding.open(path, flags, mode)                   runs now, returns the descriptor or throws
//   binding.open(path, flags, mode, (err, fd) => {})  runs on the thread pool

#ifndef GYRE_FS_ASYNC_CALL_H_
#define GYRE_FS_ASYNC_CALL_H_

#include <optional>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/fs/trace.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"
#include "runtime/loop/later.h"
#include "runtime/loop/work.h"
#include "runtime/process/sync_io.h"
#include "v8.h"

namespace gyre {

// How the value of a call becomes JavaScript's when the glue's own conversion is right.
struct DefaultResult {
  template <class T>
  absl::StatusOr<v8::Local<v8::Value>> operator()(Environment& env, T& value) const {
    return v8::Local<v8::Value>(ToV8(env, value));
  }
};

// `Access` is what the permission model is asked before: Access::Check(Environment&, const
// Args&...) is a status (path_access.h). `Convert` is a stateless functor: (Environment&, T&) ->
// absl::StatusOr<v8::Local<v8::Value>>. `TryNow`, (const Args&...) -> std::optional<R>, is asked
// first, in a later turn of the loop: it does the work on the loop's thread where that does not
// wait for a disk.
template <auto Fn, class Access, class Convert = DefaultResult, auto TryNow = nullptr>
struct AsyncCall;

template <class R, class... Args, R (*Fn)(Args...), class Access, class Convert, auto TryNow>
struct AsyncCall<Fn, Access, Convert, TryNow> {
  using Callback = std::optional<v8::Local<v8::Function>>;

  static v8::MaybeLocal<v8::Value> Invoke(Environment& env, Args... args, Callback callback) {
    absl::Status access = Access::Check(env, args...);
    if (callback && (access.ok() || !ThrowsDenied())) {
      auto* work = new CallWork(env, *callback, std::move(args)...);
      if (!access.ok()) {
        work->FailLater(std::move(access));
      } else if constexpr (TryNow == nullptr) {
        work->Start();
      } else if (fs::CallsAreTraced()) {
        work->Start();
      } else {
        work->TryLater();
      }
      return v8::Undefined(env.isolate());
    }
    if (!access.ok()) {
      Throw(env, access);
      return {};
    }
    NoteSyncIo(env);
    R result = Fn(std::move(args)...);
    absl::StatusOr<v8::Local<v8::Value>> value = ToValue(env, result);
    if (value.ok()) return *value;
    Throw(env, value.status());
    return {};
  }

 private:
  class CallWork final : public Work {
   public:
    CallWork(Environment& env, v8::Local<v8::Function> callback, Args... args)
        : Work(env, callback, "FSREQCALLBACK"), args_(std::move(args)...) {}

    void TryLater() {
      CallLater([](CallWork* self) {
        std::optional<R> result = std::apply(TryNow, self->args_);
        if (!result) {
          self->Start();
          return;
        }
        self->result_.emplace(std::move(*result));
        self->Settle([self](Environment& env) { return self->Done(env); });
      });
    }

    void FailLater(absl::Status status) {
      result_.emplace(std::move(status));
      CallLater([](CallWork* self) {
        self->Settle([self](Environment& env) { return self->Done(env); });
      });
    }

   private:
    // `step` is a stateless functor.
    template <class Step>
    void CallLater(Step) {
      env().template State<Later>().Call(
          [](void* argument) {
            auto* self = static_cast<CallWork*>(argument);
            if (self->env().can_call_into_js()) {
              Step()(self);
            } else {
              delete self;  // tear-down: nobody waits for it
            }
          },
          this);
    }

    void Run() override {
      const fs::OnThreadPool scope;
      result_.emplace(std::apply(Fn, std::move(args_)));
    }

    Arguments Done(Environment& env) override {
      absl::StatusOr<v8::Local<v8::Value>> value = ToValue(env, *result_);
      if (!value.ok()) return {ToV8Error(env, value.status())};
      if constexpr (std::same_as<R, absl::Status>) {
        return {v8::Null(env.isolate())};
      } else {
        return {v8::Null(env.isolate()), *value};
      }
    }

    std::tuple<Args...> args_;
    std::optional<R> result_;
  };

  static constexpr bool ThrowsDenied() {
    return requires { Access::kThrowsDenied; };
  }

  static absl::StatusOr<v8::Local<v8::Value>> ToValue(Environment& env, R& result) {
    if constexpr (std::same_as<R, absl::Status>) {
      if (!result.ok()) return result;
      return v8::Local<v8::Value>(v8::Undefined(env.isolate()));
    } else {
      if (!result.ok()) return result.status();
      return Convert()(env, *result);
    }
  }
};

}  // namespace gyre

#endif  // GYRE_FS_ASYNC_CALL_H_
