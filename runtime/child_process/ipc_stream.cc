#include "runtime/child_process/ipc_stream.h"

#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "absl/log/check.h"
#include "absl/strings/str_cat.h"
#include "runtime/child_process/ipc_large_message.h"
#include "runtime/child_process/ipc_serializer.h"
#include "runtime/glue/convert.h"
#include "runtime/loop/answer_poll.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/request.h"

namespace gyre {
namespace {

constexpr uint8_t kVersionTag = 0xFF;  // what V8's serialisation starts with

bool IsAscii(std::string_view bytes) {
  char all = 0;
  for (char byte : bytes) all |= byte;
  return (all & 0x80) == 0;
}

v8::MaybeLocal<v8::String> ToString(v8::Isolate* isolate, std::string_view bytes, bool ascii) {
  if (bytes.size() > static_cast<size_t>(v8::String::kMaxLength)) {
    ThrowMessageTooLong(isolate);
    return {};
  }
  const int length = static_cast<int>(bytes.size());
  if (ascii || IsAscii(bytes)) {
    return v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(bytes.data()),
                                      v8::NewStringType::kNormal, length);
  }
  return v8::String::NewFromUtf8(isolate, bytes.data(), v8::NewStringType::kNormal, length);
}

// Says that a handle has come, and how many may be sent without one of these. Node takes no notice
// of the window.
constexpr std::string_view kAcknowledgement = R"({"cmd":"NODE_HANDLE_ACK","window":16})";
// Reads that bring handles before other events have their turn.
constexpr int kHandleReads = 16;

// Messages of at least this size are read as those are that hold large strings.
constexpr size_t kLargeMessage = 256 * 1024;

// The UTF-8 of a string, for which there is room; its size.
size_t Encode(v8::Isolate* isolate, v8::Local<v8::String> string, char* data) {
  const size_t length = string->Length();
  // Most text is ASCII, for which one pass is enough.
  if (string->IsOneByte()) {
    string->WriteOneByteV2(isolate, 0, length, reinterpret_cast<uint8_t*>(data));
    if (IsAscii({data, length})) return length;
  }
  return string->WriteUtf8V2(isolate, data, 3 * length,
                             v8::String::WriteFlags::kReplaceInvalidUtf8);
}

}  // namespace

// A large message is read straight to where it is put together.
uv_buf_t IpcStream::OnStreamAlloc() {
  constexpr size_t kLarge = 128 * 1024;
  if (received_.size() < kLarge) return uv_buf_init(nullptr, 0);
  if (received_.spare().size() < kLarge && expected_ == 0) received_.Reserve(2 * received_.size());
  std::span<char> spare = received_.spare();
  // The next message begins a buffer of its own.
  if (expected_ > 0) spare = spare.first(std::min(spare.size(), expected_ - received_.size()));
  return uv_buf_init(spare.data(), spare.size());
}

void IpcStream::OnStreamRead(ssize_t nread, const char* data) {
  if (!env_.can_call_into_js()) return;
  v8::Isolate* isolate = env_.isolate();
  v8::HandleScope handles(isolate);
  v8::Context::Scope context(env_.context());
  if (nread < 0) {
    v8::Local<v8::Value> arguments[] = {v8::Integer::New(isolate, static_cast<int32_t>(nread)),
                                        v8::Boolean::New(isolate, received_.size() > 0)};
    pipe_->MakeCallback(env_.Intern("onend"), 2, arguments);
    return;
  }
  if (pipe_->PendingCount() == 0 && !carried_) return Receive(nread, data);
  // Programs run at the end of this.
  JsScope scope(env_);
  const bool alone = pipe_->PendingCount() == 1;
  Receive(nread, data);
  if (alone) {
    for (int i = 1; i < kHandleReads && ReceiveNext(); i++) {
    }
  }
  FlushAcknowledgements();
}

bool IpcStream::ReceiveNext() {
  if (!env_.can_call_into_js() || received_.size() > 0 || pipe_->PendingCount() > 0 ||
      uv_is_active(reinterpret_cast<uv_handle_t*>(pipe_->stream())) == 0) {
    return false;
  }
  char data[4096];
  iovec bytes = {data, sizeof(data)};
  union {
    cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
  } control;
  msghdr message = {};
  message.msg_iov = &bytes;
  message.msg_iovlen = 1;
  message.msg_control = &control;
  // Room for one and no padding, which a second would fit in: the kernel closes what else came.
  message.msg_controllen = CMSG_LEN(sizeof(int));
  const ssize_t size = recvmsg(pipe_->Fd(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  // libuv will see an error and the end as well.
  if (size <= 0) return false;
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header != nullptr && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
    int fd;
    std::memcpy(&fd, CMSG_DATA(header), sizeof(fd));
    pipe_->SetPending(fd);
  }
  pipe_->CountRead(size);
  Receive(size, data);
  return true;
}

void IpcStream::FlushAcknowledgements() {
  if (acknowledgements_ == 0) return;
  std::string bytes;
  for (; acknowledgements_ > 0; acknowledgements_--) {
    if (!advanced_) {
      absl::StrAppend(&bytes, kAcknowledgement, "\n");
      continue;
    }
    const SerializedIpc frame = SerializeIpc(env_, Acknowledgement(), kFrameLengthBytes);
    CHECK(frame.data != nullptr);
    WriteFrameLength(frame.size - kFrameLengthBytes, frame.data);
    bytes.append(frame.data, frame.size);
    std::free(frame.data);
  }
  // That the other side is gone is reported where it is read.
  v8::Local<v8::Value> none = v8::Undefined(env_.isolate());
  static_cast<void>(writer_.Write(bytes, none, none));
}

// As a value, which is internal/child_process/ipc's alone.
v8::Local<v8::Value> IpcStream::Acknowledgement() {
  if (acknowledgement_.IsEmpty()) {
    v8::Local<v8::String> text = ToString(env_.isolate(), kAcknowledgement, true).ToLocalChecked();
    acknowledgement_.Reset(env_.isolate(), v8::JSON::Parse(env_.context(), text).ToLocalChecked());
  }
  return acknowledgement_.Get(env_.isolate());
}

void IpcStream::Receive(size_t size, const char* data) {
  v8::Isolate* isolate = env_.isolate();
  v8::HandleScope handles(isolate);
  const bool continued = received_.size() > 0;
  const std::string_view fresh(data, size);
  if (!advanced_) ascii_ = (ascii_ || received_.size() == 0) && IsAscii(fresh);
  if (data == received_.spare().data()) {
    received_.Commit(size);
  } else {
    received_.Append(fresh);
  }
  Values messages;
  v8::Local<v8::Value> error = v8::Undefined(isolate);
  {
    v8::TryCatch try_catch(isolate);
    if (!(advanced_ ? DecodeFrames(&messages) : DecodeLines(size, &messages))) {
      if (try_catch.HasTerminated()) return;
      if (try_catch.HasCaught()) error = try_catch.Exception();
    }
  }
  const int32_t pending = pipe_->PendingType();
  if (pending != PipeHandle::kNone || !messages.empty()) {
    carried_ = pending != PipeHandle::kNone && received_.size() > 0;
  }
  if (messages.empty() && error->IsUndefined() && pending == PipeHandle::kNone) return;
  v8::Local<v8::Value> arguments[] = {v8::Array::New(isolate, messages.data(), messages.size()),
                                      v8::Integer::New(isolate, pending), error,
                                      v8::Boolean::New(isolate, continued)};
  answered_ = false;
  pipe_->MakeCallback(env_.Intern("onmessages"), 4, arguments);
  if (answered_) env_.State<AnswerPoll>().Expect();
}

bool IpcStream::DecodeLines(size_t fresh, Values* messages) {
  size_t begin = 0;
  size_t search = received_.size() - fresh;  // what came earlier has no end of a line in it
  for (;;) {
    const std::string_view bytes = received_.view();
    const size_t end = bytes.find('\n', search);
    if (end == std::string_view::npos) break;
    v8::Local<v8::Value> message;
    if (begin == 0 && end >= kLargeMessage && ascii_) {
      if (!ReadLargeJson(env_, received_.Release(end + 1), end).ToLocal(&message)) return false;
      messages->push_back(message);
      search = 0;
      continue;
    }
    const std::string_view text = bytes.substr(begin, end - begin);
    v8::Local<v8::String> line;
    if (text == kAcknowledgement) {
      messages->push_back(Acknowledgement());
    } else if (!text.empty()) {
      if (!ToString(env_.isolate(), text, ascii_).ToLocal(&line) ||
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

// A frame of `size` bytes has begun, or goes on.
void IpcStream::Expect(size_t size) {
  expected_ = size;
  // Who says that there is more may be wrong: a few bytes are not to cost four gigabytes.
  constexpr size_t kMostPrepared = 128 * 1024 * 1024;
  const size_t capacity = received_.size() + received_.spare().size();
  if (capacity >= std::min(size, kMostPrepared) && !received_.spare().empty()) return;
  received_.Reserve(std::min(size, std::max(kMostPrepared, 2 * received_.size())));
  // While the sender is still busy with its side of it.
  if (size >= kLargeMessage) {
    received_.PrepareSpare(std::min(received_.spare().size(), kMostPrepared));
  }
}

bool IpcStream::DecodeFrames(Values* messages) {
  size_t done = 0;
  expected_ = 0;
  for (;;) {
    const std::string_view bytes = received_.view().substr(done);
    if (bytes.size() <= kFrameLengthBytes) break;
    if (static_cast<uint8_t>(bytes[kFrameLengthBytes]) != kVersionTag) {
      env_.isolate()->ThrowException(v8::Exception::Error(
          v8::String::NewFromUtf8Literal(env_.isolate(), "Unable to deserialize cloned data.")));
      return false;
    }
    const size_t length = ReadFrameLength(bytes.data());
    const size_t size = kFrameLengthBytes + length;
    if (bytes.size() < size) {
      received_.RemovePrefix(done);
      Expect(size);
      return true;
    }
    v8::Local<v8::Value> message;
    if (done == 0 && length >= kLargeMessage) {
      char* data = received_.Release(size);
      if (!ReadLargeSerialized(env_, data, kFrameLengthBytes, length).ToLocal(&message))
        return false;
    } else {
      if (!DeserializeIpc(env_, bytes.substr(kFrameLengthBytes, length)).ToLocal(&message))
        return false;
      done += size;
    }
    messages->push_back(message);
  }
  received_.RemovePrefix(done);
  return true;
}

v8::Maybe<int32_t> IpcStream::Write(v8::Local<v8::Value> payload, v8::Local<v8::Value> handle,
                                    v8::Local<v8::Value> callback, v8::Local<v8::Value> large) {
  answered_ = true;
  FlushAcknowledgements();
  if (!advanced_) {
    return v8::Just(payload->IsString() ? WriteText(payload.As<v8::String>(), handle, callback)
                                        : WriteList(payload.As<v8::Array>(), handle, callback));
  }
  std::vector<IpcPiece> pieces;
  if (large->IsArray()) {
    pieces = SerializeLarge(env_, payload.As<v8::Object>(), large.As<v8::Array>());
    if (pieces.empty()) return v8::Nothing<int32_t>();
  } else {
    const SerializedIpc frame = SerializeIpc(env_, payload, kFrameLengthBytes);
    if (frame.data == nullptr) return v8::Nothing<int32_t>();
    WriteFrameLength(frame.size - kFrameLengthBytes, frame.data);
    pieces.resize(1);
    pieces[0].data = frame.data;
    pieces[0].size = frame.size;
  }
  return v8::Just(writer_.Write(std::move(pieces), handle, callback));
}

int32_t IpcStream::WriteText(v8::Local<v8::String> json, v8::Local<v8::Value> handle,
                             v8::Local<v8::Value> callback) {
  char small[16 * 1024];
  if (3 * static_cast<size_t>(json->Length()) >= sizeof(small)) {
    v8::Local<v8::Value> only = json;
    return WriteList(v8::Array::New(env_.isolate(), &only, 1), handle, callback);
  }
  const size_t size = Encode(env_.isolate(), json, small);
  small[size] = '\n';
  return writer_.Write(std::string_view(small, size + 1), handle, callback);
}

int32_t IpcStream::WriteList(v8::Local<v8::Array> list, v8::Local<v8::Value> handle,
                             v8::Local<v8::Value> callback) {
  std::vector<IpcPiece> pieces(list->Length() + 1);
  for (uint32_t i = 0; i < list->Length(); i++) {
    v8::Local<v8::Value> text = list->Get(env_.context(), i).ToLocalChecked();
    pieces[i].text.Reset(env_.isolate(), text.As<v8::String>());
    pieces[i].encoding = i % 2 == 1 ? IpcPiece::kJson : IpcPiece::kUtf8;
  }
  pieces.back().data = static_cast<char*>(std::malloc(1));
  CHECK(pieces.back().data != nullptr) << "out of memory";
  pieces.back().data[0] = '\n';
  pieces.back().size = 1;
  return writer_.Write(std::move(pieces), handle, callback);
}

}  // namespace gyre
