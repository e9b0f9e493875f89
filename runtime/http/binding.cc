#include "runtime/http/binding.h"

#include <llhttp.h>

#include <limits>
#include <memory>
#include <optional>

#include "runtime/http/http_connection.h"
#include "runtime/http/http_state.h"
#include "runtime/http/js_parser.h"
#include "runtime/net/stream_handle.h"

namespace gyre {
namespace {

HttpConnection* ConnectionOf(v8::Local<v8::Value> handle) {
  auto* stream = static_cast<StreamHandle*>(Unwrap<Handle>(handle));
  return stream == nullptr ? nullptr : HttpConnection::On(*stream);
}

// setCallbacks([onRequest, onBody, ...]) in the order of HttpState::Callback; once, before the
// first attach().
void SetCallbacks(Environment& env, v8::Local<v8::Array> functions) {
  auto& state = env.State<HttpState>();
  for (uint32_t i = 0; i < HttpState::kCallbacks; i++) {
    state.SetCallback(static_cast<HttpState::Callback>(i),
                      functions->Get(env.context(), i).ToLocalChecked().As<v8::Function>());
  }
}

// attach(handle, connection, maxHeadSize, maxHeaders, leniency, resource): the stream speaks HTTP
// from here on. `resource`, for async_hooks, may be undefined.
void Attach(Environment& env, v8::Local<v8::Object> handle, v8::Local<v8::Object> connection,
            uint32_t max_head_size, uint32_t max_headers, uint32_t leniency,
            std::optional<v8::Local<v8::Object>> resource) {
  auto* stream = static_cast<StreamHandle*>(Unwrap<Handle>(handle));
  if (stream == nullptr || stream->listener() != nullptr) return;
  stream->Own(std::make_unique<HttpConnection>(*stream, connection, max_head_size, max_headers,
                                               leniency,
                                               resource.value_or(v8::Local<v8::Object>())));
}

void Detach(v8::Local<v8::Value> handle) {
  if (HttpConnection* connection = ConnectionOf(handle)) connection->Detach();
}

// write(handle, head, data, encoding, framing, idleTimeout, isLast): see HttpConnection::Write.
void Write(const v8::FunctionCallbackInfo<v8::Value>& info) {
  HttpConnection* connection = ConnectionOf(info[0]);
  if (connection == nullptr) {
    info.GetReturnValue().Set(static_cast<int32_t>(UV_EBADF));
    return;
  }
  info.GetReturnValue().Set(connection->Write(
      info[1], info[2], static_cast<StreamHandle::Encoding>(info[3].As<v8::Int32>()->Value()),
      static_cast<HttpConnection::Framing>(info[4].As<v8::Int32>()->Value()),
      info[5].As<v8::Uint32>()->Value(), info[6]->IsTrue()));
}

// sendFile(handle, head, fd, position, size, chunked, callback): see HttpConnection::SendFile.
v8::Local<v8::Value> SendFile(Environment& env, v8::Local<v8::Value> handle,
                              v8::Local<v8::Value> head, int32_t file, int64_t position,
                              uint64_t size, bool chunked, v8::Local<v8::Function> callback) {
  HttpConnection* connection = ConnectionOf(handle);
  if (connection == nullptr) return v8::Integer::New(env.isolate(), UV_ENOTSUP);
  return connection->SendFile(head, file, position, size, chunked, callback);
}

// For tests: how many bytes of files servers have sent by SendFile.
double FileBytesSent(Environment& env) {
  return static_cast<double>(env.State<HttpState>().file_bytes);
}

void Tee(v8::Local<v8::Value> handle) {
  if (HttpConnection* connection = ConnectionOf(handle)) connection->Tee();
}

double Flush(v8::Local<v8::Value> handle) {
  HttpConnection* connection = ConnectionOf(handle);
  return connection == nullptr ? static_cast<double>(UV_EBADF) : connection->Flush();
}

// Of the connection whose read is being handled, if any.
void FlushActive(Environment& env) {
  if (HttpConnection* active = env.State<HttpState>().active) active->Flush();
}

double MessageAge(v8::Local<v8::Value> handle) {
  HttpConnection* connection = ConnectionOf(handle);
  return connection == nullptr ? std::numeric_limits<double>::quiet_NaN()
                               : connection->MessageAge();
}

bool InMessage(v8::Local<v8::Value> handle) {
  HttpConnection* connection = ConnectionOf(handle);
  return connection != nullptr && connection->in_message();
}

v8::Local<v8::Value> Methods(Environment& env) {
  v8::Local<v8::Array> methods = v8::Array::New(env.isolate());
#define GYRE_METHOD(number, name, string) \
  methods->Set(env.context(), number, ToV8(env, #string)).Check();
  HTTP_METHOD_MAP(GYRE_METHOD)
#undef GYRE_METHOD
  return methods;
}

}  // namespace

void InitHttp(BindingBuilder& b) {
  b.Function<SetCallbacks>("setCallbacks");
  b.Function<Attach>("attach");
  b.Function<Detach>("detach");
  b.Function<Write>("write");
  b.Function<Flush>("flush");
  b.Function<FlushActive>("flushActive");
  b.Function<Tee>("tee");
  b.Function<SendFile>("sendFile");
  b.Function<FileBytesSent>("fileBytesSent");
  b.Function<MessageAge>("messageAge");
  b.Function<InMessage>("inMessage");
  b.Class<JsParser>("Parser")
      .Constructor<bool, uint32_t, uint32_t, uint32_t>()
      .Method<&JsParser::ExecuteBytes>("execute")
      .Method<&JsParser::FinishMessage>("finish")
      .Method<&JsParser::LastError>("error")
      .Getter<&JsParser::InMessage>("inMessage")
      .Getter<&JsParser::HeadComplete>("headComplete")
      .Getter<&JsParser::Upgraded>("upgraded");
  // The names of request methods by llhttp's numbers.
  b.Value("methods", Methods);
  b.Constant("kLenientHeaders", static_cast<uint32_t>(MessageParser::kLenientHeaders));
  b.Constant("kLenientFraming", static_cast<uint32_t>(MessageParser::kLenientFraming));
}

}  // namespace gyre
