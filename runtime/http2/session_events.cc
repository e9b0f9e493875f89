// What happens in a session, told to JavaScript.

#include <memory>
#include <string_view>
#include <vector>

#include "runtime/glue/array_buffer.h"
#include "runtime/glue/convert.h"
#include "runtime/http2/session.h"

namespace gyre {
namespace {

v8::Local<v8::String> OneByte(v8::Isolate* isolate, std::string_view bytes) {
  return v8::String::NewFromOneByte(isolate, reinterpret_cast<const uint8_t*>(bytes.data()),
                                    v8::NewStringType::kNormal, static_cast<int>(bytes.size()))
      .ToLocalChecked();
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

void Http2Session::Bind(int32_t id, v8::Local<v8::Object> stream) {
  if (Http2Stream* found = FindOpen(id))
    static_cast<JsStream*>(found)->object.Reset(isolate(), stream);
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
  v8::Local<v8::Value> argv[] = {CopyToArrayBuffer(isolate(), data, size)};
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
      CopyToArrayBuffer(isolate(), reinterpret_cast<const char*>(payload), 8),
      v8::Boolean::New(isolate(), ack)};
  Call(Http2State::kOnPing, 2, argv);
}

void Http2Session::OnGoaway(const nghttp2_goaway& goaway) {
  v8::HandleScope handles(isolate());
  v8::Local<v8::Value> data = v8::Undefined(isolate());
  if (goaway.opaque_data_len > 0) {
    data = CopyToArrayBuffer(isolate(), reinterpret_cast<const char*>(goaway.opaque_data),
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

}  // namespace gyre
