#ifndef GYRE_HTTP_HTTP_CONNECTION_H_
#define GYRE_HTTP_HTTP_CONNECTION_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/http/http_state.h"
#include "runtime/http/message_parser.h"
#include "runtime/loop/js_scope.h"
#include "runtime/net/stream_handle.h"
#include "v8.h"

namespace gyre {

class FileSender;

// The server's side of an HTTP/1 connection: what comes in is parsed here, JavaScript is entered
// once per request, and the answers to all requests of one read leave in one write. It belongs to
// its stream handle; `self` is the ServerConnection of internal/http/connection, whose functions it
// calls: in an async context of its own, that of where it was made, and not in the socket's.
class HttpConnection final : public StreamListener, public MessageParser {
 public:
  // How Write() frames its data. JavaScript has the same numbers (internal/http/connection).
  enum class Framing : int32_t { kRaw = 0, kChunk = 1, kLastChunk = 2 };

  // `resource` is what async_hooks show for it; it may be empty.
  HttpConnection(StreamHandle& stream, v8::Local<v8::Object> self, size_t max_head_size,
                 uint32_t max_headers, uint32_t leniency, v8::Local<v8::Object> resource);
  ~HttpConnection() override;

  // The connection that listens to a stream; null when it has ended or another protocol took over.
  static HttpConnection* On(const StreamHandle& stream);

  // Sends head (latin1) and data. When idle_timeout (ms) is not 0 this ends the last answer that is
  // due. `is_last`: no other answer is due behind these bytes; they leave now unless more requests
  // came in the same read. Returns the number of bytes that wait, or a negative uv error.
  double Write(v8::Local<v8::Value> head, v8::Local<v8::Value> data,
               StreamHandle::Encoding encoding, Framing framing, uint32_t idle_timeout,
               bool is_last);
  // Sends what was gathered; returns as Write().
  double Flush();
  // Sends head (latin1, or undefined) and then `size` bytes of a file at most, by FileSender: its
  // callback follows when the result is undefined. Otherwise the result is the number of bytes of
  // the file that left at once, or a negative error. With UV_EOF and UV_ENOTSUP, which is for files
  // that must be read in the ordinary way, the head has not been sent.
  v8::Local<v8::Value> SendFile(v8::Local<v8::Value> head, int32_t file, int64_t position,
                                uint64_t size, bool chunked, v8::Local<v8::Function> callback);
  // Gives the stream back, for another protocol.
  void Detach();
  // From here on JavaScript gets the bytes too, by the stream's `onread`.
  void Tee() { tee_ = true; }
  // The age in ms of the request that is being received, negative (-age - 1) while its head is
  // incomplete; NaN between requests. The first request's begins with the connection.
  double MessageAge() const;

  void OnStreamRead(ssize_t nread, const char* data) override;
  void OnBeforeForeignWrite() override;
  void OnStreamClose() override;
  const void* kind() const override;
  void OnIdleTimeout();

  // For HttpState's list of idle connections.
  bool idle = false;
  uint64_t idle_deadline = 0;
  uint32_t idle_timeout = 0;
  HttpConnection* idle_next = nullptr;
  HttpConnection* idle_previous = nullptr;

 private:
  struct PendingWrite;
  using JsScopeSlot = std::optional<JsScope>;

  int OnHead() override;
  void OnBody(const char* data, size_t size) override;
  void OnMessageComplete() override;
  void OnMessageBegin() override;

  v8::MaybeLocal<v8::Value> Call(HttpState::Callback which, int argc, v8::Local<v8::Value>* argv);
  void Parse(const char* data, size_t size);
  void ReportError(const char* data, size_t size);
  void Gather(ByteBuffer& out, v8::Local<v8::Value> data, StreamHandle::Encoding encoding,
              Framing framing);
  double Send(std::string_view bytes);
  void SendBefore(ByteBuffer& out);
  void CancelFile();
  double SendLarge(ByteBuffer& before, v8::Local<v8::Value> data, std::string_view after);
  double Queue(PendingWrite* pending, const uv_buf_t* buffers, unsigned count);
  double Pending() const;
  void WentOut(PendingWrite* write, int status);
  void UpdateIdle();

  StreamHandle& stream_;
  const AsyncContext async_;
  HttpState& state_;
  v8::Global<v8::Object> self_;
  JsScopeSlot* scope_ = nullptr;  // while a read is handled: the one it is handled in
  FileSender* file_ = nullptr;    // while it is under way
  // What is being parsed, when a part of it was handed over: JavaScript may have freed that
  // already.
  std::shared_ptr<v8::BackingStore> handed_over_;
  uint64_t message_start_;
  bool had_message_ = false;
  bool tee_ = false;
  bool bodyless_ = false;
  bool closed_ = false;
};

}  // namespace gyre

#endif  // GYRE_HTTP_HTTP_CONNECTION_H_
