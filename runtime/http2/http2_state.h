#ifndef GYRE_HTTP2_HTTP2_STATE_H_
#define GYRE_HTTP2_HTTP2_STATE_H_

#include <uv.h>

#include <memory>
#include <vector>

#include "runtime/engine/environment.h"
#include "runtime/http/byte_buffer.h"
#include "v8.h"

namespace gyre {

class Http2Session;

// What the HTTP/2 sessions of one environment share.
class Http2State {
 public:
  // The functions of internal/http2/native that sessions call. Receiver: the JS stream where the
  // comment has none, otherwise the session's object.
  enum Callback {
    kOnStream,       // session: (id, block, flags, sensitive) -> the JS stream
    kOnPush,         // session: (stream, id, block, flags, sensitive) -> the JS stream
    kOnHeaders,      // (category, block, flags, sensitive)
    kOnData,         // (arrayBuffer) -> false: no more for now
    kOnEnd,          // ()
    kOnClose,        // (code)
    kOnWritten,      // ()
    kOnTrailers,     // (): they are to be given now
    kOnSettings,     // session: ([id, value, ...])
    kOnSettingsAck,  // session: ()
    kOnPing,         // session: (arrayBuffer, ack)
    kOnGoaway,       // session: (code, lastId, arrayBuffer | undefined)
    kOnAltsvc,       // session: (id, origin, value)
    kOnOrigin,       // session: ([origin, ...])
    kOnFrameError,   // session: (id, type, error)
    kOnError,        // session: (error)
    kOnEof,          // session: (status, reading)
    kOnSend,         // session: (arrayBuffer) -> 0 | 1
    kOnIdle,         // session: (): neither side has anything left to say
    kOnDone,         // session: (): destroy() is done
    kCallbacks
  };

  explicit Http2State(Environment& env);
  ~Http2State();

  void SetCallback(Callback which, v8::Local<v8::Function> function) {
    callbacks_[which].Reset(env_.isolate(), function);
  }
  v8::Local<v8::Function> callback(Callback which) { return callbacks_[which].Get(env_.isolate()); }

  // The session's output leaves after this turn of the loop.
  void Schedule(Http2Session* session);
  void Unschedule(Http2Session* session);

  // A buffer to gather output in, to be given back.
  std::unique_ptr<ByteBuffer> TakeBuffer();
  void GiveBuffer(std::unique_ptr<ByteBuffer> buffer);

 private:
  struct Watchers;
  void FlushScheduled();

  Environment& env_;
  v8::Global<v8::Function> callbacks_[kCallbacks];
  Watchers* watchers_;  // freed by their close callbacks
  std::vector<Http2Session*> scheduled_;
  std::vector<Http2Session*> flushing_;
  std::unique_ptr<ByteBuffer> spare_;
};

}  // namespace gyre

#endif  // GYRE_HTTP2_HTTP2_STATE_H_
