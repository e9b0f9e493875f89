// How a session's bytes come and go, and how it ends.

#include "runtime/http2/session.h"

#include <algorithm>
#include <utility>

#include "runtime/glue/array_buffer.h"
#include "runtime/glue/convert.h"

namespace gyre {
namespace {

// So much is gathered for one write.
constexpr size_t kBatch = 128 * 1024;
// So many writes one flush makes while the transport takes all; then others have their turn.
constexpr int kMaxWrites = 8;
// A peer that does not read must not make answers pile up: beyond this nothing is read from it.
constexpr size_t kMaxOutboundFrames = 1000;

Http2Options OptionsFrom(const std::vector<double>& list) {
  size_t next = 0;
  auto take = [&] { return list[next++]; };
  auto take32 = [&] { return static_cast<uint32_t>(take()); };
  Http2Options options;
  options.server = take() != 0;
  options.max_deflate_table = take32();
  options.max_reserved_streams = take32();
  options.peer_max_streams = take32();
  options.max_send_header_block = static_cast<size_t>(take());
  options.padding = take32();
  options.max_header_pairs = take32();
  options.max_memory = static_cast<uint64_t>(take());
  options.max_settings = take32();
  options.reset_burst = take32();
  options.reset_rate = take32();
  options.strict_whitespace = take() != 0;
  options.max_invalid_frames = take32();
  options.max_rejected_streams = take32();
  return options;
}

}  // namespace

// What the kernel did not take at once. It keeps the session's object.
struct Http2Session::PendingWrite {
  uv_write_t request;
  Http2Session* session;
  v8::Global<v8::Object> object;
  std::string bytes;
};

Http2Session::Http2Session(Environment& env, v8::Local<v8::Object> self,
                           std::vector<double> options)
    : Collected(env, self),
      Http2Protocol(OptionsFrom(options)),
      state_(env.State<Http2State>()),
      async_(env, "HTTP2SESSION", self) {
  Open();
}

Http2Session::~Http2Session() {
  if (scheduled) state_.Unschedule(this);
  if (stream_ != nullptr && stream_->listener() == this) stream_->SetListener(nullptr);
  if (tls_ != nullptr) tls_->SetCleartextListener(nullptr);
}

// --- The transport

void Http2Session::AttachStream(v8::Local<v8::Object> handle) {
  stream_ = Unwrap<StreamHandle>(handle);
  if (stream_ == nullptr) return;
  transport_ = Transport::kStream;
  transport_object_.Reset(isolate(), handle);
  stream_->TakeOver(this);
  stream_->ReadStart();
  Strengthen();
}

void Http2Session::AttachTls(v8::Local<v8::Object> handle, v8::Local<v8::Function> sent) {
  tls_ = Unwrap<TlsStream>(handle);
  if (tls_ == nullptr) return;
  transport_ = Transport::kTls;
  transport_object_.Reset(isolate(), handle);
  sent_.Reset(isolate(), sent);
  tls_->SetCleartextListener(this);
  tls_->ReadStart();
  Strengthen();
}

void Http2Session::AttachDuplex() {
  transport_ = Transport::kDuplex;
  Strengthen();
}

void Http2Session::OnStreamClose() {
  transport_gone_ = true;
  stream_ = nullptr;
  tls_ = nullptr;
  transport_ = Transport::kNone;
  transport_object_.Reset();
  sent_.Reset();  // its closure holds this object
  Weaken();
}

void Http2Session::OnStreamRead(ssize_t nread, const char* data) {
  if (session() == nullptr || !env().can_call_into_js()) return;
  v8::HandleScope handles(isolate());
  v8::Context::Scope context(env().context());
  [[maybe_unused]] const v8::Local<v8::Object> alive = object();
  if (nread >= 0) {
    Take({data, static_cast<size_t>(nread)});
    return;
  }
  // The socket of the handle hears of the end as well.
  StreamHandle* stream = stream_;
  v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate(), static_cast<int32_t>(nread)),
                                 v8::True(isolate())};
  Call(Http2State::kOnEof, 2, argv);
  if (stream != nullptr && stream == stream_) stream->DeliverCopy(nread, nullptr);
}

void Http2Session::ReceiveBytes(std::optional<Bytes> bytes) {
  if (session() == nullptr) return;
  [[maybe_unused]] const v8::Local<v8::Object> alive = object();
  if (!bytes) {
    v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate(), UV_EOF)};
    Call(Http2State::kOnEof, 1, argv);
    return;
  }
  // JavaScript may run and change the memory: a copy.
  const std::string copy(bytes->view());
  Take(copy);
}

void Http2Session::Take(std::string_view bytes) {
  if (destroying_) return;
  if (receiving_ || in_callback()) {
    waiting_input_.append(bytes);
    return;
  }
  receiving_ = true;
  int error = 0;
  if (waiting_input_.empty()) {
    error = Receive(bytes.data(), bytes.size());
  } else {
    waiting_input_.append(bytes);  // what waits came first
  }
  while (error == 0 && !waiting_input_.empty() && !destroying_) {
    const std::string more = std::exchange(waiting_input_, {});
    error = Receive(more.data(), more.size());
  }
  receiving_ = false;
  if (error != 0 && !destroying_) {
    v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate(), error)};
    Call(Http2State::kOnError, 1, argv);
  }
  if (!destroying_) {
    Flush();
  } else if (!flushing_) {
    Finish();
  }
}

int32_t Http2Session::Submitted(int32_t result) {
  idle_told_ = false;
  if (!receiving_ && !flushing_ && !destroying_) state_.Schedule(this);
  return result;
}

void Http2Session::Flush() {
  if (session() == nullptr || transport_ == Transport::kNone || flushing_ || receiving_) return;
  if (in_callback() || !env().can_call_into_js()) return;
  v8::HandleScope handles(isolate());
  v8::Context::Scope context(env().context());
  [[maybe_unused]] const v8::Local<v8::Object> alive = object();
  flushing_ = true;
  int error = 0;
  int written = 0;
  bool said_nothing = false;
  for (; !backlogged_ && !destroying_ && error == 0 && written < kMaxWrites; written++) {
    std::unique_ptr<ByteBuffer> out = state_.TakeBuffer();
    error = SendWithResets(*out);
    const bool nothing = out->empty();
    int32_t status = 0;
    if (!nothing) status = WriteOut(out->view());
    state_.GiveBuffer(std::move(out));
    // Who waits until its bytes have left waits for the transport, too.
    if (!backlogged_) TellWritten();
    if (status < 0) {
      v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate(), status)};
      Call(Http2State::kOnEof, 1, argv);
      break;
    }
    // Who was told may have had more to say.
    const bool more = !resets_.empty() || nghttp2_session_want_write(session()) != 0;
    if (nothing && (said_nothing || !more)) break;
    said_nothing = nothing;
  }
  flushing_ = false;
  if (error != 0) {
    v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate(), error)};
    Call(Http2State::kOnError, 1, argv);
  } else if (written == kMaxWrites && !destroying_) {
    state_.Schedule(this);
  }
  if (destroying_) return Finish();
  // Came while nghttp2 was at work. Taking it ends in a flush.
  if (error == 0 && !waiting_input_.empty()) return Take({});
  RegulateReading();
  if (!WantsAnything() && !backlogged_ && !std::exchange(idle_told_, true))
    Call(Http2State::kOnIdle);
}

int Http2Session::SendWithResets(ByteBuffer& out) {
  const int error = Send(out, kBatch);
  if (error != 0 || resets_.empty()) return error;
  for (const auto& [id, code] : std::exchange(resets_, {})) Reset(id, code);
  return Send(out, kBatch);
}

// The number of bytes does not matter: what nghttp2 gave is gone from it.
int32_t Http2Session::WriteOut(std::string_view bytes) {
  switch (transport_) {
    case Transport::kStream:
      return WriteToStream(bytes);
    case Transport::kTls: {
      const int32_t status = tls_->QueueBytes(bytes, sent_.Get(isolate()));
      backlogged_ = status == 1;
      return std::min(status, 0);
    }
    case Transport::kDuplex: {
      JsScope scope(env(), &async_);
      v8::Local<v8::Value> argv[] = {CopyToArrayBuffer(isolate(), bytes.data(), bytes.size())};
      v8::Local<v8::Value> result;
      backlogged_ = true;  // sent() may be called before the function returns
      if (CallBack(Http2State::kOnSend, object(), 1, argv).ToLocal(&result) && result->IsInt32() &&
          result.As<v8::Int32>()->Value() == 0) {
        backlogged_ = false;
      }
      return 0;
    }
    default:
      return 0;
  }
}

int32_t Http2Session::WriteToStream(std::string_view bytes) {
  stream_->CountWritten(bytes.size());
  uv_buf_t buffer = {.base = const_cast<char*>(bytes.data()), .len = bytes.size()};
  const int written = uv_try_write(stream_->stream(), &buffer, 1);
  // That the peer is gone is told by reading, which may have its last words first.
  if (written == UV_EPIPE || written == UV_ECONNRESET) return 0;
  if (written < 0 && written != UV_EAGAIN) return written;
  const size_t left = bytes.size() - static_cast<size_t>(std::max(written, 0));
  if (left == 0) return 0;
  auto* pending = new PendingWrite{.request = {}, .session = this, .object = {}, .bytes = {}};
  pending->request.data = pending;
  pending->object.Reset(isolate(), object());
  pending->bytes = bytes.substr(bytes.size() - left);
  buffer = {.base = pending->bytes.data(), .len = pending->bytes.size()};
  const int error =
      uv_write(&pending->request, stream_->stream(), &buffer, 1, [](uv_write_t* request, int rc) {
        const std::unique_ptr<PendingWrite> write(static_cast<PendingWrite*>(request->data));
        Http2Session* session = write->session;
        if (!session->env().can_call_into_js()) return;
        v8::HandleScope handles(session->isolate());
        v8::Context::Scope context(session->env().context());
        session->Sent(rc);
      });
  if (error != 0) {
    delete pending;
    return error;
  }
  backlogged_ = true;
  return 0;
}

void Http2Session::Sent(int32_t status) {
  backlogged_ = false;
  if (session() == nullptr) return;
  if (status == 0) return Flush();
  // Reading may have stopped because of what could not leave. It tells that the peer is gone.
  RegulateReading();
  if (status == UV_ECANCELED || status == UV_EPIPE || status == UV_ECONNRESET) return;
  v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate(), status)};
  Call(Http2State::kOnEof, 1, argv);
}

void Http2Session::RegulateReading() {
  const bool stop =
      backlogged_ && nghttp2_session_get_outbound_queue_size(session()) > kMaxOutboundFrames;
  if (stop == reading_stopped_ || transport_ == Transport::kDuplex) return;
  reading_stopped_ = stop;
  if (!stop) return StartReading();
  if (stream_ != nullptr) stream_->ReadStop();
  if (tls_ != nullptr) tls_->ReadStop();
}

void Http2Session::StartReading() {
  if (stream_ != nullptr) stream_->ReadStart();
  if (tls_ != nullptr) tls_->ReadStart();
}

bool Http2Session::Destroy(uint32_t code, bool transport_gone) {
  if (destroying_ || session() == nullptr) return true;
  destroying_ = true;
  transport_gone_ = transport_gone_ || transport_gone;
  destroy_code_ = code;
  // What is running finishes it.
  tell_done_ = in_callback() || flushing_ || receiving_;
  if (!tell_done_) Finish();
  return !tell_done_;
}

void Http2Session::Finish() {
  if (session() == nullptr) return;
  if (!transport_gone_ && !backlogged_ && transport_ != Transport::kNone) {
    // nghttp2's own code, when it has one, comes first.
    Terminate(destroy_code_);
    std::unique_ptr<ByteBuffer> out = state_.TakeBuffer();
    SendWithResets(*out);
    if (!out->empty()) WriteOut(out->view());
    state_.GiveBuffer(std::move(out));
  }
  LetGo();
}

void Http2Session::LetGo() {
  Close();
  if (scheduled) state_.Unschedule(this);
  // The socket takes over, and does not know that reading was stopped.
  if (std::exchange(reading_stopped_, false)) StartReading();
  if (stream_ != nullptr && stream_->listener() == this) stream_->SetListener(nullptr);
  if (tls_ != nullptr) tls_->SetCleartextListener(nullptr);
  [[maybe_unused]] const v8::Local<v8::Object> alive = object();
  OnStreamClose();
  if (!std::exchange(tell_done_, false) || !env().can_call_into_js()) return;
  JsScope scope(env(), &async_);
  static_cast<void>(CallBack(Http2State::kOnDone, object(), 0, nullptr));
}

}  // namespace gyre
