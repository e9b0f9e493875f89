#include "runtime/child_process/ipc_stream.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "absl/log/check.h"
#include "runtime/child_process/ipc_serializer.h"
#include "runtime/glue/convert.h"
#include "runtime/loop/answer_poll.h"
#include "runtime/loop/request.h"

namespace gyre {
namespace {

constexpr size_t kLengthBytes = 4;
constexpr uint8_t kVersionTag = 0xFF;  // what V8's serialisation starts with

bool IsAscii(std::string_view bytes) {
  char all = 0;
  for (char byte : bytes) all |= byte;
  return (all & 0x80) == 0;
}

v8::MaybeLocal<v8::String> ToString(v8::Isolate* isolate, std::string_view bytes) {
  if (bytes.size() > static_cast<size_t>(v8::String::kMaxLength)) {
    isolate->ThrowException(v8::Exception::RangeError(
        v8::String::NewFromUtf8Literal(isolate, "The message is longer than a string can be")));
    return {};
  }
  const int length = static_cast<int>(bytes.size());
  if (IsAscii(bytes)) {
    return v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(bytes.data()),
                                      v8::NewStringType::kNormal, length);
  }
  return v8::String::NewFromUtf8(isolate, bytes.data(), v8::NewStringType::kNormal, length);
}

// A line of at least this size that is alone in the queue becomes a string as it is.
constexpr size_t kLargeLine = 1024 * 1024;

// A string over memory of malloc's.
class OwnedText final : public v8::String::ExternalOneByteStringResource {
 public:
  OwnedText(char* data, size_t size) : data_(data), size_(size) {}
  ~OwnedText() override { std::free(data_); }
  const char* data() const override { return data_; }
  size_t length() const override { return size_; }

 private:
  char* const data_;
  const size_t size_;
};

size_t ReadLength(std::string_view bytes) {
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  return size_t{data[0]} << 24 | size_t{data[1]} << 16 | size_t{data[2]} << 8 | size_t{data[3]};
}

// Owns the bytes that are left to write.
class IpcWriteRequest final : public Request {
 public:
  IpcWriteRequest(Environment& env, v8::Local<v8::Value> callback, char* data)
      : Request(env,
                callback->IsFunction() ? callback.As<v8::Function>() : v8::Local<v8::Function>(),
                "WRITEWRAP"),
        data_(data) {
    write_.data = this;
  }
  ~IpcWriteRequest() override { std::free(data_); }

  int Start(uv_stream_t* stream, uv_buf_t buffer, uv_stream_t* handle) {
    return uv_write2(&write_, stream, &buffer, 1, handle, [](uv_write_t* write, int status) {
      static_cast<IpcWriteRequest*>(write->data)->Settle([status](Environment& env) {
        return Arguments{v8::Integer::New(env.isolate(), status)};
      });
    });
  }

 private:
  uv_write_t write_;
  char* const data_;
};

}  // namespace

ByteQueue::~ByteQueue() { std::free(data_); }

void ByteQueue::Reserve(size_t size) {
  if (begin_ > 0) {
    std::memmove(data_, data_ + begin_, size_);
    begin_ = 0;
  }
  if (size <= capacity_) return;
  data_ = static_cast<char*>(std::realloc(data_, size));
  CHECK(data_ != nullptr) << "out of memory";
  capacity_ = size;
}

void ByteQueue::Append(const char* data, size_t size) {
  if (begin_ + size_ + size > capacity_) Reserve(std::max(size_ + size, 2 * capacity_));
  std::memcpy(data_ + begin_ + size_, data, size);
  size_ += size;
}

void ByteQueue::RemovePrefix(size_t size) {
  constexpr size_t kKept = 128 * 1024;
  begin_ += size;
  size_ -= size;
  if (size_ > 0) return;
  begin_ = 0;
  if (capacity_ <= kKept) return;
  std::free(std::exchange(data_, nullptr));
  capacity_ = 0;
}

char* ByteQueue::Release() {
  Reserve(0);
  size_ = capacity_ = 0;
  return std::exchange(data_, nullptr);
}

void IpcStream::OnStreamRead(ssize_t nread, const char* data) {
  if (!env_.can_call_into_js()) return;
  v8::Isolate* isolate = env_.isolate();
  v8::HandleScope handles(isolate);
  v8::Context::Scope context(env_.context());
  if (nread < 0) {
    v8::Local<v8::Value> status = v8::Integer::New(isolate, static_cast<int32_t>(nread));
    pipe_->MakeCallback(env_.Intern("onend"), 1, &status);
    return;
  }
  received_.Append(data, nread);
  Values messages;
  v8::Local<v8::Value> error = v8::Undefined(isolate);
  {
    v8::TryCatch try_catch(isolate);
    if (!(advanced_ ? DecodeFrames(&messages) : DecodeLines(nread, &messages))) {
      if (try_catch.HasTerminated()) return;
      if (try_catch.HasCaught()) error = try_catch.Exception();
    }
  }
  if (messages.empty() && error->IsUndefined() && pipe_->PendingType() == PipeHandle::kNone) return;
  v8::Local<v8::Value> arguments[] = {v8::Array::New(isolate, messages.data(), messages.size()),
                                      v8::Integer::New(isolate, pipe_->PendingType()), error};
  answered_ = false;
  pipe_->MakeCallback(env_.Intern("onmessages"), 3, arguments);
  if (answered_) env_.State<AnswerPoll>().Expect();
}

bool IpcStream::DecodeLines(size_t fresh, Values* messages) {
  const std::string_view bytes = received_.view();
  if (bytes.size() >= kLargeLine && bytes.find('\n', bytes.size() - fresh) == bytes.size() - 1 &&
      bytes.size() <= static_cast<size_t>(v8::String::kMaxLength) && IsAscii(bytes)) {
    return DecodeLargeLine(messages);
  }
  size_t begin = 0;
  size_t search = bytes.size() - fresh;  // what came earlier has no end of a line in it
  for (;;) {
    const size_t end = bytes.find('\n', search);
    if (end == std::string_view::npos) break;
    v8::Local<v8::String> line;
    v8::Local<v8::Value> message;
    if (end > begin) {
      if (!ToString(env_.isolate(), bytes.substr(begin, end - begin)).ToLocal(&line) ||
          !v8::JSON::Parse(env_.context(), line).ToLocal(&message)) {
        return false;
      }
      messages->push_back(message);
    }
    begin = search = end + 1;
  }
  received_.RemovePrefix(begin);
  return true;
}

bool IpcStream::DecodeLargeLine(Values* messages) {
  const size_t size = received_.view().size() - 1;
  auto* text = new OwnedText(received_.Release(), size);
  v8::Local<v8::String> line;
  if (!v8::String::NewExternalOneByte(env_.isolate(), text).ToLocal(&line)) {
    delete text;
    return false;
  }
  v8::Local<v8::Value> message;
  if (!v8::JSON::Parse(env_.context(), line).ToLocal(&message)) return false;
  messages->push_back(message);
  return true;
}

bool IpcStream::DecodeFrames(Values* messages) {
  std::string_view bytes = received_.view();
  size_t done = 0;
  while (bytes.size() > kLengthBytes) {
    if (static_cast<uint8_t>(bytes[kLengthBytes]) != kVersionTag) {
      env_.isolate()->ThrowException(v8::Exception::Error(
          v8::String::NewFromUtf8Literal(env_.isolate(), "Unable to deserialize cloned data.")));
      return false;
    }
    const size_t length = ReadLength(bytes);
    if (bytes.size() - kLengthBytes < length) {
      received_.RemovePrefix(done);
      received_.Reserve(kLengthBytes + length);
      return true;
    }
    v8::Local<v8::Value> message;
    if (!DeserializeIpc(env_, bytes.substr(kLengthBytes, length)).ToLocal(&message)) return false;
    messages->push_back(message);
    bytes.remove_prefix(kLengthBytes + length);
    done += kLengthBytes + length;
  }
  received_.RemovePrefix(done);
  return true;
}

v8::Maybe<int32_t> IpcStream::Write(v8::Local<v8::Value> payload, v8::Local<v8::Value> handle,
                                    v8::Local<v8::Value> callback) {
  answered_ = true;
  if (!advanced_) return v8::Just(SendJson(payload.As<v8::String>(), handle, callback));
  SerializedIpc frame = SerializeIpc(env_, payload, kLengthBytes);
  if (frame.data == nullptr) return v8::Nothing<int32_t>();
  const size_t length = frame.size - kLengthBytes;
  for (size_t i = 0; i < kLengthBytes; i++) {
    frame.data[i] = static_cast<char>(length >> (8 * (kLengthBytes - 1 - i)));
  }
  return v8::Just(Send(frame.data, frame.size, true, handle, callback));
}

int32_t IpcStream::SendJson(v8::Local<v8::String> json, v8::Local<v8::Value> handle,
                            v8::Local<v8::Value> callback) {
  v8::Isolate* isolate = env_.isolate();
  char small[16 * 1024];
  const size_t length = json->Length();
  const bool fits = 3 * length + 1 <= sizeof(small);
  char* data = fits ? small : static_cast<char*>(std::malloc(length + 1));
  CHECK(data != nullptr) << "out of memory";
  size_t size = length;
  // Most text is ASCII, for which one pass is enough.
  bool done = false;
  if (json->IsOneByte()) {
    json->WriteOneByteV2(isolate, 0, length, reinterpret_cast<uint8_t*>(data));
    done = IsAscii({data, length});
  }
  if (!done) {
    size = json->Utf8LengthV2(isolate);
    if (!fits) data = static_cast<char*>(std::realloc(data, size + 1));
    CHECK(data != nullptr) << "out of memory";
    json->WriteUtf8V2(isolate, data, size, v8::String::WriteFlags::kReplaceInvalidUtf8);
  }
  data[size] = '\n';
  return Send(data, size + 1, !fits, handle, callback);
}

// Takes over `data` when it is on the heap.
int32_t IpcStream::Send(char* data, size_t size, bool on_heap, v8::Local<v8::Value> handle,
                        v8::Local<v8::Value> callback) {
  uv_stream_t* stream = pipe_->stream();
  uv_stream_t* sent = nullptr;
  size_t written = 0;
  if (handle->IsObject()) {
    sent = reinterpret_cast<uv_stream_t*>(Unwrap<Handle>(handle.As<v8::Object>())->uv());
  } else {
    uv_buf_t all = uv_buf_init(data, size);
    const int result = uv_try_write(stream, &all, 1);
    if (result > 0) written = result;
    const bool failed = result < 0 && result != UV_EAGAIN && result != UV_ENOSYS;
    if (failed || written == size) {
      if (on_heap) std::free(data);
      return failed ? result : 0;
    }
  }
  if (!on_heap) {
    char* copy = static_cast<char*>(std::malloc(size));
    CHECK(copy != nullptr) << "out of memory";
    std::memcpy(copy, data, size);
    data = copy;
  }
  auto* request = new IpcWriteRequest(env_, callback, data);
  const int error = request->Start(stream, uv_buf_init(data + written, size - written), sent);
  if (error == 0) return 1;
  delete request;
  return error;
}

}  // namespace gyre
