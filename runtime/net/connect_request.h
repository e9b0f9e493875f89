#ifndef GYRE_NET_CONNECT_REQUEST_H_
#define GYRE_NET_CONNECT_REQUEST_H_

#include <uv.h>

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

  static void OnDone(uv_connect_t* connect, int status) {
    static_cast<ConnectRequest*>(connect->data)->Settle([status](Environment& env) {
      return Arguments{v8::Integer::New(env.isolate(), status)};
    });
  }

 private:
  uv_connect_t connect_;
};

}  // namespace gyre

#endif  // GYRE_NET_CONNECT_REQUEST_H_
