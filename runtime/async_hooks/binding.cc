#include "runtime/async_hooks/binding.h"

#include "runtime/loop/js_scope.h"

namespace gyre {
namespace {

v8::Local<v8::Value> GetContextFrame(Environment& env) {
  v8::Local<v8::Data> frame = env.isolate()->GetContinuationPreservedEmbedderDataV2();
  if (frame.IsEmpty() || !frame->IsValue()) return v8::Undefined(env.isolate());
  return frame.As<v8::Value>();
}

void SetContextFrame(Environment& env, v8::Local<v8::Value> frame) {
  env.isolate()->SetContinuationPreservedEmbedderDataV2(frame);
}

void SetPromiseHooks(const v8::FunctionCallbackInfo<v8::Value>& info) {
  v8::Local<v8::Function> hooks[4];
  for (int i = 0; i < 4; i++) {
    if (info[i]->IsFunction()) hooks[i] = info[i].As<v8::Function>();
  }
  Environment::From(info.GetIsolate())
      .context()
      ->SetPromiseHooks(hooks[0], hooks[1], hooks[2], hooks[3]);
}

// An AsyncResource that has no native side: its destroy hook runs when the collector took it.
class Watched {
 public:
  Watched(Environment& env, v8::Local<v8::Object> object, double async_id)
      : env_(env), async_id_(async_id), object_(env.isolate(), object) {
    object_.SetWeak(this, Collected, v8::WeakCallbackType::kParameter);
  }

 private:
  static void Collected(const v8::WeakCallbackInfo<Watched>& info) {
    Watched* self = info.GetParameter();
    self->object_.Reset();
    self->env_.State<AsyncState>().destroyed.push_back(self->async_id_);
    delete self;
  }

  Environment& env_;
  const double async_id_;
  v8::Global<v8::Object> object_;
};

void WatchCollected(Environment& env, v8::Local<v8::Object> object, double async_id) {
  new Watched(env, object, async_id);
}

}  // namespace

void InitAsyncWrap(BindingBuilder& b) {
  b.Function<GetContextFrame>("getContextFrame");
  b.Function<SetContextFrame>("setContextFrame");
  b.Function<SetPromiseHooks>("setPromiseHooks");
  b.Function<WatchCollected>("watchCollected");
}

}  // namespace gyre
