#include "runtime/tls/tls_stream.h"

#include <cstring>
#include <memory>
#include <utility>

#include "absl/log/check.h"
#include "openssl/err.h"
#include "runtime/crypto/openssl_error.h"
#include "runtime/glue/array_buffer.h"
#include "runtime/loop/request.h"

namespace gyre {
namespace {

// Cleartext is read into this and handed over in pieces of at most its size.
constexpr size_t kReadSize = 64 * 1024;

struct ReadBuffer {
  explicit ReadBuffer(Environment&) {}
  std::unique_ptr<char[]> data{new char[kReadSize]};
};

// Encrypted bytes on their way through a handle.
struct UvWrite {
  uv_write_t write;
  std::string bytes;
  std::vector<TlsWriteRequest*> requests;
};

}  // namespace

// A write of JavaScript whose bytes did not leave at once.
class TlsWriteRequest final : public Request {
 public:
  TlsWriteRequest(Environment& env, v8::Local<v8::Function> callback)
      : Request(env, callback, "WRITEWRAP") {}

  void Finish(int status) {
    Settle(
        [status](Environment& env) { return Arguments{v8::Integer::New(env.isolate(), status)}; });
  }
};

SslCall::SslCall(TlsStream& stream) : stream_(stream) {
  stream_.ssl_depth_++;
  ERR_clear_error();
}

SslCall::~SslCall() {
  if (--stream_.ssl_depth_ == 0 && stream_.destroy_after_call_) stream_.DestroySsl();
}

TlsStream::TlsStream(Environment& env, v8::Local<v8::Object> self, v8::Local<v8::Object> context,
                     bool is_server)
    : Collected(env, self), async_(env, "TLSWRAP", self), is_server_(is_server) {
  auto* secure_context = Unwrap<SecureContext>(context);
  ssl_.reset(SSL_new(secure_context->ctx()));
  CHECK(ssl_ != nullptr);
  contexts_[0].Reset(isolate(), context);
  SSL_set_app_data(ssl_.get(), this);
  SSL_set_bio(ssl_.get(), NewInputBio(&input_), NewOutputBio(&output_));
  SSL_set_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);
  // A read ends after each message of the handshake, so that JavaScript can be told of one after
  // the other.
  SSL_clear_mode(ssl_.get(), SSL_MODE_AUTO_RETRY);
  SSL_set_info_callback(ssl_.get(), OnInfo);
  // Whether the peer's certificate is good is looked at after the handshake.
  SSL_set_verify(ssl_.get(), SSL_VERIFY_NONE, [](int, X509_STORE_CTX*) { return 1; });
  if (is_server) {
    SSL_set_accept_state(ssl_.get());
  } else {
    SSL_set_connect_state(ssl_.get());
  }
}

TlsStream::~TlsStream() {
  if (transport_ != nullptr) transport_->SetListener(nullptr);
  if (cleartext_listener_ != nullptr) cleartext_listener_->OnStreamClose();
}

// --- The transport

void TlsStream::Attach(v8::Local<v8::Object> handle) {
  transport_ = Unwrap<StreamHandle>(handle);
  transport_object_.Reset(isolate(), handle);
  transport_->TakeOver(this);
  Strengthen();
}

void TlsStream::Detach() {
  if (transport_ == nullptr) return;
  transport_->SetListener(nullptr);
  OnStreamClose();
}

void TlsStream::OnStreamClose() {
  transport_ = nullptr;
  transport_object_.Reset();
  Weaken();
}

void TlsStream::OnStreamRead(ssize_t nread, const char* data) {
  if (ssl_ == nullptr) return;
  v8::HandleScope handles(isolate());
  v8::Context::Scope context(env().context());
  [[maybe_unused]] const v8::Local<v8::Object> alive = object();
  if (nread < 0) {
    // What came before is read before the end is told.
    Cycle();
    if (!eof_) DeliverEnd(nread);
    return;
  }
  input_.Feed({data, static_cast<size_t>(nread)});
  Cycle();
  input_.Keep();
}

void TlsStream::Receive(std::optional<Bytes> bytes) {
  if (bytes) {
    // JavaScript may run and change the memory: a copy.
    const std::string copy(bytes->view());
    OnStreamRead(static_cast<ssize_t>(copy.size()), copy.data());
  } else {
    OnStreamRead(UV_EOF, nullptr);
  }
}

// Sends what is encrypted. True when all of it left; else `requests` hear of it later.
bool TlsStream::Flush(std::vector<TlsWriteRequest*>* requests) {
  if (hold_output_) return output_.empty();
  if (output_.empty()) return true;
  if (transport_ == nullptr) {
    const int32_t id = next_id_++;
    v8::Local<v8::Value> argv[] = {CopyToArrayBuffer(isolate(), output_), ToV8(env(), id)};
    in_flight_[id] = {output_.size(), std::move(*requests)};
    in_flight_bytes_ += output_.size();
    output_.clear();
    requests->clear();
    MakeCallback(env().Intern("onencrypted"), 2, argv);
    return false;
  }
  uv_buf_t buffer = {.base = output_.data(), .len = output_.size()};
  const int written = uv_try_write(transport_->stream(), &buffer, 1);
  if (written > 0) transport_->CountWritten(written);
  if (written >= 0 && static_cast<size_t>(written) == output_.size()) {
    output_.clear();
    if (output_.capacity() > kReadSize) output_.shrink_to_fit();
    return true;
  }
  auto* write = new UvWrite{{}, output_.substr(written > 0 ? written : 0), std::move(*requests)};
  requests->clear();
  output_.clear();
  write->write.data = write;
  buffer = {.base = write->bytes.data(), .len = write->bytes.size()};
  transport_->CountWritten(write->bytes.size());
  auto done = [](uv_write_t* request, int status) {
    const std::unique_ptr<UvWrite> write(static_cast<UvWrite*>(request->data));
    for (TlsWriteRequest* waiting : write->requests) waiting->Finish(status);
  };
  const int error = uv_write(&write->write, transport_->stream(), &buffer, 1, done);
  if (error != 0) done(&write->write, error);
  return false;
}

// Flush(), and who waits for it hears of it.
void TlsStream::FlushAll() {
  if (!Flush(&waiting_)) return;
  if (hold_output_) return;
  for (TlsWriteRequest* request : std::exchange(waiting_, {})) request->Finish(0);
}

void TlsStream::EncryptedWritten(int32_t id, int32_t status) {
  auto found = in_flight_.find(id);
  if (found == in_flight_.end()) return;
  const std::vector<TlsWriteRequest*> requests = std::move(found->second.requests);
  in_flight_bytes_ -= found->second.size;
  in_flight_.erase(found);
  for (TlsWriteRequest* request : requests) request->Finish(status);
}

// --- The engine

void TlsStream::Start() {
  if (ssl_ == nullptr) return;
  if (!is_server_) {
    const SslCall call(*this);
    const int result = SSL_do_handshake(ssl_.get());
    failed_ = result < 0 && SSL_get_error(ssl_.get(), result) == SSL_ERROR_SSL;
  }
  // No version that both sides could speak, say: nothing was sent yet.
  if (failed_) return Fail();
  Cycle();
}

// Moves everything that can be moved, in both directions.
void TlsStream::Cycle() {
  if (ssl_ == nullptr || ssl_depth_ > 0) return;
  [[maybe_unused]] const v8::Local<v8::Object> alive = object();
  ReadCleartext();
  WriteCleartext();
  FlushAll();
  DispatchEvents();
}

void TlsStream::ReadCleartext() {
  char* buffer = env().State<ReadBuffer>().data.get();
  while (ssl_ != nullptr && !eof_ && !failed_) {
    size_t size = 0;
    int error = SSL_ERROR_NONE;
    {
      const SslCall call(*this);
      while (size < kReadSize) {
        const int read = SSL_read(ssl_.get(), buffer + size, static_cast<int>(kReadSize - size));
        if (read <= 0) {
          error = SSL_get_error(ssl_.get(), read);
          break;
        }
        size += read;
        // The handshake's news come before the first bytes.
        if (!events_.empty()) break;
      }
      if (error == SSL_ERROR_SSL || error == SSL_ERROR_SYSCALL) failed_ = true;
    }
    if (ssl_ == nullptr) return;  // destroyed by one of OpenSSL's callbacks
    if (error == SSL_ERROR_ZERO_RETURN && (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN))
      eof_ = true;
    const std::string bytes = events_.empty() ? "" : std::string(buffer, size);
    if (!events_.empty()) {
      // Before this side's last message leaves: a client that does not like the certificate takes
      // itself away.
      if (!failed_) {
        DispatchEvents();
        buffer = env().State<ReadBuffer>().data.get();
      }
      if (ssl_ == nullptr) return;
      if (size > 0) DeliverRead(bytes.data(), size);
    } else if (size > 0) {
      DeliverRead(buffer, size);
    }
    if (ssl_ == nullptr) return;
    if (failed_) return Fail();
    if (eof_) return DeliverEnd(UV_EOF);
    const bool more = error == SSL_ERROR_WANT_READ && !input_.empty();
    if (error != SSL_ERROR_NONE && !more) return;
  }
}

// Tells JavaScript of OpenSSL's error, after the alert about it has left.
void TlsStream::Fail() {
  v8::Local<v8::Value> error = TakeError();
  hold_output_ = false;
  FlushAll();
  events_.clear();
  if (ssl_ == nullptr || error->IsUndefined()) return;
  MakeCallback(env().Intern("onerror"), 1, &error);
}

void TlsStream::DeliverRead(const char* data, size_t size) {
  bytes_read_ += size;
  if (cleartext_listener_ != nullptr) {
    // The memory is shared with other connections, which JavaScript may make read.
    const std::string copy(data, size);
    cleartext_listener_->OnStreamRead(static_cast<ssize_t>(size), copy.data());
    return;
  }
  if (user_buffer_.IsEmpty()) {
    v8::Local<v8::Value> argv[] = {ToV8(env(), static_cast<int32_t>(size)),
                                   CopyToArrayBuffer(isolate(), {data, size}),
                                   v8::Integer::New(isolate(), 0)};
    MakeCallback(env().Intern("onread"), 3, argv);
    return;
  }
  const std::string copy(data, size);
  for (size_t offset = 0; offset < size && !user_buffer_.IsEmpty() && ssl_ != nullptr;) {
    // It may have become smaller since it was given.
    const Bytes buffer(user_buffer_.Get(isolate()));
    if (buffer.size() == 0) return DeliverEnd(UV_ENOBUFS);
    const size_t part = std::min(buffer.size(), size - offset);
    std::memcpy(buffer.data(), copy.data() + offset, part);
    offset += part;
    v8::Local<v8::Value> argv[] = {ToV8(env(), static_cast<int32_t>(part)),
                                   v8::Undefined(isolate()), v8::Integer::New(isolate(), 0)};
    MakeCallback(env().Intern("onread"), 3, argv);
  }
}

void TlsStream::DeliverEnd(ssize_t nread) {
  if (nread == UV_EOF) eof_ = true;
  if (cleartext_listener_ != nullptr) cleartext_listener_->OnStreamRead(nread, nullptr);
  v8::Local<v8::Value> argv[] = {ToV8(env(), static_cast<int32_t>(nread)), v8::Undefined(isolate()),
                                 v8::Integer::New(isolate(), 0)};
  MakeCallback(env().Intern("onread"), 3, argv);
}

// False when the handshake has to go on first.
bool TlsStream::Encrypt(std::string_view data, bool* failed) {
  if (data.empty()) return true;
  const SslCall call(*this);
  size_t written = 0;
  const int result = SSL_write_ex(ssl_.get(), data.data(), data.size(), &written);
  if (result == 1) return true;
  const int error = SSL_get_error(ssl_.get(), result);
  *failed = error == SSL_ERROR_SSL || error == SSL_ERROR_SYSCALL;
  return false;
}

void TlsStream::WriteCleartext() {
  bool failed = false;
  while (ssl_ != nullptr && !pending_.empty() && !SSL_in_init(ssl_.get())) {
    if (!Encrypt(pending_.front().data, &failed)) break;
    if (ssl_ == nullptr) return;  // destroyed in the middle of it, and all writes cancelled
    pending_bytes_ -= pending_.front().data.size();
    waiting_.push_back(pending_.front().request);
    pending_.pop_front();
  }
  if (failed && !failed_) {
    failed_ = true;
    Fail();
  }
}

// --- As a stream handle

int32_t TlsStream::ReadStart() {
  if (transport_ != nullptr) return transport_->ReadStart();
  if (ssl_ != nullptr) MakeCallback(env().Intern("onreadstart"));
  return 0;
}

int32_t TlsStream::ReadStop() {
  if (transport_ != nullptr) return transport_->ReadStop();
  if (ssl_ != nullptr) MakeCallback(env().Intern("onreadstop"));
  return 0;
}

int32_t TlsStream::UseUserBuffer(v8::Local<v8::Value> buffer) {
  user_buffer_.Reset();
  if (!buffer->IsUndefined()) user_buffer_.Reset(isolate(), buffer);
  return 0;
}

double TlsStream::WriteQueueSize() const {
  const size_t below = transport_ == nullptr ? 0 : transport_->stream()->write_queue_size;
  return static_cast<double>(below + output_.size() + pending_bytes_ + in_flight_bytes_);
}

int32_t TlsStream::Write(v8::Local<v8::Value> data, int32_t encoding,
                         v8::Local<v8::Value> callback) {
  if (!data->IsString()) return QueueBytes(FromV8<Bytes>(env(), data).view(), callback);
  return QueueBytes(StreamHandle::Encode(isolate(), data.As<v8::String>(),
                                         static_cast<StreamHandle::Encoding>(encoding)),
                    callback);
}

int32_t TlsStream::WriteV(v8::Local<v8::Array> list, v8::Local<v8::Value> callback) {
  std::string all;
  v8::Local<v8::Context> context = env().context();
  for (uint32_t i = 0; i + 1 < list->Length(); i += 2) {
    v8::Local<v8::Value> data = list->Get(context, i).ToLocalChecked();
    if (data->IsString()) {
      const auto encoding = FromV8<int32_t>(env(), list->Get(context, i + 1).ToLocalChecked());
      all += StreamHandle::Encode(isolate(), data.As<v8::String>(),
                                  static_cast<StreamHandle::Encoding>(encoding));
    } else {
      all += FromV8<Bytes>(env(), data).view();
    }
  }
  return QueueBytes(all, callback);
}

// 0: it left; 1: the callback follows; an error below 0.
int32_t TlsStream::QueueBytes(std::string_view data, v8::Local<v8::Value> callback) {
  if (ssl_ == nullptr || failed_) return UV_EPROTO;
  bytes_written_ += data.size();
  bool failed = false;
  // Not in the middle of a handshake: OpenSSL would go on with it, or is in the middle of it and
  // has called JavaScript. Nothing waits as something does: the end behind it is not to come first.
  const bool at_once = pending_.empty() && !SSL_in_init(ssl_.get());
  const bool encrypted = at_once && Encrypt(data, &failed);
  if (ssl_ == nullptr) return UV_ECANCELED;
  if (failed) {
    failed_ = true;
    Fail();
    return UV_EPROTO;
  }
  auto* request = new TlsWriteRequest(env(), callback.As<v8::Function>());
  if (ssl_ == nullptr) {  // destroyed by a hook that was told of the request
    delete request;
    return UV_ECANCELED;
  }
  if (!encrypted) {
    pending_.push_back({std::string(data), request});
    pending_bytes_ += data.size();
    if (ssl_depth_ > 0) return 1;
    // The first write of a connection that nobody has started starts it.
    if (SSL_in_before(ssl_.get())) {
      Cycle();
    } else {
      FlushAll();
      DispatchEvents();
    }
    return 1;
  }
  waiting_.push_back(request);
  const bool only = waiting_.size() == 1;
  const bool left = Flush(&waiting_);
  if (!left || hold_output_) return 1;
  if (only) {
    waiting_.clear();
    delete request;
    return 0;
  }
  for (TlsWriteRequest* other : std::exchange(waiting_, {})) other->Finish(0);
  return 1;
}

void TlsStream::EndCleartext() {
  if (ssl_ == nullptr || ssl_depth_ > 0) return;
  {
    const SslCall call(*this);
    if (SSL_shutdown(ssl_.get()) == 0) SSL_shutdown(ssl_.get());
  }
  FlushAll();
}

void TlsStream::DestroySsl() {
  if (destroyed_) return;
  if (ssl_depth_ > 0) {
    destroy_after_call_ = true;
    return;
  }
  destroyed_ = true;
  // The last words of OpenSSL, an alert perhaps, still leave.
  hold_output_ = false;
  ssl_.reset();
  events_.clear();
  CancelWrites();
}

void TlsStream::CancelWrites() {
  std::vector<TlsWriteRequest*> requests = std::exchange(waiting_, {});
  for (const PendingWrite& write : pending_) requests.push_back(write.request);
  for (auto& [id, sent] : in_flight_)
    requests.insert(requests.end(), sent.requests.begin(), sent.requests.end());
  pending_.clear();
  in_flight_.clear();
  pending_bytes_ = 0;
  in_flight_bytes_ = 0;
  if (!env().can_call_into_js()) {
    for (TlsWriteRequest* request : requests) delete request;
    return;
  }
  for (TlsWriteRequest* request : requests) request->Finish(UV_ECANCELED);
}

// --- Calls of JavaScript

v8::MaybeLocal<v8::Value> TlsStream::CallNow(v8::Local<v8::String> name, int argc,
                                             v8::Local<v8::Value>* argv) {
  v8::Local<v8::Object> self = object();
  v8::Local<v8::Value> function;
  if (!env().can_call_into_js() || !self->Get(env().context(), name).ToLocal(&function) ||
      !function->IsFunction())
    return {};
  return CallJs(env(), function.As<v8::Function>(), self, argc, argv);
}

void TlsStream::MakeCallback(v8::Local<v8::String> name, int argc, v8::Local<v8::Value>* argv) {
  if (!env().can_call_into_js()) return;
  JsScope scope(env(), &async_);
  // Over a Duplex it is JavaScript that brings the bytes: what a listener throws is not to be lost
  // on the way back to it, which goes through more of this.
  v8::TryCatch caught(isolate());
  caught.SetVerbose(true);
  static_cast<void>(CallNow(name, argc, argv));
}

void TlsStream::DispatchEvents() {
  if (dispatching_) return;
  dispatching_ = true;
  for (size_t i = 0; i < events_.size(); i++) Dispatch(std::move(events_[i]));
  events_.clear();
  dispatching_ = false;
}

void TlsStream::Dispatch(Event event) {
  if (ssl_ == nullptr) return;
  v8::Local<v8::Value> argv[3];
  switch (event.type) {
    case Event::kHandshakeStart:
      return MakeCallback(env().Intern("onhandshakestart"));
    case Event::kHandshakeDone:
      return MakeCallback(env().Intern("onhandshakedone"));
    case Event::kClientHello:
      argv[0] = CopyToArrayBuffer(isolate(), event.first);
      argv[1] = ToV8(env(), event.second);
      argv[2] = ToV8(env(), event.flag);
      return MakeCallback(env().Intern("onclienthello"), 3, argv);
    case Event::kCertificate:
      argv[0] = ToV8(env(), event.first);
      argv[1] = ToV8(env(), event.flag);
      return MakeCallback(env().Intern("oncertcb"), 2, argv);
    case Event::kNewSession:
      argv[0] = CopyToArrayBuffer(isolate(), event.first);
      argv[1] = CopyToArrayBuffer(isolate(), event.second);
      return MakeCallback(env().Intern("onnewsession"), 2, argv);
    case Event::kKeylog:
      argv[0] = CopyToArrayBuffer(isolate(), event.first);
      return MakeCallback(env().Intern("onkeylogline"), 1, argv);
    case Event::kOcspResponse:
      argv[0] = event.flag ? CopyToArrayBuffer(isolate(), event.first).As<v8::Value>()
                           : v8::Null(isolate()).As<v8::Value>();
      return MakeCallback(env().Intern("onocspresponse"), 1, argv);
  }
}

// The error as Node prints it: all of OpenSSL's queue in the message, `code` from the reason.
v8::Local<v8::Value> TlsStream::TakeError() {
  const unsigned long code = ERR_peek_error();  // NOLINT(runtime/int)
  if (code == 0) return v8::Undefined(isolate());
  const BioPointer bio = WriteBio();
  ERR_print_errors(bio.get());
  v8::Local<v8::Object> error =
      v8::Exception::Error(ToV8(env(), BioText(bio)).As<v8::String>()).As<v8::Object>();
  auto set = [&](const char* name, v8::Local<v8::Value> value) {
    static_cast<void>(
        error->CreateDataProperty(env().context(), ToV8(env(), name).As<v8::String>(), value));
  };
  if (const char* library = ERR_lib_error_string(code)) set("library", ToV8(env(), library));
  if (const char* reason = ERR_reason_error_string(code)) {
    set("reason", ToV8(env(), reason));
    set("code", ToV8(env(), OpenSslCodeName(code, reason)));
  }
  return error;
}

}  // namespace gyre
