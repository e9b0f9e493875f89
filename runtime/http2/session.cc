#include "runtime/http2/session.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "runtime/glue/convert.h"

namespace gyre {
namespace {

// So much is gathered for one write.
constexpr size_t kBatch = 128 * 1024;
// So many writes one flush makes while the transport takes all; then others have their turn.
constexpr int kMaxWrites = 8;
// Chunks below this size are copied: their memory may be on the JS heap.
constexpr size_t kSmallChunk = 1024;
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

v8::Local<v8::String> OneByte(v8::Isolate* isolate, std::string_view bytes) {
  return v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(bytes.data()),
                                    v8::NewStringType::kNormal, static_cast<int>(bytes.size()))
      .ToLocalChecked();
}

std::string Latin1(v8::Isolate* isolate, v8::Local<v8::String> string) {
  return StreamHandle::Encode(isolate, string, StreamHandle::Encoding::kLatin1);
}

// Pinning keeps memory, but not its pages when JavaScript makes the buffer smaller.
bool CanShrink(v8::Local<v8::Value> data) {
  if (data->IsArrayBufferView()) data = data.As<v8::ArrayBufferView>()->Buffer();
  return data->IsArrayBuffer() && data.As<v8::ArrayBuffer>()->IsResizableByUserJavaScript();
}

std::string_view View(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace

// A stream with its object in JavaScript.
class Http2Session::JsStream final : public Http2Stream {
 public:
  JsStream(Environment& env, int32_t id)
      : Http2Stream(id), async(env, "HTTP2STREAM", v8::Object::New(env.isolate())) {}

  AsyncContext async;
  v8::Global<v8::Object> object;
};

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
      v8::Local<v8::Value> argv[] = {
          StreamHandle::CopyBytes(isolate(), bytes.data(), bytes.size())};
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

// --- Calls of JavaScript

// An exception is uncaught here, whatever is below on the stack: nghttp2 goes on, and what it tells
// next must not find one pending.
v8::MaybeLocal<v8::Value> Http2Session::CallBack(Http2State::Callback which,
                                                 v8::Local<v8::Object> receiver, int argc,
                                                 v8::Local<v8::Value>* argv) {
  v8::TryCatch uncaught(isolate());
  uncaught.SetVerbose(true);
  return CallJs(env(), state_.callback(which), receiver, argc, argv);
}

void Http2Session::Call(Http2State::Callback which, int argc, v8::Local<v8::Value>* argv) {
  if (destroying_ || !env().can_call_into_js()) return;
  JsScope scope(env(), &async_);
  static_cast<void>(CallBack(which, object(), argc, argv));
}

bool Http2Session::CallStream(Http2Stream& stream, Http2State::Callback which, int argc,
                              v8::Local<v8::Value>* argv) {
  auto& js_stream = static_cast<JsStream&>(stream);
  if (destroying_ || js_stream.object.IsEmpty() || !env().can_call_into_js()) return true;
  JsScope scope(env(), &js_stream.async);
  v8::Local<v8::Value> result;
  return !CallBack(which, js_stream.object.Get(isolate()), argc, argv).ToLocal(&result) ||
         !result->IsFalse();
}

void Http2Session::CallForStream(Http2Stream& stream, Http2State::Callback which, int argc,
                                 v8::Local<v8::Value>* argv) {
  if (destroying_ || !env().can_call_into_js()) return;
  auto& js_stream = static_cast<JsStream&>(stream);
  JsScope scope(env(), &js_stream.async);
  v8::Local<v8::Value> result;
  if (CallBack(which, object(), argc, argv).ToLocal(&result) && result->IsObject() &&
      session() != nullptr) {
    js_stream.object.Reset(isolate(), result.As<v8::Object>());
  }
}

v8::Local<v8::Value> Http2Session::Block(const Http2Stream& stream) {
  std::string_view block = stream.header_block;
  if (!block.empty()) block.remove_suffix(1);
  return OneByte(isolate(), block);
}

v8::Local<v8::Value> Http2Session::Sensitive(const Http2Stream& stream) {
  if (stream.sensitive.empty()) return v8::Undefined(isolate());
  return ToV8(env(), stream.sensitive);
}

std::unique_ptr<Http2Stream> Http2Session::NewStream(int32_t id) {
  return std::make_unique<JsStream>(env(), id);
}

void Http2Session::OnHeaders(Http2Stream& stream, Category category, uint8_t flags) {
  v8::HandleScope handles(isolate());
  const auto& js_stream = static_cast<JsStream&>(stream);
  if (category == Category::kRequest && js_stream.object.IsEmpty()) {
    v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate(), stream.id), Block(stream),
                                   v8::Integer::New(isolate(), flags), Sensitive(stream)};
    return CallForStream(stream, Http2State::kOnStream, 4, argv);
  }
  v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate(), static_cast<int32_t>(category)),
                                 Block(stream), v8::Integer::New(isolate(), flags),
                                 Sensitive(stream)};
  CallStream(stream, Http2State::kOnHeaders, 4, argv);
}

void Http2Session::OnPushPromise(Http2Stream& stream, Http2Stream& promised, uint8_t flags) {
  v8::HandleScope handles(isolate());
  const auto& parent = static_cast<JsStream&>(stream);
  v8::Local<v8::Value> parent_object = v8::Undefined(isolate());
  if (!parent.object.IsEmpty()) parent_object = parent.object.Get(isolate());
  v8::Local<v8::Value> argv[] = {parent_object, v8::Integer::New(isolate(), promised.id),
                                 Block(promised), v8::Integer::New(isolate(), flags),
                                 Sensitive(promised)};
  CallForStream(promised, Http2State::kOnPush, 5, argv);
}

void Http2Session::OnData(Http2Stream& stream, const char* data, size_t size) {
  v8::HandleScope handles(isolate());
  const int32_t id = stream.id;
  v8::Local<v8::Value> argv[] = {StreamHandle::CopyBytes(isolate(), data, size)};
  if (CallStream(stream, Http2State::kOnData, 1, argv)) return;
  if (Http2Stream* open = FindOpen(id)) Pause(*open);
}

void Http2Session::OnEnd(Http2Stream& stream) { CallStream(stream, Http2State::kOnEnd); }

void Http2Session::OnClose(Http2Stream& stream, uint32_t code) {
  v8::HandleScope handles(isolate());
  v8::Local<v8::Value> argv[] = {v8::Integer::NewFromUnsigned(isolate(), code)};
  CallStream(stream, Http2State::kOnClose, 1, argv);
}

void Http2Session::OnWritten(Http2Stream& stream) { CallStream(stream, Http2State::kOnWritten); }

void Http2Session::OnTrailersDue(Http2Stream& stream) {
  CallStream(stream, Http2State::kOnTrailers);
}

void Http2Session::OnSettings(const nghttp2_settings& settings) {
  v8::HandleScope handles(isolate());
  std::vector<double> entries;
  for (size_t i = 0; i < settings.niv; i++) {
    entries.push_back(settings.iv[i].settings_id);
    entries.push_back(settings.iv[i].value);
  }
  v8::Local<v8::Value> argv[] = {ToV8(env(), entries)};
  Call(Http2State::kOnSettings, 1, argv);
}

void Http2Session::OnSettingsAck() { Call(Http2State::kOnSettingsAck); }

void Http2Session::OnPing(const uint8_t* payload, bool ack) {
  v8::HandleScope handles(isolate());
  v8::Local<v8::Value> argv[] = {
      StreamHandle::CopyBytes(isolate(), reinterpret_cast<const char*>(payload), 8),
      v8::Boolean::New(isolate(), ack)};
  Call(Http2State::kOnPing, 2, argv);
}

void Http2Session::OnGoaway(const nghttp2_goaway& goaway) {
  v8::HandleScope handles(isolate());
  v8::Local<v8::Value> data = v8::Undefined(isolate());
  if (goaway.opaque_data_len > 0) {
    data = StreamHandle::CopyBytes(isolate(), reinterpret_cast<const char*>(goaway.opaque_data),
                                   goaway.opaque_data_len);
  }
  v8::Local<v8::Value> argv[] = {v8::Integer::NewFromUnsigned(isolate(), goaway.error_code),
                                 v8::Integer::New(isolate(), goaway.last_stream_id), data};
  Call(Http2State::kOnGoaway, 3, argv);
}

void Http2Session::OnAltsvc(int32_t id, const nghttp2_ext_altsvc& altsvc) {
  v8::HandleScope handles(isolate());
  v8::Local<v8::Value> argv[] = {
      v8::Integer::New(isolate(), id), OneByte(isolate(), View(altsvc.origin, altsvc.origin_len)),
      OneByte(isolate(), View(altsvc.field_value, altsvc.field_value_len))};
  Call(Http2State::kOnAltsvc, 3, argv);
}

void Http2Session::OnOrigin(const nghttp2_ext_origin& origin) {
  v8::HandleScope handles(isolate());
  std::vector<v8::Local<v8::Value>> origins;
  for (size_t i = 0; i < origin.nov; i++)
    origins.push_back(OneByte(isolate(), View(origin.ov[i].origin, origin.ov[i].origin_len)));
  v8::Local<v8::Value> argv[] = {v8::Array::New(isolate(), origins.data(), origins.size())};
  Call(Http2State::kOnOrigin, 1, argv);
}

void Http2Session::OnFrameError(int32_t id, uint8_t type, int error) {
  v8::HandleScope handles(isolate());
  v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate(), id), v8::Integer::New(isolate(), type),
                                 v8::Integer::New(isolate(), error)};
  Call(Http2State::kOnFrameError, 3, argv);
}

void Http2Session::OnProtocolError(int error) {
  v8::HandleScope handles(isolate());
  v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate(), error)};
  Call(Http2State::kOnError, 1, argv);
}

// --- What JavaScript submits

int32_t Http2Session::SubmitRequest(v8::Local<v8::String> block, uint32_t count, uint32_t flags) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  return Submitted(Request(Latin1(isolate(), block), count, flags));
}

int32_t Http2Session::SubmitResponse(int32_t id, v8::Local<v8::String> block, uint32_t count,
                                     uint32_t flags) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  return Submitted(Respond(*stream, Latin1(isolate(), block), count, flags));
}

int32_t Http2Session::SubmitInfo(int32_t id, v8::Local<v8::String> block, uint32_t count) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  return Submitted(Info(*stream, Latin1(isolate(), block), count));
}

int32_t Http2Session::SubmitTrailers(int32_t id, v8::Local<v8::String> block, uint32_t count) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  return Submitted(Trailers(*stream, Latin1(isolate(), block), count));
}

int32_t Http2Session::SubmitPush(int32_t id, v8::Local<v8::String> block, uint32_t count) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_STREAM_CLOSED;
  return Submitted(Push(*stream, Latin1(isolate(), block), count));
}

void Http2Session::Bind(int32_t id, v8::Local<v8::Object> stream) {
  if (Http2Stream* found = FindOpen(id))
    static_cast<JsStream*>(found)->object.Reset(isolate(), stream);
}

Http2Chunk Http2Session::ChunkOf(v8::Local<v8::Value> data, int32_t encoding) {
  Http2Chunk chunk;
  if (data->IsString()) {
    chunk.copied = StreamHandle::Encode(isolate(), data.As<v8::String>(),
                                        static_cast<StreamHandle::Encoding>(encoding));
    chunk.size = chunk.copied.size();
    return chunk;
  }
  const Bytes bytes(data);
  chunk.size = bytes.size();
  if (chunk.size < kSmallChunk || CanShrink(data)) {
    chunk.copied = bytes.view();
    return chunk;
  }
  auto pinned = std::make_shared<PinnedBytes>(data);
  chunk.data = reinterpret_cast<const char*>(pinned->data());
  chunk.owner = std::move(pinned);
  return chunk;
}

int32_t Http2Session::WriteData(int32_t id, v8::Local<v8::Value> data, int32_t encoding, bool end) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  const int result = Write(*stream, ChunkOf(data, encoding));
  if (result == 0 && end) End(*stream);
  return Submitted(result);
}

int32_t Http2Session::WriteList(int32_t id, v8::Local<v8::Array> list, bool end) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  v8::Local<v8::Context> context = env().context();
  int result = 0;
  for (uint32_t i = 0; result == 0 && i + 1 < list->Length(); i += 2) {
    const auto encoding = FromV8<int32_t>(env(), list->Get(context, i + 1).ToLocalChecked());
    result = Write(*stream, ChunkOf(list->Get(context, i).ToLocalChecked(), encoding));
  }
  if (result == 0 && end) End(*stream);
  return Submitted(result);
}

int32_t Http2Session::EndData(int32_t id) {
  Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return NGHTTP2_ERR_INVALID_STREAM_ID;
  if (stream->outgoing_ended) return 0;
  End(*stream);
  return Submitted(1);
}

int32_t Http2Session::ResetStream(int32_t id, uint32_t code) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  // Nothing was done, it says: nothing more is.
  if (code == NGHTTP2_REFUSED_STREAM) return Submitted(Reset(id, code));
  // Not before what was written has been sent, as far as it can be: nghttp2 would drop that, or
  // take back a whole request.
  resets_.emplace_back(id, code);
  return Submitted(0);
}

void Http2Session::ResumeStream(int32_t id) {
  if (Http2Stream* stream = FindOpen(id); stream != nullptr && stream->paused) {
    Resume(*stream);
    Submitted(0);
  }
}

int32_t Http2Session::SubmitSettings(std::vector<double> list) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  std::vector<nghttp2_settings_entry> entries;
  for (size_t i = 0; i + 1 < list.size(); i += 2)
    entries.push_back({static_cast<int32_t>(list[i]), static_cast<uint32_t>(list[i + 1])});
  return Submitted(Settings(entries));
}

int32_t Http2Session::SubmitPing(Bytes payload) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  return Submitted(nghttp2_submit_ping(session(), NGHTTP2_FLAG_NONE, payload.data()));
}

int32_t Http2Session::SubmitGoaway(uint32_t code, int32_t last_id, std::optional<Bytes> data) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  if (last_id <= 0) last_id = nghttp2_session_get_last_proc_stream_id(session());
  const Bytes none{v8::Local<v8::Value>(v8::ArrayBuffer::New(isolate(), 0))};
  const Bytes& bytes = data ? *data : none;
  return Submitted(nghttp2_submit_goaway(session(), NGHTTP2_FLAG_NONE, last_id, code, bytes.data(),
                                         bytes.size()));
}

int32_t Http2Session::SubmitAltsvc(int32_t id, std::string origin, std::string value) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  return Submitted(nghttp2_submit_altsvc(
      session(), NGHTTP2_FLAG_NONE, id, reinterpret_cast<const uint8_t*>(origin.data()),
      origin.size(), reinterpret_cast<const uint8_t*>(value.data()), value.size()));
}

int32_t Http2Session::SubmitOrigin(std::vector<std::string> origins) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  std::vector<nghttp2_origin_entry> entries;
  for (std::string& origin : origins)
    entries.push_back({reinterpret_cast<uint8_t*>(origin.data()), origin.size()});
  return Submitted(
      nghttp2_submit_origin(session(), NGHTTP2_FLAG_NONE, entries.data(), entries.size()));
}

int32_t Http2Session::SetNextStreamId(int32_t id) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  return nghttp2_session_set_next_stream_id(session(), id);
}

int32_t Http2Session::SetLocalWindowSize(int32_t size) {
  if (session() == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  return Submitted(nghttp2_session_set_local_window_size(session(), NGHTTP2_FLAG_NONE, 0, size));
}

// In the order of internal/http2/session's `state`.
std::vector<double> Http2Session::State() {
  nghttp2_session* of = session();
  if (of == nullptr) return {};
  return {static_cast<double>(nghttp2_session_get_effective_local_window_size(of)),
          static_cast<double>(nghttp2_session_get_effective_recv_data_length(of)),
          static_cast<double>(nghttp2_session_get_next_stream_id(of)),
          static_cast<double>(nghttp2_session_get_local_window_size(of)),
          static_cast<double>(nghttp2_session_get_last_proc_stream_id(of)),
          static_cast<double>(nghttp2_session_get_remote_window_size(of)),
          static_cast<double>(nghttp2_session_get_outbound_queue_size(of)),
          static_cast<double>(nghttp2_session_get_hd_deflate_dynamic_table_size(of)),
          static_cast<double>(nghttp2_session_get_hd_inflate_dynamic_table_size(of))};
}

// state, localClose, remoteClose, localWindowSize
std::vector<double> Http2Session::StreamState(int32_t id) {
  nghttp2_stream* stream =
      session() == nullptr ? nullptr : nghttp2_session_find_stream(session(), id);
  if (stream == nullptr && FindOpen(id) != nullptr) return {NGHTTP2_STREAM_STATE_IDLE, 0, 0, 0};
  if (stream == nullptr) return {};
  return {static_cast<double>(nghttp2_stream_get_state(stream)),
          static_cast<double>(nghttp2_session_get_stream_local_close(session(), id)),
          static_cast<double>(nghttp2_session_get_stream_remote_close(session(), id)),
          static_cast<double>(nghttp2_session_get_stream_local_window_size(session(), id))};
}

std::vector<double> Http2Session::Statistics() {
  return {static_cast<double>(frames_received), static_cast<double>(frames_sent),
          static_cast<double>(data_received), static_cast<double>(data_sent),
          static_cast<double>(max_streams_seen)};
}

std::vector<double> Http2Session::StreamStatistics(int32_t id) {
  const Http2Stream* stream = FindOpen(id);
  if (stream == nullptr) return {};
  return {static_cast<double>(stream->received), static_cast<double>(stream->sent),
          static_cast<double>(stream->outgoing_size)};
}

void DeclareHttp2Session(BindingBuilder& b) {
  b.Class<Http2Session>("Http2Session")
      .Constructor<std::vector<double>>()
      .Method<&Http2Session::AttachStream>("attachStream")
      .Method<&Http2Session::AttachTls>("attachTls")
      .Method<&Http2Session::AttachDuplex>("attachDuplex")
      .Method<&Http2Session::ReceiveBytes>("receive")
      .Method<&Http2Session::Sent>("sent")
      .Method<&Http2Session::Flush>("flush")
      .Method<&Http2Session::Destroy>("destroy")
      .Method<&Http2Session::SubmitRequest>("request")
      .Method<&Http2Session::SubmitResponse>("respond")
      .Method<&Http2Session::SubmitInfo>("info")
      .Method<&Http2Session::SubmitTrailers>("trailers")
      .Method<&Http2Session::SubmitPush>("push")
      .Method<&Http2Session::Bind>("bind")
      .Method<&Http2Session::WriteData>("write")
      .Method<&Http2Session::WriteList>("writev")
      .Method<&Http2Session::EndData>("end")
      .Method<&Http2Session::ResetStream>("reset")
      .Method<&Http2Session::ResumeStream>("resume")
      .Method<&Http2Session::SubmitSettings>("settings")
      .Method<&Http2Session::SubmitPing>("ping")
      .Method<&Http2Session::SubmitGoaway>("goaway")
      .Method<&Http2Session::SubmitAltsvc>("altsvc")
      .Method<&Http2Session::SubmitOrigin>("origin")
      .Method<&Http2Session::SetNextStreamId>("setNextStreamId")
      .Method<&Http2Session::SetLocalWindowSize>("setLocalWindowSize")
      .Method<&Http2Session::State>("state")
      .Method<&Http2Session::StreamState>("streamState")
      .Method<&Http2Session::Statistics>("statistics")
      .Method<&Http2Session::StreamStatistics>("streamStatistics")
      .Method<&Http2Session::HasPending>("hasPending")
      .Method<&Http2Session::GetAsyncId>("getAsyncId");
}

}  // namespace gyre
