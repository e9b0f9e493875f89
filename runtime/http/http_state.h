#ifndef GYRE_HTTP_HTTP_STATE_H_
#define GYRE_HTTP_HTTP_STATE_H_

#include <uv.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/engine/environment.h"
#include "runtime/http/byte_buffer.h"
#include "v8.h"

namespace gyre {

class HttpConnection;

// A JS string and the bytes it was made of: clients repeat themselves, and making a string costs
// more than comparing.
class RepeatedString {
 public:
  v8::Local<v8::String> Get(v8::Isolate* isolate, std::string_view bytes);

 private:
  std::string bytes_;
  v8::Global<v8::String> string_;
};

// What the HTTP servers of one environment share.
class HttpState {
 public:
  // The functions of internal/http/connection that connections call, with their JS object as
  // receiver.
  enum Callback {
    kOnRequest,
    kOnBody,
    kOnComplete,
    kOnUpgrade,
    kOnError,
    kOnEnd,
    kOnDrain,
    kOnIdleTimeout,
    kCallbacks
  };

  explicit HttpState(Environment& env);
  ~HttpState();

  void SetCallback(Callback which, v8::Local<v8::Function> function) {
    callbacks_[which].Reset(env_.isolate(), function);
  }
  v8::Local<v8::Function> callback(Callback which) { return callbacks_[which].Get(env_.isolate()); }

  // Connections that wait for another request, closed when they wait too long. One coarse timer
  // serves all of them: it fires up to an eighth of the time-out late, and holds nothing alive.
  void AddIdle(HttpConnection* connection);
  void RemoveIdle(HttpConnection* connection);

  Environment& env() { return env_; }
  // Answers to the requests of the read that is being handled gather in `batch`; `active` is the
  // connection it is of.
  HttpConnection* active = nullptr;
  ByteBuffer batch;
  // Bytes of files that went out without JavaScript seeing them.
  uint64_t file_bytes = 0;
  // The bytes of one write outside a read.
  ByteBuffer single;
  RepeatedString last_url;
  RepeatedString last_headers;

 private:
  void Arm(uint64_t deadline, uint64_t slack);
  void CloseExpired();

  Environment& env_;
  v8::Global<v8::Function> callbacks_[kCallbacks];
  uv_timer_t* timer_ = nullptr;  // freed by its close callback
  uint64_t armed_for_ = 0;
  HttpConnection* first_idle_ = nullptr;
  std::vector<HttpConnection*> expired_;
};

}  // namespace gyre

#endif  // GYRE_HTTP_HTTP_STATE_H_
