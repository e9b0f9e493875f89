#ifndef GYRE_HTTP2_SESSION_H_
#define GYRE_HTTP2_SESSION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/glue/binding.h"
#include "runtime/http2/http2_state.h"
#include "runtime/http2/protocol.h"
#include "runtime/loop/js_scope.h"
#include "runtime/net/stream_handle.h"
#include "runtime/tls/tls_stream.h"
#include "v8.h"

namespace gyre {

// An HTTP/2 session as JavaScript has it (internal/http2/session). Its transport is a stream handle
// or a TLS stream, whose bytes do not pass through JavaScript, or any other Duplex, whose do. What
// is to be sent gathers and leaves in one write per turn of the loop, or at the end of a read.
//
// What happens is told by calls of the functions given to setCallbacks() (Http2State::Callback).
// Results of methods are 0, an id, or a negative error of nghttp2. Header blocks that go out: see
// Http2Protocol; those that come in are strings of lines, name and value by turns.
class Http2Session final : public Collected, public StreamListener, public Http2Protocol {
 public:
  // `options` in the order of OptionsFrom() in session.cc; the same order is in
  // internal/http2/options.
  Http2Session(Environment& env, v8::Local<v8::Object> self, std::vector<double> options);
  ~Http2Session() override;

  // --- Methods of the JS object

  // The transport: one of the three. Over a Duplex of JavaScript's, receive() brings bytes
  // (undefined: the end) and onSend takes them: it returns 0, or 1 when sent(status) follows.
  void AttachStream(v8::Local<v8::Object> handle);
  void AttachTls(v8::Local<v8::Object> handle, v8::Local<v8::Function> sent);
  void AttachDuplex();
  void ReceiveBytes(std::optional<Bytes> bytes);
  void Sent(int32_t status);
  void Flush();
  // Sends GOAWAY with `code` when the transport is alive, and lets go of everything. False when
  // that has to wait for what is being done: onDone follows.
  bool Destroy(uint32_t code, bool transport_gone);

  int32_t SubmitRequest(v8::Local<v8::String> block, uint32_t count, uint32_t flags);
  int32_t SubmitResponse(int32_t id, v8::Local<v8::String> block, uint32_t count, uint32_t flags);
  int32_t SubmitInfo(int32_t id, v8::Local<v8::String> block, uint32_t count);
  int32_t SubmitTrailers(int32_t id, v8::Local<v8::String> block, uint32_t count);
  int32_t SubmitPush(int32_t id, v8::Local<v8::String> block, uint32_t count);
  // The JS stream of a stream that this side began.
  void Bind(int32_t id, v8::Local<v8::Object> stream);
  // onWritten follows when the bytes have been sent. `end`: nothing comes after them.
  int32_t WriteData(int32_t id, v8::Local<v8::Value> data, int32_t encoding, bool end);
  int32_t WriteList(int32_t id, v8::Local<v8::Array> list, bool end);
  // 1: onWritten follows; 0: it was ended before.
  int32_t EndData(int32_t id);
  int32_t ResetStream(int32_t id, uint32_t code);
  void ResumeStream(int32_t id);
  int32_t SubmitSettings(std::vector<double> entries);
  int32_t SubmitPing(Bytes payload);
  // last_id below 0: that of the last stream that was handled.
  int32_t SubmitGoaway(uint32_t code, int32_t last_id, std::optional<Bytes> data);
  int32_t SubmitAltsvc(int32_t id, std::string origin, std::string value);
  int32_t SubmitOrigin(std::vector<std::string> origins);
  int32_t SetNextStreamId(int32_t id);
  int32_t SetLocalWindowSize(int32_t size);
  std::vector<double> State();
  std::vector<double> StreamState(int32_t id);
  std::vector<double> Statistics();
  std::vector<double> StreamStatistics(int32_t id);
  // Something has still to leave.
  bool HasPending() const {
    return session() != nullptr && transport_ != Transport::kNone &&
           (backlogged_ || !resets_.empty() || nghttp2_session_want_write(session()) != 0);
  }
  double GetAsyncId() const { return async_.async_id(); }

  // --- StreamListener

  void OnStreamRead(ssize_t nread, const char* data) override;
  void OnStreamClose() override;

  // For Http2State.
  bool scheduled = false;

 private:
  class JsStream;
  struct PendingWrite;

  // --- Http2Protocol
  std::unique_ptr<Http2Stream> NewStream(int32_t id) override;
  void OnHeaders(Http2Stream& stream, Category category, uint8_t flags) override;
  void OnPushPromise(Http2Stream& stream, Http2Stream& promised, uint8_t flags) override;
  void OnData(Http2Stream& stream, const char* data, size_t size) override;
  void OnEnd(Http2Stream& stream) override;
  void OnClose(Http2Stream& stream, uint32_t code) override;
  void OnWritten(Http2Stream& stream) override;
  void OnTrailersDue(Http2Stream& stream) override;
  void OnSettings(const nghttp2_settings& settings) override;
  void OnSettingsAck() override;
  void OnPing(const uint8_t* payload, bool ack) override;
  void OnGoaway(const nghttp2_goaway& goaway) override;
  void OnAltsvc(int32_t id, const nghttp2_ext_altsvc& altsvc) override;
  void OnOrigin(const nghttp2_ext_origin& origin) override;
  void OnFrameError(int32_t id, uint8_t type, int error) override;
  void OnProtocolError(int error) override;

  enum class Transport { kNone, kStream, kTls, kDuplex };

  v8::MaybeLocal<v8::Value> CallBack(Http2State::Callback which, v8::Local<v8::Object> receiver,
                                     int argc, v8::Local<v8::Value>* argv);
  // Calls with the session's object, or a stream's, as receiver; the scope drains ticks.
  void Call(Http2State::Callback which, int argc = 0, v8::Local<v8::Value>* argv = nullptr);
  // False when JavaScript said false.
  bool CallStream(Http2Stream& stream, Http2State::Callback which, int argc = 0,
                  v8::Local<v8::Value>* argv = nullptr);
  // As Call(), but the result is the JS object of `stream`.
  void CallForStream(Http2Stream& stream, Http2State::Callback which, int argc,
                     v8::Local<v8::Value>* argv);
  v8::Local<v8::Value> Block(const Http2Stream& stream);
  v8::Local<v8::Value> Sensitive(const Http2Stream& stream);
  Http2Chunk ChunkOf(v8::Local<v8::Value> data, int32_t encoding);
  Http2Stream* FindOpen(int32_t id) const { return session() == nullptr ? nullptr : Find(id); }
  // Something was submitted: it leaves soon.
  int32_t Submitted(int32_t result);
  void Take(std::string_view bytes);
  // Send(), and the resets that wait for it.
  int SendWithResets(ByteBuffer& out);
  int32_t WriteOut(std::string_view bytes);
  int32_t WriteToStream(std::string_view bytes);
  void RegulateReading();
  void StartReading();
  void Finish();
  void LetGo();

  Http2State& state_;
  AsyncContext async_;
  Transport transport_ = Transport::kNone;
  StreamHandle* stream_ = nullptr;
  TlsStream* tls_ = nullptr;
  v8::Global<v8::Object> transport_object_;
  v8::Global<v8::Function> sent_;
  bool backlogged_ = false;  // the transport has not taken all of what it was given
  bool reading_stopped_ = false;
  bool flushing_ = false;
  bool receiving_ = false;
  bool destroying_ = false;
  uint32_t destroy_code_ = 0;
  bool transport_gone_ = false;
  bool idle_told_ = false;
  bool tell_done_ = false;
  std::vector<std::pair<int32_t, uint32_t>> resets_;  // streams and codes
  std::string waiting_input_;                         // came while other input was being handled
};

void DeclareHttp2Session(BindingBuilder& b);

}  // namespace gyre

#endif  // GYRE_HTTP2_SESSION_H_
