#include "runtime/net/stream_handle.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/log/check.h"
#include "runtime/engine/environment.h"
#include "runtime/glue/array_buffer.h"
#include "runtime/loop/request.h"
#include "runtime/net/trigger_scope.h"

namespace gyre {
namespace {

constexpr size_t kSlabSize = 64 * 1024;
// From here on bytes are handed to JavaScript in the buffer they were read into; fewer are copied
// out of it.
constexpr size_t kHandOverSize = 32 * 1024;

// The one buffer that all streams of an environment read into: a stream that waits for data holds
// none.
class ReadSlab {
 public:
  explicit ReadSlab(Environment& env) : isolate_(env.isolate()) {}

  char* Get() {
    if (slab_ == nullptr) {
      slab_ = v8::ArrayBuffer::NewBackingStore(isolate_, kSlabSize,
                                               v8::BackingStoreInitializationMode::kUninitialized);
    }
    return static_cast<char*>(slab_->Data());
  }

  bool Holds(const char* data) const {
    if (slab_ == nullptr) return false;
    const char* begin = static_cast<const char*>(slab_->Data());
    return data >= begin && data < begin + kSlabSize;
  }

  // A buffer that begins at `data`, which the slab holds, and owns the slab.
  std::unique_ptr<v8::BackingStore> HandOver(const char* data, size_t size) {
    return v8::ArrayBuffer::NewBackingStore(
        const_cast<char*>(data), size,
        [](void*, size_t, void* slab) { delete static_cast<v8::BackingStore*>(slab); },
        slab_.release());
  }

 private:
  v8::Isolate* const isolate_;
  std::unique_ptr<v8::BackingStore> slab_;
};

// A server that has no descriptor left for its connections looks again after this time.
constexpr uint64_t kAcceptRetryMs = 50;

// A write that did not leave at once: owns the bytes until they have.
class WriteRequest final : public Request {
 public:
  WriteRequest(Environment& env, v8::Local<v8::Function> callback)
      : Request(env, callback, "WRITEWRAP") {
    write_.data = this;
  }

  int Start(uv_stream_t* stream, const uv_buf_t* buffers, unsigned count,
            uv_stream_t* send_handle) {
    if (send_handle != nullptr)
      return uv_write2(&write_, stream, buffers, count, send_handle, &OnDone);
    return uv_write(&write_, stream, buffers, count, &OnDone);
  }

  std::vector<PinnedBytes> pinned;
  std::vector<std::string> copied;

 private:
  static void OnDone(uv_write_t* write, int status) {
    static_cast<WriteRequest*>(write->data)->Settle([status](Environment& env) {
      return Arguments{v8::Integer::New(env.isolate(), status)};
    });
  }

  uv_write_t write_;
};

class ShutdownRequest final : public Request {
 public:
  ShutdownRequest(Environment& env, v8::Local<v8::Function> callback)
      : Request(env, callback, "SHUTDOWNWRAP") {
    shutdown_.data = this;
  }

  int Start(uv_stream_t* stream) {
    return uv_shutdown(&shutdown_, stream, [](uv_shutdown_t* req, int status) {
      static_cast<ShutdownRequest*>(req->data)->Settle([status](Environment& env) {
        return Arguments{v8::Integer::New(env.isolate(), status)};
      });
    });
  }

 private:
  uv_shutdown_t shutdown_;
};

// Encodes into `buffer` when the result is sure to fit; -1 when not.
ssize_t EncodeSmall(v8::Isolate* isolate, v8::Local<v8::String> string,
                    StreamHandle::Encoding encoding, char* buffer, size_t capacity) {
  const size_t length = string->Length();
  switch (encoding) {
    case StreamHandle::Encoding::kLatin1:
      if (length > capacity) return -1;
      string->WriteOneByteV2(isolate, 0, length, reinterpret_cast<uint8_t*>(buffer));
      return length;
    case StreamHandle::Encoding::kUtf16:
      if (length * 2 > capacity) return -1;
      string->WriteV2(isolate, 0, length, reinterpret_cast<uint16_t*>(buffer));
      return length * 2;
    default:
      if (length * 3 > capacity) return -1;
      return string->WriteUtf8V2(isolate, buffer, capacity,
                                 v8::String::WriteFlags::kReplaceInvalidUtf8);
  }
}

v8::MaybeLocal<v8::Object> NewClient(StreamHandle& server, const char* binding_class) {
  Environment& env = server.env();
  const TriggerScope trigger(env, server.async());
  v8::Local<v8::Value> is_ipc = v8::False(env.isolate());
  return NewWrapped(env, binding_class, 1, &is_ipc);
}

v8::Local<v8::Function> AsCallback(v8::Local<v8::Value> value) {
  return value->IsFunction() ? value.As<v8::Function>() : v8::Local<v8::Function>();
}

}  // namespace

struct StreamHandle::Listening {
  int32_t backlog;
  uv_timer_t retry;
};

void StreamHandle::CloseListening::operator()(Listening* listening) const {
  // The tear-down of the loop closes all its handles.
  if (uv_is_closing(reinterpret_cast<uv_handle_t*>(&listening->retry))) {
    delete listening;
    return;
  }
  listening->retry.data = listening;
  uv_close(reinterpret_cast<uv_handle_t*>(&listening->retry),
           [](uv_handle_t* retry) { delete static_cast<Listening*>(retry->data); });
}

StreamHandle::StreamHandle(Environment& env, v8::Local<v8::Object> self, uv_stream_t* stream,
                           const char* type)
    : Handle(env, self, type), stream_(stream) {}

StreamHandle::~StreamHandle() = default;

std::string StreamHandle::Encode(v8::Isolate* isolate, v8::Local<v8::String> string,
                                 Encoding encoding) {
  std::string bytes;
  switch (encoding) {
    case Encoding::kLatin1:
      bytes.resize(string->Length());
      string->WriteOneByteV2(isolate, 0, string->Length(),
                             reinterpret_cast<uint8_t*>(bytes.data()));
      break;
    case Encoding::kUtf16:
      bytes.resize(string->Length() * sizeof(uint16_t));
      string->WriteV2(isolate, 0, string->Length(), reinterpret_cast<uint16_t*>(bytes.data()));
      break;
    default:
      bytes.resize(string->Utf8LengthV2(isolate));
      string->WriteUtf8V2(isolate, bytes.data(), bytes.size(),
                          v8::String::WriteFlags::kReplaceInvalidUtf8);
  }
  return bytes;
}

void StreamHandle::OnClosing() {
  listening_.reset();
  if (StreamListener* listener = std::exchange(listener_, nullptr)) listener->OnStreamClose();
}

void StreamHandle::TakeOver(StreamListener* listener) {
  StreamListener* before = std::exchange(listener_, listener);
  if (before != nullptr) before->OnStreamClose();
}

void StreamHandle::Own(std::unique_ptr<StreamListener> listener) {
  owned_listeners_.push_back(std::move(listener));
  listener_ = owned_listeners_.back().get();
}

int32_t StreamHandle::Fd() const {
  uv_os_fd_t fd = -1;
  return uv_fileno(reinterpret_cast<const uv_handle_t*>(stream_), &fd) == 0 ? fd : -1;
}

int32_t StreamHandle::ReadStart() {
  const int error = uv_read_start(stream_, &OnAlloc, &OnRead);
  // Two sockets may be made of one handle, or TLS be on it; the last one gets the data.
  return error == UV_EALREADY ? 0 : error;
}

int32_t StreamHandle::ReadStop() { return uv_read_stop(stream_); }

int32_t StreamHandle::UseUserBuffer(v8::Local<v8::Value> buffer) {
  if (buffer->IsUndefined()) {
    user_buffer_.reset();
  } else {
    user_buffer_.emplace(FromV8<PinnedBytes>(env(), buffer));
  }
  return 0;
}

int32_t StreamHandle::SetBlocking(bool blocking) {
  return uv_stream_set_blocking(stream_, blocking);
}

int32_t StreamHandle::Listen(int32_t backlog) {
  if (listening_ == nullptr) {
    listening_.reset(new Listening);
    uv_timer_init(stream_->loop, &listening_->retry);
    uv_unref(reinterpret_cast<uv_handle_t*>(&listening_->retry));
  }
  listening_->backlog = backlog;
  return uv_listen(stream_, backlog, &OnConnection);
}

// No descriptor is left for another connection. Those that come wait in the kernel; what is closed
// meanwhile makes room for them.
void StreamHandle::RestListening() {
  listening_->retry.data = this;
  uv_timer_start(
      &listening_->retry,
      [](uv_timer_t* retry) {
        auto* self = static_cast<StreamHandle*>(retry->data);
        uv_listen(self->stream_, self->listening_->backlog, &OnConnection);
      },
      kAcceptRetryMs, 0);
}

int32_t StreamHandle::Accept(v8::Local<v8::Object> client) {
  auto* handle = Unwrap<Handle>(client);
  return uv_accept(stream_, reinterpret_cast<uv_stream_t*>(handle->uv()));
}

void StreamHandle::OnConnection(uv_stream_t* stream, int status) {
  auto* self = static_cast<StreamHandle*>(stream->data);
  Environment& env = self->env();
  if (!env.can_call_into_js()) return;
  if ((status == UV_EMFILE || status == UV_ENFILE) && self->listening_ != nullptr) {
    self->RestListening();
    return;
  }
  v8::HandleScope handles(self->isolate());
  v8::Context::Scope context(env.context());
  v8::Local<v8::Value> argv[] = {v8::Undefined(self->isolate()), v8::Undefined(self->isolate())};
  v8::Local<v8::Object> client;
  if (status == 0 && NewClient(*self, self->ClientClass()).ToLocal(&client)) {
    status = self->Accept(client);
    if (status == 0)
      argv[1] = client;
    else
      Unwrap<Handle>(client)->Close(std::nullopt);
  }
  argv[0] = v8::Integer::New(self->isolate(), status);
  self->MakeCallback(env.Intern("onconnection"), 2, argv);
}

void StreamHandle::OnAlloc(uv_handle_t* handle, size_t, uv_buf_t* buffer) {
  auto* self = static_cast<StreamHandle*>(handle->data);
  // Not under a listener: JavaScript could change or take away what it is reading.
  if (self->user_buffer_ && self->listener_ == nullptr) {
    *buffer = uv_buf_init(reinterpret_cast<char*>(self->user_buffer_->data()),
                          self->user_buffer_->size());
    return;
  }
  if (self->listener_ != nullptr) *buffer = self->listener_->OnStreamAlloc();
  if (buffer->base == nullptr) {
    *buffer = uv_buf_init(self->env().State<ReadSlab>().Get(), kSlabSize);
  }
}

void StreamHandle::OnRead(uv_stream_t* stream, ssize_t nread, const uv_buf_t* buffer) {
  if (nread == 0) return;
  auto* self = static_cast<StreamHandle*>(stream->data);
  if (nread > 0) self->bytes_read_ += nread;
  if (self->listener_ != nullptr) {
    self->listener_->OnStreamRead(nread, buffer->base);
  } else {
    self->DeliverToJs(nread, buffer);
  }
}

void StreamHandle::DeliverToJs(ssize_t nread, const uv_buf_t* buffer) {
  v8::HandleScope handles(isolate());
  v8::Context::Scope context(env().context());
  v8::Local<v8::Value> bytes = v8::Undefined(isolate());
  if (nread > 0 && !user_buffer_) bytes = TakeRead(buffer->base, nread);
  CallOnRead(nread, bytes);
}

void StreamHandle::DeliverCopy(ssize_t nread, const char* data) {
  v8::HandleScope handles(isolate());
  v8::Context::Scope context(env().context());
  v8::Local<v8::Value> bytes = v8::Undefined(isolate());
  if (nread > 0) bytes = CopyToArrayBuffer(isolate(), data, nread);
  CallOnRead(nread, bytes);
}

void StreamHandle::CallOnRead(ssize_t nread, v8::Local<v8::Value> bytes) {
  v8::Local<v8::Value> argv[] = {v8::Integer::New(isolate(), static_cast<int32_t>(nread)), bytes,
                                 v8::Integer::New(isolate(), PendingType())};
  MakeCallback(env().Intern("onread"), 3, argv);
}

v8::Local<v8::ArrayBuffer> StreamHandle::TakeRead(const char* data, size_t size,
                                                  std::shared_ptr<v8::BackingStore>* held) {
  if (size < kHandOverSize) return CopyToArrayBuffer(isolate(), data, size);
  auto& slab = env().State<ReadSlab>();
  if (!slab.Holds(data)) return CopyToArrayBuffer(isolate(), data, size);
  std::shared_ptr<v8::BackingStore> store = slab.HandOver(data, size);
  if (held != nullptr) *held = store;
  return v8::ArrayBuffer::New(isolate(), std::move(store));
}

int32_t StreamHandle::Write(v8::Local<v8::Value> data, int32_t encoding,
                            v8::Local<v8::Value> callback, v8::Local<v8::Value> send_handle) {
  if (listener_ != nullptr) listener_->OnBeforeForeignWrite();
  uv_stream_t* sent = nullptr;
  if (send_handle->IsObject()) {
    sent = reinterpret_cast<uv_stream_t*>(Unwrap<Handle>(send_handle.As<v8::Object>())->uv());
  }
  if (data->IsString()) {
    return QueueString(data.As<v8::String>(), static_cast<Encoding>(encoding), callback, sent);
  }
  const auto bytes = FromV8<Bytes>(env(), data);
  bytes_written_ += bytes.size();
  return Queue({.base = reinterpret_cast<char*>(bytes.data()), .len = bytes.size()}, data, callback,
               sent);
}

int32_t StreamHandle::QueueString(v8::Local<v8::String> string, Encoding encoding,
                                  v8::Local<v8::Value> callback, uv_stream_t* send_handle) {
  v8::Isolate* isolate = env().isolate();
  char small[16 * 1024];
  ssize_t length = EncodeSmall(isolate, string, encoding, small, sizeof(small));
  if (length >= 0) {
    bytes_written_ += length;
    return Queue({.base = small, .len = static_cast<size_t>(length)}, v8::Undefined(isolate),
                 callback, send_handle);
  }
  std::string bytes = Encode(isolate, string, encoding);
  bytes_written_ += bytes.size();
  return Queue({.base = bytes.data(), .len = bytes.size()}, v8::Undefined(isolate), callback,
               send_handle);
}

// Writes what the kernel takes at once and queues the rest. `owner` keeps the memory of `rest` when
// it is a JS value; otherwise what could not leave is copied.
int32_t StreamHandle::Queue(uv_buf_t rest, v8::Local<v8::Value> owner,
                            v8::Local<v8::Value> callback, uv_stream_t* send_handle) {
  const size_t total = rest.len;
  if (send_handle == nullptr) {
    if (total == 0) return 0;
    const int written = uv_try_write(stream_, &rest, 1);
    if (written < 0 && written != UV_EAGAIN && written != UV_ENOSYS) return written;
    if (written > 0) {
      rest.base += written;
      rest.len -= written;
    }
    if (rest.len == 0) return 0;
  }
  const TriggerScope trigger(env(), async());
  auto* request = new WriteRequest(env(), AsCallback(callback));
  if (owner->IsUndefined()) {
    request->copied.emplace_back(rest.base, rest.len);
    rest.base = request->copied.back().data();
  } else {
    request->pinned.push_back(FromV8<PinnedBytes>(env(), owner));
    const PinnedBytes& pinned = request->pinned.back();
    rest.base = reinterpret_cast<char*>(pinned.data()) + (total - rest.len);
  }
  const int error = request->Start(stream_, &rest, 1, send_handle);
  if (error == 0) return 1;
  delete request;
  return error;
}

int32_t StreamHandle::WriteV(v8::Local<v8::Array> list, v8::Local<v8::Value> callback) {
  if (listener_ != nullptr) listener_->OnBeforeForeignWrite();
  v8::Isolate* isolate = env().isolate();
  v8::Local<v8::Context> context = env().context();
  std::vector<PinnedBytes> pinned;
  std::vector<std::string> copied;
  const uint32_t count = list->Length() / 2;
  // Reserved, because the buffers below point into the strings.
  copied.reserve(count);
  pinned.reserve(count);
  std::vector<uv_buf_t> buffers;
  buffers.reserve(count);
  size_t total = 0;
  for (uint32_t i = 0; i < count; ++i) {
    v8::Local<v8::Value> data = list->Get(context, 2 * i).ToLocalChecked();
    if (data->IsString()) {
      const auto encoding = static_cast<Encoding>(
          list->Get(context, 2 * i + 1).ToLocalChecked().As<v8::Int32>()->Value());
      copied.push_back(Encode(isolate, data.As<v8::String>(), encoding));
      std::string& copy = copied.back();
      buffers.push_back({.base = copy.data(), .len = copy.size()});
    } else {
      pinned.push_back(FromV8<PinnedBytes>(env(), data));
      const PinnedBytes& bytes = pinned.back();
      buffers.push_back({.base = reinterpret_cast<char*>(bytes.data()), .len = bytes.size()});
    }
    total += buffers.back().len;
  }
  const int written = uv_try_write(stream_, buffers.data(), buffers.size());
  if (written < 0 && written != UV_EAGAIN && written != UV_ENOSYS) return written;
  size_t left = written > 0 ? written : 0;
  size_t first = 0;
  while (first < buffers.size() && left >= buffers[first].len) left -= buffers[first++].len;
  if (first < buffers.size()) {
    buffers[first].base += left;
    buffers[first].len -= left;
  }
  bytes_written_ += total;
  if (first == buffers.size()) return 0;
  const TriggerScope trigger(env(), async());
  auto* request = new WriteRequest(env(), AsCallback(callback));
  // Moved, the strings stay where they are in the vector's memory.
  request->pinned = std::move(pinned);
  request->copied = std::move(copied);
  const int error = request->Start(stream_, &buffers[first], buffers.size() - first, nullptr);
  if (error == 0) return 1;
  delete request;
  return error;
}

int32_t StreamHandle::Shutdown(v8::Local<v8::Value> callback) {
  if (listener_ != nullptr) listener_->OnBeforeForeignWrite();
  const TriggerScope trigger(env(), async());
  auto* request = new ShutdownRequest(env(), AsCallback(callback));
  const int error = request->Start(stream_);
  if (error != 0) delete request;
  return error;
}

}  // namespace gyre
