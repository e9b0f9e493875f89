#include "runtime/loop/request.h"

namespace gyre {

Request::Request(Environment& env, v8::Local<v8::Function> callback, const char* type)
    : Linked(Loop::From(env).requests()),
      env_(env),
      type_(type),
      async_(env, type, v8::Local<v8::Object>()),
      callback_(env.isolate(), callback) {}

void Request::Call(Arguments arguments) {
  static_cast<void>(CallJs(env_, callback_.Get(env_.isolate()), v8::Undefined(env_.isolate()),
                           arguments.count, arguments.values));
}

}  // namespace gyre
