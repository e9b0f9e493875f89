#include "runtime/http/http_connection.h"

#include <sys/socket.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <utility>

#include "runtime/glue/array_buffer.h"
#include "runtime/http/file_sender.h"
#include "runtime/loop/js_scope.h"

namespace gyre {
namespace {

// A body of this size or more is sent from where it is; a smaller one is copied behind its head.
constexpr size_t kLargeBody = 16 * 1024;
// Gathered answers leave at the latest when there are this many bytes of them.
constexpr size_t kMaxBatch = 64 * 1024;

// Its address is this class's StreamListener::kind().
constexpr char kKind = 0;

// Bits of onRequest's `flags`; the version's minor digit is in bits 8 to 15, its major one in 16
// to 23.
enum RequestFlags : int32_t {
  kKeepAlive = 1,
  kUpgrade = 2,
  kComplete = 4,
  kHasHost = 8,
  kHasExpect = 16
};

size_t EncodedSize(v8::Isolate* isolate, v8::Local<v8::String> string,
                   StreamHandle::Encoding encoding) {
  switch (encoding) {
    case StreamHandle::Encoding::kLatin1:
      return string->Length();
    case StreamHandle::Encoding::kUtf16:
      return string->Length() * sizeof(uint16_t);
    default:
      return string->Utf8LengthV2(isolate);
  }
}

void Encode(v8::Isolate* isolate, v8::Local<v8::String> string, StreamHandle::Encoding encoding,
            char* to, size_t size) {
  switch (encoding) {
    case StreamHandle::Encoding::kLatin1:
      string->WriteOneByteV2(isolate, 0, size, reinterpret_cast<uint8_t*>(to));
      break;
    case StreamHandle::Encoding::kUtf16:
      string->WriteV2(isolate, 0, size / sizeof(uint16_t), reinterpret_cast<uint16_t*>(to));
      break;
    default:
      string->WriteUtf8V2(isolate, to, size, v8::String::WriteFlags::kReplaceInvalidUtf8);
  }
}

void AppendChunkSize(ByteBuffer& out, size_t size) {
  char text[24];
  out.Append({text, static_cast<size_t>(std::snprintf(text, sizeof(text), "%zx\r\n", size))});
}

}  // namespace

// What the kernel did not take at once.
struct HttpConnection::PendingWrite {
  uv_write_t request;
  HttpConnection* connection;
  std::string copied;
  PinnedBytes pinned;
};

HttpConnection::HttpConnection(StreamHandle& stream, v8::Local<v8::Object> self,
                               size_t max_head_size, uint32_t max_headers, uint32_t leniency,
                               v8::Local<v8::Object> resource)
    : MessageParser(HTTP_REQUEST, max_head_size, max_headers, leniency),
      stream_(stream),
      async_(stream.env(), "HTTPINCOMINGMESSAGE", resource),
      state_(stream.env().State<HttpState>()),
      self_(stream.isolate(), self),
      message_start_(uv_now(stream.stream()->loop)) {}

HttpConnection::~HttpConnection() {
  if (idle) state_.RemoveIdle(this);
}

const void* HttpConnection::kind() const { return &kKind; }

HttpConnection* HttpConnection::On(const StreamHandle& stream) {
  StreamListener* listener = stream.listener();
  if (listener == nullptr || listener->kind() != &kKind) return nullptr;
  return static_cast<HttpConnection*>(listener);
}

void HttpConnection::Detach() {
  Flush();
  CancelFile();
  if (idle) state_.RemoveIdle(this);
  closed_ = true;
  stream_.SetListener(nullptr);
  self_.Reset();
}

void HttpConnection::OnStreamClose() {
  if (!closed_) Flush();
  CancelFile();
  if (idle) state_.RemoveIdle(this);
  closed_ = true;
  self_.Reset();
}

v8::MaybeLocal<v8::Value> HttpConnection::Call(HttpState::Callback which, int argc,
                                               v8::Local<v8::Value>* argv) {
  Environment& env = state_.env();
  if (closed_ || !env.can_call_into_js()) return {};
  return CallJs(env, state_.callback(which), self_.Get(env.isolate()), argc, argv);
}

void HttpConnection::OnStreamRead(ssize_t nread, const char* data) {
  Environment& env = state_.env();
  if (!env.can_call_into_js()) return;
  // Reads do not nest, but another connection's may be handled inside a call of JavaScript that
  // runs the loop. The two do not share what is gathered.
  HttpConnection* outer = state_.active;
  if (outer != nullptr) outer->Flush();
  state_.active = this;
  {
    JsScopeSlot scope(std::in_place, env, &async_);
    scope_ = &scope;
    if (tee_) stream_.DeliverCopy(nread, data);
    if (nread > 0) {
      Parse(data, nread);
      handed_over_.reset();
    } else {
      v8::Local<v8::Value> argv[] = {v8::Integer::New(env.isolate(), static_cast<int32_t>(nread))};
      static_cast<void>(Call(HttpState::kOnEnd, 1, argv));
    }
    scope_ = nullptr;
  }
  if (!closed_) {
    const double pending = Flush();
    UpdateIdle();
    if (pending < 0) {
      JsScope scope(env, &async_);
      v8::Local<v8::Value> argv[] = {
          v8::Integer::New(env.isolate(), static_cast<int32_t>(pending))};
      static_cast<void>(Call(HttpState::kOnDrain, 1, argv));
    }
  }
  state_.active = outer;
}

void HttpConnection::Parse(const char* data, size_t size) {
  const size_t parsed = Execute(data, size);
  if (closed_) return;
  if (failed()) {
    ReportError(data, size);
  } else if (upgraded()) {
    v8::Local<v8::Value> argv[] = {
        CopyToArrayBuffer(stream_.isolate(), data + parsed, size - parsed)};
    static_cast<void>(Call(HttpState::kOnUpgrade, 1, argv));
  }
}

void HttpConnection::ReportError(const char* data, size_t size) {
  Environment& env = state_.env();
  v8::Local<v8::Value> argv[] = {
      ToV8(env, error().code), ToV8(env, error().reason),
      v8::Integer::New(env.isolate(), static_cast<int32_t>(error().parsed)),
      CopyToArrayBuffer(env.isolate(), data, size)};
  static_cast<void>(Call(HttpState::kOnError, 4, argv));
}

void HttpConnection::OnMessageBegin() {
  message_start_ = uv_now(stream_.stream()->loop);
  had_message_ = true;
  idle_timeout = 0;
  if (idle) state_.RemoveIdle(this);
}

int HttpConnection::OnHead() {
  if (closed_) return HPE_USER;
  v8::Isolate* isolate = stream_.isolate();
  v8::HandleScope handles(isolate);
  const llhttp_t& parser = llhttp();
  idle_timeout = 0;
  bodyless_ = !(parser.flags & (F_CHUNKED | F_TRANSFER_ENCODING)) && parser.content_length == 0;
  const int32_t flags = (llhttp_should_keep_alive(&parser) ? kKeepAlive : 0) |
                        (parser.upgrade ? kUpgrade : 0) | (bodyless_ ? kComplete : 0) |
                        (has_host() ? kHasHost : 0) | (has_expect() ? kHasExpect : 0) |
                        parser.http_minor << 8 | parser.http_major << 16;
  v8::Local<v8::Value> argv[] = {
      v8::Integer::New(isolate, parser.method), state_.last_url.Get(isolate, url()),
      state_.last_headers.Get(isolate, header_block()), v8::Integer::New(isolate, flags)};
  v8::Local<v8::Value> verdict;
  if (!Call(HttpState::kOnRequest, 4, argv).ToLocal(&verdict) || closed_)
    return closed_ ? HPE_USER : 0;
  return verdict->IsInt32() ? verdict.As<v8::Int32>()->Value() : 0;
}

void HttpConnection::OnBody(const char* data, size_t size) {
  if (closed_) return;
  {
    v8::HandleScope handles(stream_.isolate());
    v8::Local<v8::Value> argv[] = {stream_.TakeRead(data, size, &handed_over_)};
    static_cast<void>(Call(HttpState::kOnBody, 1, argv));
  }
  // Ticks and microtasks have their turn before what is behind this is looked at, as in Node: a
  // request that was complete is answered although nonsense follows.
  scope_->reset();
  scope_->emplace(state_.env(), &async_);
}

void HttpConnection::OnMessageComplete() {
  if (closed_ || bodyless_) return;
  v8::Isolate* isolate = stream_.isolate();
  v8::HandleScope handles(isolate);
  v8::Local<v8::Value> trailers = v8::Undefined(isolate);
  if (header_count() > 0) {
    const std::string_view block = header_block();
    trailers =
        v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(block.data()),
                                   v8::NewStringType::kNormal, static_cast<int>(block.size()))
            .ToLocalChecked();
  }
  v8::Local<v8::Value> argv[] = {trailers};
  static_cast<void>(Call(HttpState::kOnComplete, 1, argv));
}

double HttpConnection::MessageAge() const {
  if (!in_message() && had_message_) return std::numeric_limits<double>::quiet_NaN();
  const double age = static_cast<double>(uv_now(stream_.stream()->loop) - message_start_);
  return in_message() && head_complete() ? age : -age - 1;
}

void HttpConnection::OnIdleTimeout() {
  if (closed_ || !state_.env().can_call_into_js()) return;
  JsScope scope(state_.env(), &async_);
  static_cast<void>(Call(HttpState::kOnIdleTimeout, 0, nullptr));
}

void HttpConnection::UpdateIdle() {
  if (closed_ || idle || idle_timeout == 0 || in_message()) return;
  idle_deadline = uv_now(stream_.stream()->loop) + idle_timeout;
  state_.AddIdle(this);
}

double HttpConnection::Pending() const {
  return static_cast<double>(stream_.stream()->write_queue_size);
}

double HttpConnection::Write(v8::Local<v8::Value> head, v8::Local<v8::Value> data,
                             StreamHandle::Encoding encoding, Framing framing, uint32_t idle_after,
                             bool is_last) {
  CancelFile();
  const bool batching = state_.active == this;
  ByteBuffer& out = batching ? state_.batch : state_.single;
  v8::Isolate* isolate = stream_.isolate();
  if (head->IsString()) {
    v8::Local<v8::String> string = head.As<v8::String>();
    const size_t size = string->Length();
    Encode(isolate, string, StreamHandle::Encoding::kLatin1, out.Extend(size), size);
  }
  double pending = 0;
  if (data->IsArrayBufferView() && data.As<v8::ArrayBufferView>()->ByteLength() >= kLargeBody) {
    std::string_view after;
    if (framing != Framing::kRaw) {
      AppendChunkSize(out, data.As<v8::ArrayBufferView>()->ByteLength());
      after = framing == Framing::kLastChunk ? "\r\n0\r\n\r\n" : "\r\n";
    }
    pending = SendLarge(out, data, after);
  } else {
    Gather(out, data, encoding, framing);
    if (!batching || out.size() > kMaxBatch || (is_last && NothingFollows())) {
      pending = Send(out.view());
      out.Clear();
    } else {
      pending = Pending() + static_cast<double>(out.size());
    }
  }
  if (idle_after > 0) {
    idle_timeout = idle_after;
    if (!batching) UpdateIdle();
  }
  return pending;
}

void HttpConnection::Gather(ByteBuffer& out, v8::Local<v8::Value> data,
                            StreamHandle::Encoding encoding, Framing framing) {
  v8::Isolate* isolate = stream_.isolate();
  if (data->IsString()) {
    v8::Local<v8::String> string = data.As<v8::String>();
    const size_t size = EncodedSize(isolate, string, encoding);
    if (framing != Framing::kRaw && size > 0) AppendChunkSize(out, size);
    Encode(isolate, string, encoding, out.Extend(size), size);
    if (framing != Framing::kRaw && size > 0) out.Append("\r\n");
  } else if (data->IsArrayBufferView()) {
    const Bytes bytes(data);
    if (framing != Framing::kRaw && bytes.size() > 0) AppendChunkSize(out, bytes.size());
    out.Append(bytes.view());
    if (framing != Framing::kRaw && bytes.size() > 0) out.Append("\r\n");
  }
  if (framing == Framing::kLastChunk) out.Append("0\r\n\r\n");
}

v8::Local<v8::Value> HttpConnection::SendFile(v8::Local<v8::Value> head, int32_t file,
                                              int64_t position, uint64_t size, bool chunked,
                                              v8::Local<v8::Function> callback) {
  v8::Isolate* isolate = stream_.isolate();
  if (closed_ || file_ != nullptr) return v8::Integer::New(isolate, UV_ENOTSUP);
  auto* sender = new FileSender(stream_, callback, file, position, size, chunked);
  if (const int error = sender->Prepare(); error != 0) {
    delete sender;
    return v8::Integer::New(isolate, error);
  }
  ByteBuffer& out = state_.active == this ? state_.batch : state_.single;
  if (head->IsString()) {
    v8::Local<v8::String> string = head.As<v8::String>();
    const size_t length = string->Length();
    Encode(isolate, string, StreamHandle::Encoding::kLatin1, out.Extend(length), length);
  }
  SendBefore(out);
  sender->set_counter(&state_.file_bytes);
  if (sender->Step() == FileSender::Progress::kPending) {
    file_ = sender;
    sender->set_observer(&file_);
    return v8::Undefined(isolate);
  }
  // An error behind bytes that left shows again in the next call.
  const double sent = static_cast<double>(sender->sent());
  const double result = sent > 0 ? sent : sender->status();
  delete sender;
  return v8::Number::New(isolate, result);
}

// What comes in front of a file's bytes, in the same packet.
void HttpConnection::SendBefore(ByteBuffer& out) {
  size_t sent = 0;
  if (!out.empty() && Pending() == 0) {
    const ssize_t count =
        ::send(stream_.Fd(), out.data(), out.size(), MSG_MORE | MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) {
      stream_.CountWritten(count);
      sent = count;
    }
  }
  // An error shows again when the file is sent.
  Send(out.view().substr(sent));
  out.Clear();
}

void HttpConnection::CancelFile() {
  if (file_ != nullptr) std::exchange(file_, nullptr)->Cancel();
}

void HttpConnection::OnBeforeForeignWrite() {
  CancelFile();
  Flush();
}

double HttpConnection::Flush() {
  if (state_.active != this || state_.batch.empty()) return Pending();
  const double pending = Send(state_.batch.view());
  state_.batch.Clear();
  return pending;
}

double HttpConnection::Send(std::string_view bytes) {
  if (bytes.empty() || closed_) return Pending();
  uv_buf_t buffer = {.base = const_cast<char*>(bytes.data()), .len = bytes.size()};
  const int written = uv_try_write(stream_.stream(), &buffer, 1);
  if (written < 0 && written != UV_EAGAIN) return written;
  stream_.CountWritten(bytes.size());
  if (static_cast<size_t>(std::max(written, 0)) == bytes.size()) return Pending();
  auto* pending = new PendingWrite{.connection = this};
  pending->copied = bytes.substr(std::max(written, 0));
  buffer = {.base = pending->copied.data(), .len = pending->copied.size()};
  return Queue(pending, &buffer, 1);
}

// `before`, the bytes of a JS buffer, `after`: in one system call, without copying the middle.
double HttpConnection::SendLarge(ByteBuffer& before, v8::Local<v8::Value> data,
                                 std::string_view after) {
  const Bytes body(data);
  uv_buf_t buffers[] = {{.base = before.data(), .len = before.size()},
                        {.base = reinterpret_cast<char*>(body.data()), .len = body.size()},
                        {.base = const_cast<char*>(after.data()), .len = after.size()}};
  const int written = uv_try_write(stream_.stream(), buffers, 3);
  if (written < 0 && written != UV_EAGAIN) {
    before.Clear();
    return written;
  }
  stream_.CountWritten(before.size() + body.size() + after.size());
  size_t left = std::max(written, 0);
  size_t first = 0;
  while (first < 3 && left >= buffers[first].len) left -= buffers[first++].len;
  if (first == 3) {
    before.Clear();
    return Pending();
  }
  buffers[first].base += left;
  buffers[first].len -= left;
  auto* pending = new PendingWrite{.connection = this};
  if (first == 0) {
    pending->copied.assign(buffers[0].base, buffers[0].len);
    buffers[0].base = pending->copied.data();
  }
  pending->pinned = PinnedBytes(data);
  if (first <= 1) {
    buffers[1].base =
        reinterpret_cast<char*>(pending->pinned.data()) + (body.size() - buffers[1].len);
  }
  before.Clear();
  return Queue(pending, buffers + first, 3 - first);
}

double HttpConnection::Queue(PendingWrite* pending, const uv_buf_t* buffers, unsigned count) {
  pending->request.data = pending;
  const int error = uv_write(&pending->request, stream_.stream(), buffers, count,
                             [](uv_write_t* request, int status) {
                               auto* write = static_cast<PendingWrite*>(request->data);
                               write->connection->WentOut(write, status);
                             });
  if (error == 0) return Pending();
  delete pending;
  return error;
}

void HttpConnection::WentOut(PendingWrite* write, int status) {
  delete write;
  if (closed_ || !state_.env().can_call_into_js()) return;
  if (status == 0 && stream_.stream()->write_queue_size > 0) return;
  JsScope scope(state_.env(), &async_);
  v8::Local<v8::Value> argv[] = {v8::Integer::New(stream_.isolate(), status)};
  static_cast<void>(Call(HttpState::kOnDrain, 1, argv));
}

}  // namespace gyre
