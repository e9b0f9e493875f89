#include "runtime/child_process/ipc_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "absl/log/check.h"
#include "runtime/child_process/json_text.h"
#include "runtime/glue/convert.h"
#include "runtime/loop/request.h"

namespace gyre {
namespace {

// What is encoded at a time: still in the processor's cache when the kernel copies it.
constexpr size_t kChunk = 64 * 1024;
// What leaves before other events have their turn.
constexpr size_t kTurn = 4 * 1024 * 1024;

// The native handle; null when there is none, or it has closed.
Handle* HandleOf(v8::Local<v8::Value> handle) {
  return handle->IsObject() ? Unwrap<Handle>(handle.As<v8::Object>()) : nullptr;
}

uv_stream_t* StreamOf(Handle* handle) {
  return handle == nullptr ? nullptr : reinterpret_cast<uv_stream_t*>(handle->uv());
}

// A second handle on the same socket, for a message that has to wait: the program may close its own
// before the message leaves. Empty, with a uv error, when there cannot be one.
v8::MaybeLocal<v8::Object> CopyHandle(Environment& env, Handle* handle, int* error) {
  uv_os_fd_t fd;
  *error = uv_fileno(handle->uv(), &fd);
  if (*error != 0) return {};
  const int copied_fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (copied_fd < 0) {
    *error = -errno;
    return {};
  }
  // Only its descriptor counts, whatever the kind of socket.
  v8::Local<v8::Value> is_ipc = v8::False(env.isolate());
  v8::Local<v8::Object> copy;
  *error = UV_ECANCELED;
  if (NewWrapped(env, "Pipe", 1, &is_ipc).ToLocal(&copy)) {
    *error = Unwrap<PipeHandle>(copy)->Open(copied_fd);
    if (*error == 0) return copy;
    Unwrap<PipeHandle>(copy)->Close(std::nullopt);
  }
  close(copied_fd);
  return {};
}

v8::Local<v8::Function> AsCallback(v8::Local<v8::Value> value) {
  return value->IsFunction() ? value.As<v8::Function>() : v8::Local<v8::Function>();
}

// Encodes what comes at `offset` of the string; returns how much of it that is.
size_t AppendChunk(v8::Isolate* isolate, v8::Local<v8::String> text, IpcPiece::Encoding encoding,
                   size_t offset, std::string* chunk) {
  auto append = [&](auto part) {
    encoding == IpcPiece::kJson ? AppendJsonText(part, chunk) : AppendText(part, chunk);
  };
  const v8::String::ValueView view(isolate, text);
  size_t size = std::min(kChunk, view.length() - offset);
  if (encoding == IpcPiece::kLatin1) {
    chunk->append(reinterpret_cast<const char*>(view.data8()) + offset, size);
    return size;
  }
  if (view.is_one_byte()) {
    append(std::span(view.data8() + offset, size));
    return size;
  }
  const std::span rest(view.data16() + offset, view.length() - offset);
  // Not between the halves of a surrogate pair.
  if (size < rest.size() && (rest[size - 1] & 0xFC00) == 0xD800) size--;
  append(rest.first(size));
  return size;
}

}  // namespace

// A message that did not leave at once: owns what is left of it.
class OutgoingMessage final : public Request {
 public:
  OutgoingMessage(Environment& env, std::vector<IpcPiece> pieces, v8::Local<v8::Value> callback)
      : Request(env, AsCallback(callback), "WRITEWRAP"), pieces_(std::move(pieces)) {}
  ~OutgoingMessage() override {
    for (const IpcPiece& piece : pieces_) std::free(piece.data);
    v8::HandleScope handles(env().isolate());
    // The tear-down of the loop closes all its handles.
    Handle* handle = OwnHandle();
    if (handle != nullptr && !uv_is_closing(handle->uv())) handle->Close(std::nullopt);
  }

  // Without what encoding adds.
  size_t size() {
    v8::HandleScope handles(env().isolate());
    size_t size = 0;
    for (const IpcPiece& piece : pieces_) {
      size += piece.text.IsEmpty() ? piece.size : piece.text.Get(env().isolate())->Length();
    }
    return size;
  }

  // What is to be written next; empty at the end.
  std::string_view Next() {
    for (; piece_ < pieces_.size(); piece_++, offset_ = 0) {
      const IpcPiece& piece = pieces_[piece_];
      if (offset_ < piece.size) return {piece.data + offset_, piece.size - offset_};
      if (!piece.text.IsEmpty() && Refill(piece)) {
        return std::string_view(chunk_).substr(chunk_begin_);
      }
    }
    return {};
  }
  void Consume(size_t size) { (pieces_[piece_].text.IsEmpty() ? offset_ : chunk_begin_) += size; }

  // Whether what comes next is text as it is in V8's memory: it need not be copied first.
  bool IsInPlace() {
    if (piece_ == pieces_.size() || chunk_begin_ < chunk_.size()) return false;
    const IpcPiece& piece = pieces_[piece_];
    if (piece.text.IsEmpty() || piece.encoding != IpcPiece::kLatin1) return false;
    v8::HandleScope handles(env().isolate());
    return offset_ < static_cast<size_t>(piece.text.Get(env().isolate())->Length());
  }
  // Calls write(bytes) with it; what that returns is written, or an error.
  template <class Write>
  ssize_t WriteInPlace(Write write) {
    v8::HandleScope handles(env().isolate());
    const v8::String::ValueView view(env().isolate(), pieces_[piece_].text.Get(env().isolate()));
    const std::string_view text(reinterpret_cast<const char*>(view.data8()), view.length());
    const ssize_t written = write(text.substr(offset_));
    if (written > 0) offset_ += written;
    return written;
  }

  // The handle, which is the message's own, goes with the first bytes.
  void SetHandle(v8::Local<v8::Object> handle) { handle_.Reset(env().isolate(), handle); }
  uv_stream_t* TakeHandle() {
    v8::HandleScope handles(env().isolate());
    return std::exchange(taken_, true) ? nullptr : StreamOf(OwnHandle());
  }

  uv_write_t write;
  size_t writing = 0;  // bytes that libuv has

 private:
  Handle* OwnHandle() {
    return handle_.IsEmpty() ? nullptr : HandleOf(handle_.Get(env().isolate()));
  }

  bool Refill(const IpcPiece& piece) {
    if (chunk_begin_ < chunk_.size()) return true;
    chunk_.clear();
    chunk_begin_ = 0;
    v8::HandleScope handles(env().isolate());
    v8::Local<v8::String> text = piece.text.Get(env().isolate());
    if (offset_ == static_cast<size_t>(text->Length())) return false;
    offset_ += AppendChunk(env().isolate(), text, piece.encoding, offset_, &chunk_);
    return true;
  }

  std::vector<IpcPiece> pieces_;
  v8::Global<v8::Object> handle_;
  bool taken_ = false;
  size_t piece_ = 0;
  size_t offset_ = 0;  // in the piece
  std::string chunk_;  // of a piece of text, before `offset_`
  size_t chunk_begin_ = 0;
};

IpcWriter::~IpcWriter() {
  for (OutgoingMessage* message : queue_) delete message;
}

ssize_t IpcWriter::TryWrite(std::string_view bytes, uv_stream_t* handle) {
  uv_buf_t buffer = uv_buf_init(const_cast<char*>(bytes.data()), bytes.size());
  const int result = uv_try_write2(pipe_->stream(), &buffer, 1, handle);
  return result == UV_EAGAIN || result == UV_ENOSYS ? 0 : result;
}

int IpcWriter::TryWrite(OutgoingMessage* message) {
  size_t total = 0;
  while (total < kTurn) {
    ssize_t written;
    if (message->IsInPlace()) {
      written = message->WriteInPlace(
          [this](std::string_view bytes) { return TryWrite(bytes.substr(0, kTurn), nullptr); });
    } else {
      const std::string_view bytes = message->Next();
      if (bytes.empty()) break;
      written = TryWrite(bytes, nullptr);
      if (written > 0) message->Consume(written);
    }
    if (written <= 0) return static_cast<int>(written);
    total += written;
  }
  return 0;
}

int32_t IpcWriter::Write(std::string_view bytes, v8::Local<v8::Value> handle,
                         v8::Local<v8::Value> callback) {
  Handle* sent = HandleOf(handle);
  if (sent == nullptr && handle->IsObject()) return UV_EBADF;
  if (queue_.empty()) {
    const ssize_t written = TryWrite(bytes, StreamOf(sent));
    if (written < 0) return static_cast<int32_t>(written);
    bytes.remove_prefix(written);
    if (bytes.empty()) return 0;
    if (written > 0) sent = nullptr;
  }
  std::vector<IpcPiece> pieces(1);
  pieces[0].data = static_cast<char*>(std::malloc(bytes.size()));
  CHECK(pieces[0].data != nullptr) << "out of memory";
  pieces[0].size = bytes.size();
  std::memcpy(pieces[0].data, bytes.data(), bytes.size());
  return Enqueue(std::make_unique<OutgoingMessage>(env_, std::move(pieces), callback), sent);
}

int32_t IpcWriter::Write(std::vector<IpcPiece> pieces, v8::Local<v8::Value> handle,
                         v8::Local<v8::Value> callback) {
  Handle* sent = HandleOf(handle);
  if (sent == nullptr && handle->IsObject()) return UV_EBADF;
  auto message = std::make_unique<OutgoingMessage>(env_, std::move(pieces), callback);
  if (queue_.empty() && sent == nullptr) {
    if (const int error = TryWrite(message.get()); error != 0) return error;
    if (message->Next().empty()) return 0;
  }
  return Enqueue(std::move(message), sent);
}

int32_t IpcWriter::Enqueue(std::unique_ptr<OutgoingMessage> message, Handle* handle) {
  if (handle != nullptr) {
    int error;
    v8::Local<v8::Object> copy;
    if (!CopyHandle(env_, handle, &error).ToLocal(&copy)) return error;
    message->SetHandle(copy);
  }
  if (queue_.empty()) {
    if (const int error = Start(message.get()); error != 0) return error;
  }
  queued_bytes_ += message->size();
  queue_.push_back(message.release());
  return 1;
}

int IpcWriter::Start(OutgoingMessage* message) {
  const std::string_view bytes = message->Next();
  message->writing = bytes.size();
  message->write.data = this;
  uv_buf_t buffer = uv_buf_init(const_cast<char*>(bytes.data()), bytes.size());
  return uv_write2(&message->write, pipe_->stream(), &buffer, 1, message->TakeHandle(),
                   [](uv_write_t* write, int status) {
                     static_cast<IpcWriter*>(write->data)->OnWritten(status);
                   });
}

void IpcWriter::OnWritten(int status) {
  OutgoingMessage* message = queue_.front();
  if (status == 0) {
    message->Consume(message->writing);
    status = TryWrite(message);
  }
  if (status == 0 && !message->Next().empty()) {
    status = Start(message);
    if (status == 0) return;
  }
  if (status != 0) return FailAll(status);
  queue_.pop_front();
  queued_bytes_ -= message->size();
  if (!queue_.empty()) status = Start(queue_.front());
  // Its callback may write, or close the pipe.
  message->Settle(
      [](Environment& env) { return Request::Arguments{v8::Integer::New(env.isolate(), 0)}; });
  if (status != 0) FailAll(status);
}

// The pipe is broken, or closed.
void IpcWriter::FailAll(int status) {
  queued_bytes_ = 0;
  for (OutgoingMessage* message : std::exchange(queue_, {})) {
    message->Settle([status](Environment& env) {
      return Request::Arguments{v8::Integer::New(env.isolate(), status)};
    });
  }
}

}  // namespace gyre
