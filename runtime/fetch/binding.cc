#include "runtime/fetch/binding.h"

#include <memory>
#include <utility>

#include "runtime/glue/wrapped.h"
#include "v8-wasm.h"

namespace gyre {
namespace {

// One compilation that waits for bytes: JavaScript pushes them as the body comes in, then ends it
// in one way or the other.
class WasmStream final : public Collected {
 public:
  WasmStream(Environment& env, v8::Local<v8::Object> self) : Collected(env, self) {}

  void Attach(std::shared_ptr<v8::WasmStreaming> stream) { stream_ = std::move(stream); }

  void SetUrl(const std::string& url) { stream_->SetUrl(url.data(), url.size()); }
  void Push(Bytes bytes) { stream_->OnBytesReceived(bytes.data(), bytes.size()); }
  void Finish() { std::exchange(stream_, nullptr)->Finish({}); }
  void Abort(v8::Local<v8::Value> reason) { std::exchange(stream_, nullptr)->Abort(reason); }

 private:
  std::shared_ptr<v8::WasmStreaming> stream_;
};

// V8's call, once the argument of compileStreaming() or instantiateStreaming() is there.
void OnWasmStreaming(const v8::FunctionCallbackInfo<v8::Value>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  std::shared_ptr<v8::WasmStreaming> stream =
      v8::WasmStreaming::Unpack(info.GetIsolate(), info.Data());
  v8::Local<v8::Value> undefined = v8::Undefined(info.GetIsolate());
  v8::Local<v8::Value> read;
  v8::Local<v8::Object> wrapper;
  if (!env.GetRealmValue("loadWasmStreaming")
           .As<v8::Function>()
           ->Call(env.context(), undefined, 0, nullptr)
           .ToLocal(&read) ||
      !NewWrapped(env, "WasmStream").ToLocal(&wrapper)) {
    return;
  }
  Unwrap<WasmStream>(wrapper)->Attach(std::move(stream));
  v8::Local<v8::Value> arguments[] = {wrapper, info[0]};
  (void)read.As<v8::Function>()->Call(env.context(), undefined, 2, arguments);
}

}  // namespace

void InitFetch(BindingBuilder& b) {
  b.Class<WasmStream>("WasmStream")
      .Constructor<>()
      .Method<&WasmStream::SetUrl>("setUrl")
      .Method<&WasmStream::Push>("push")
      .Method<&WasmStream::Finish>("finish")
      .Method<&WasmStream::Abort>("abort");
}

void EnableWasmStreaming(v8::Isolate* isolate) {
  isolate->SetWasmStreamingCallback(OnWasmStreaming);
}

}  // namespace gyre
