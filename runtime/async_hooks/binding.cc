#include "runtime/async_hooks/binding.h"

#include <unordered_map>
#include <vector>

#include "runtime/loop/js_scope.h"

namespace gyre {
namespace {

// V8's own functions for the frame: its compilers put their few instructions in place of the calls,
// of which every tick makes four.
v8::Local<v8::Value> FrameFunction(Environment& env, const char* name) {
  v8::Local<v8::Object> extras = env.context()->GetExtrasBindingObject();
  return extras->Get(env.context(), ToV8(env, name).As<v8::Name>()).ToLocalChecked();
}

v8::Local<v8::Value> GetContextFrame(Environment& env) {
  return FrameFunction(env, "getContinuationPreservedEmbedderData");
}

v8::Local<v8::Value> SetContextFrame(Environment& env) {
  return FrameFunction(env, "setContinuationPreservedEmbedderData");
}

// The functions that hear of promises while a hook is enabled: by v8::PromiseHookType's order
// below.
struct PromiseHooks {
  explicit PromiseHooks(Environment&) {}
  v8::Global<v8::Function> init, before, after, resolve;
};

// V8's hooks in JavaScript would be faster, but cost every promise of every program a check.
void OnPromise(v8::PromiseHookType type, v8::Local<v8::Promise> promise,
               v8::Local<v8::Value> parent) {
  v8::Isolate* isolate = v8::Isolate::GetCurrent();
  Environment& env = Environment::From(isolate);
  if (!env.can_call_into_js()) return;
  PromiseHooks& hooks = env.State<PromiseHooks>();
  const v8::Global<v8::Function>* hook = nullptr;
  switch (type) {
    case v8::PromiseHookType::kInit:
      hook = &hooks.init;
      break;
    case v8::PromiseHookType::kBefore:
      hook = &hooks.before;
      break;
    case v8::PromiseHookType::kAfter:
      hook = &hooks.after;
      break;
    case v8::PromiseHookType::kResolve:
      hook = &hooks.resolve;
      break;
  }
  if (hook->IsEmpty()) return;
  v8::HandleScope handles(isolate);
  v8::Local<v8::Value> args[] = {promise, parent};
  // What a hook throws is dealt with in JavaScript: it ends the process.
  (void)hook->Get(isolate)->Call(env.context(), v8::Undefined(isolate), 2, args);
}

void SetPromiseHooks(const v8::FunctionCallbackInfo<v8::Value>& info) {
  v8::Isolate* isolate = info.GetIsolate();
  PromiseHooks& hooks = Environment::From(isolate).State<PromiseHooks>();
  v8::Global<v8::Function>* const slots[] = {&hooks.init, &hooks.before, &hooks.after,
                                             &hooks.resolve};
  bool any = false;
  for (int i = 0; i < 4; i++) {
    slots[i]->Reset();
    if (!info[i]->IsFunction()) continue;
    slots[i]->Reset(isolate, info[i].As<v8::Function>());
    any = true;
  }
  isolate->SetPromiseHook(any ? OnPromise : nullptr);
}

// With so many the hooks are told in a microtask: of those a program can make as many as it likes,
// and nothing else has a turn meanwhile.
constexpr size_t kManyDestroyed = 16384;

void TellDestroyed(void* environment) {
  Environment& env = *static_cast<Environment*>(environment);
  if (!env.can_call_into_js()) return;
  v8::HandleScope handles(env.isolate());
  v8::Context::Scope context(env.context());
  std::vector<double> destroyed;
  destroyed.swap(env.State<AsyncState>().destroyed);
  v8::Local<v8::Value> hook = env.GetRealmValue("asyncDestroyMany");
  v8::Local<v8::Value> ids = ToV8(env, destroyed);
  // What a hook throws is dealt with in JavaScript.
  (void)hook.As<v8::Function>()->Call(env.context(), v8::Undefined(env.isolate()), 1, &ids);
}

// No microtask can be made where the collector calls, and no JavaScript be run where V8 is
// interrupted.
void TellDestroyedSoon(v8::Isolate*, void* environment) {
  Environment& env = *static_cast<Environment*>(environment);
  v8::HandleScope handles(env.isolate());
  env.context()->GetMicrotaskQueue()->EnqueueMicrotask(env.isolate(), TellDestroyed, environment);
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
    std::vector<double>& destroyed = self->env_.State<AsyncState>().destroyed;
    destroyed.push_back(self->async_id_);
    if (destroyed.size() == kManyDestroyed) {
      self->env_.isolate()->RequestInterrupt(TellDestroyedSoon, &self->env_);
    }
    delete self;
  }

  Environment& env_;
  const double async_id_;
  v8::Global<v8::Object> object_;
};

// What C++ has made while a hook wanted to know, by async id. A WeakRef of JavaScript's would keep
// each of them until the turn ends that it was made in.
struct NativeResources {
  explicit NativeResources(Environment&) {}
  std::unordered_map<double, v8::Global<v8::Object>> by_id;
};

void KeepResource(Environment& env, double async_id, v8::Local<v8::Object> resource) {
  v8::Global<v8::Object>& kept = env.State<NativeResources>().by_id[async_id];
  kept.Reset(env.isolate(), resource);
  kept.SetWeak();
}

// Undefined when it was collected, or never kept.
v8::Local<v8::Value> ResourceOf(Environment& env, double async_id) {
  const auto& by_id = env.State<NativeResources>().by_id;
  auto found = by_id.find(async_id);
  if (found == by_id.end() || found->second.IsEmpty()) return v8::Undefined(env.isolate());
  return found->second.Get(env.isolate());
}

// False when none is left.
bool ForgetResource(Environment& env, double async_id) {
  auto& by_id = env.State<NativeResources>().by_id;
  by_id.erase(async_id);
  return !by_id.empty();
}

void WatchCollected(Environment& env, v8::Local<v8::Object> object, double async_id) {
  new Watched(env, object, async_id);
}

}  // namespace

void InitAsyncWrap(BindingBuilder& b) {
  b.Value("getContextFrame", GetContextFrame);
  b.Value("setContextFrame", SetContextFrame);
  b.Function<SetPromiseHooks>("setPromiseHooks");
  b.Function<WatchCollected>("watchCollected");
  b.Function<KeepResource>("keepResource");
  b.Function<ResourceOf>("resourceOf");
  b.Function<ForgetResource>("forgetResource");
}

}  // namespace gyre
