#include "runtime/http/js_parser.h"

#include <memory>
#include <string>
#include <utility>

#include "runtime/glue/array_buffer.h"
#include "runtime/net/stream_handle.h"

namespace gyre {
namespace {

// Up to this size an array may be on the JS heap.
constexpr size_t kLargestCopied = 64;

// From this size on a part of a body is in the memory that it was read into.
constexpr size_t kLeastShared = 16 * 1024;

v8::Local<v8::String> OneByte(v8::Isolate* isolate, std::string_view bytes) {
  return v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(bytes.data()),
                                    v8::NewStringType::kNormal, static_cast<int>(bytes.size()))
      .ToLocalChecked();
}

}  // namespace

JsParser::JsParser(Environment& env, v8::Local<v8::Object> self, bool is_response,
                   uint32_t max_head_size, uint32_t max_headers, uint32_t leniency)
    : Collected(env, self),
      MessageParser(is_response ? HTTP_RESPONSE : HTTP_REQUEST, max_head_size, max_headers,
                    leniency) {}

v8::MaybeLocal<v8::Value> JsParser::ExecuteBytes(v8::Local<v8::ArrayBufferView> data) {
  // The callbacks may move a small array, which lives on the JS heap, shrink another one, or give
  // its memory away.
  const size_t size = data->ByteLength();
  v8::Local<v8::ArrayBuffer> buffer;
  std::string copy;
  std::shared_ptr<v8::BackingStore> memory;
  const char* bytes;
  if (size > kLargestCopied) buffer = data->Buffer();
  if (buffer.IsEmpty() || buffer->IsResizableByUserJavaScript()) {
    copy.resize(size);
    data->CopyContents(copy.data(), size);
    bytes = copy.data();
  } else {
    memory = buffer->GetBackingStore();
    bytes = static_cast<const char*>(memory->Data()) + data->ByteOffset();
  }
  const std::shared_ptr<v8::BackingStore> outer = std::exchange(memory_, memory);
  threw_ = false;
  const size_t parsed = Execute(bytes, size);
  memory_ = outer;
  if (threw_) return {};
  return v8::Integer::New(isolate(), failed() ? -1 : static_cast<int32_t>(parsed));
}

v8::MaybeLocal<v8::Value> JsParser::FinishMessage() {
  threw_ = false;
  const bool ok = Finish();
  if (threw_) return {};
  return v8::Boolean::New(isolate(), ok);
}

v8::Local<v8::Value> JsParser::LastError() {
  v8::Local<v8::Value> parts[] = {
      ToV8(env(), error().code), ToV8(env(), error().reason),
      v8::Integer::New(isolate(), static_cast<int32_t>(error().parsed))};
  return v8::Array::New(isolate(), parts, 3);
}

v8::MaybeLocal<v8::Value> JsParser::Call(v8::Local<v8::String> name, int argc,
                                         v8::Local<v8::Value>* argv) {
  if (threw_) return {};
  v8::Local<v8::Context> context = env().context();
  v8::Local<v8::Value> function;
  v8::Local<v8::Value> result;
  if (!object()->Get(context, name).ToLocal(&function) || !function->IsFunction() ||
      !function.As<v8::Function>()->Call(context, object(), argc, argv).ToLocal(&result)) {
    threw_ = true;
    return {};
  }
  return result;
}

int JsParser::OnHead() {
  const llhttp_t& parser = llhttp();
  const bool is_response = parser.type == HTTP_RESPONSE;
  const int32_t flags = (llhttp_should_keep_alive(&parser) ? 1 : 0) | (parser.upgrade ? 2 : 0) |
                        (has_host() ? 8 : 0) | (has_expect() ? 16 : 0) | parser.http_minor << 8 |
                        parser.http_major << 16;
  v8::Local<v8::Value> argv[] = {
      v8::Integer::New(isolate(), is_response ? parser.status_code : parser.method),
      OneByte(isolate(), is_response ? status_message() : url()),
      OneByte(isolate(), header_block()), v8::Integer::New(isolate(), flags)};
  v8::Local<v8::Value> verdict;
  if (!Call(env().Intern("onhead"), 4, argv).ToLocal(&verdict)) return HPE_USER;
  return verdict->IsInt32() ? verdict.As<v8::Int32>()->Value() : 0;
}

void JsParser::OnBody(const char* data, size_t size) {
  v8::Local<v8::Value> part = Part(data, size);
  static_cast<void>(Call(env().Intern("onbody"), 1, &part));
}

// Each part is a buffer of its own: what the program does with one must not change the others.
v8::Local<v8::ArrayBuffer> JsParser::Part(const char* data, size_t size) {
  if (memory_ == nullptr || size < kLeastShared) {
    return CopyToArrayBuffer(isolate(), data, size);
  }
  using Memory = std::shared_ptr<v8::BackingStore>;
  return v8::ArrayBuffer::New(
      isolate(), v8::ArrayBuffer::NewBackingStore(
                     const_cast<char*>(data), size,
                     [](void*, size_t, void* memory) { delete static_cast<Memory*>(memory); },
                     new Memory(memory_)));
}

void JsParser::OnMessageComplete() {
  v8::Local<v8::Value> trailers = v8::Undefined(isolate());
  if (header_count() > 0) trailers = OneByte(isolate(), header_block());
  static_cast<void>(Call(env().Intern("oncomplete"), 1, &trailers));
}

}  // namespace gyre
