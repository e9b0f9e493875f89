#ifndef GYRE_NET_CONNECT_REQUEST_H_
#define GYRE_NET_CONNECT_REQUEST_H_

#include <uv.h>

#include <string_view>

#include "absl/strings/str_cat.h"
#include "runtime/engine/tracing.h"
#include "runtime/loop/request.h"

namespace gyre {

// A connection being made, over TCP or a Unix socket: callback(status).
class ConnectRequest final : public Request {
 public:
  ConnectRequest(Environment& env, v8::Local<v8::Function> callback, const char* type)
      : Request(env, callback, type) {
    connect_.data = this;
  }

  uv_connect_t* uv() { return &connect_; }

  // The attempt has begun; `args` are members of a JSON object that say whereto.
  void Began(std::string_view args) { Trace('b', args); }

  static void OnDone(uv_connect_t* connect, int status) {
    auto* self = static_cast<ConnectRequest*>(connect->data);
    if (traced()) self->Trace('e', absl::StrCat("\"status\":", status));
    self->Settle(
        [status](Environment& env) { return Arguments{v8::Integer::New(env.isolate(), status)}; });
  }

  // Whether Began() is worth its argument.
  static bool traced() { return Events().enabled(); }

 private:
  static const TraceGroup& Events() {
    static const TraceGroup group("node,node.net,node.net.native");
    return group;
  }
  void Trace(char phase, std::string_view args) {
    Events().Record({.phase = phase,
                     .name = "connect",
                     .has_id = true,
                     .id = reinterpret_cast<uintptr_t>(this),
                     .args = args});
  }

  uv_connect_t connect_;
};

}  // namespace gyre

#endif  // GYRE_NET_CONNECT_REQUEST_H_
