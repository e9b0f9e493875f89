#ifndef GYRE_LOOP_REQUEST_H_
#define GYRE_LOOP_REQUEST_H_

#include <initializer_list>

#include "runtime/engine/environment.h"
#include "runtime/glue/convert.h"
#include "runtime/glue/system_error.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"
#include "v8.h"

namespace gyre {

// One operation in flight. Made on the heap by a binding function, it lives until its callback has
// run, then deletes itself:
//
//   class StatRequest final : public Request {
//    public:
//     StatRequest(Environment& env, v8::Local<v8::Function> callback) : Request(env, callback,
//     "FSREQCALLBACK") {
//       req_.data = this;
//     }
//     static void OnDone(uv_fs_t* req) {
//       auto* self = static_cast<StatRequest*>(req->data);
//       self->Settle([&](Environment& env) { return self->Result(env); });
//     }
//   };
class Request : public Linked<Request> {
 public:
  // `type` is the resource's name for async_hooks, a literal.
  Request(Environment& env, v8::Local<v8::Function> callback, const char* type);
  virtual ~Request() = default;
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  Environment& env() const { return env_; }
  const char* type() const { return type_; }

  // callback(...make(env)) where `make` returns up to four values; ticks and microtasks are
  // drained; deletes this. During tear-down JavaScript is not entered and only the deletion
  // happens.
  struct Arguments {
    int count = 0;
    v8::Local<v8::Value> values[4];
    Arguments(std::initializer_list<v8::Local<v8::Value>> list) {
      for (v8::Local<v8::Value> value : list) values[count++] = value;
    }
  };
  template <class Make>
  void Settle(Make&& make) {
    if (env_.can_call_into_js()) {
      JsScope scope(env_, &async_);
      Call(make(env_));
    }
    delete this;
  }

  // callback(error): null when the status is OK.
  void SettleWith(const absl::Status& status) {
    Settle([&](Environment& env) { return Arguments{ToV8Error(env, status)}; });
  }

 private:
  void Call(Arguments arguments);

  Environment& env_;
  const char* const type_;
  AsyncContext async_;
  v8::Global<v8::Function> callback_;
};

}  // namespace gyre

#endif  // GYRE_LOOP_REQUEST_H_
