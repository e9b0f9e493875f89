#include "runtime/loop/js_scope.h"

#include "absl/log/check.h"
#include "runtime/glue/convert.h"
#include "runtime/loop/loop.h"
#include "uv.h"

namespace gyre {
namespace {

// Index of AsyncState::hooks(): whether JavaScript keeps resources by their ids.
constexpr int kHasResources = 5;

// Calls a hook of internal/async_hooks, if JavaScript has set it.
void CallHook(Environment& env, std::string_view name,
              std::initializer_list<v8::Local<v8::Value>> args) {
  v8::Local<v8::Value> hook = env.GetRealmValue(name);
  if (!hook->IsFunction()) return;
  std::vector<v8::Local<v8::Value>> argv(args);
  static_cast<void>(hook.As<v8::Function>()->Call(env.context(), v8::Undefined(env.isolate()),
                                                  static_cast<int>(argv.size()), argv.data()));
}

template <class T>
T* SharedArray(Environment& env, std::string_view name) {
  v8::Local<v8::Value> array = env.GetRealmValue(name);
  CHECK(array->IsArrayBufferView()) << name << " is not set up";
  return reinterpret_cast<T*>(Bytes(array).data());
}

// What drains the ticks, looked up once: every entry into JavaScript asks for it.
struct TickFunction {
  explicit TickFunction(Environment&) {}
  v8::Global<v8::Function> function;
};

void DrainTicks(Environment& env) {
  v8::Isolate* isolate = env.isolate();
  auto& tick = env.State<TickFunction>();
  if (tick.function.IsEmpty()) {
    v8::Local<v8::Value> found = env.GetRealmValue("processTicksAndRejections");
    if (!found->IsFunction()) return;
    tick.function.Reset(isolate, found.As<v8::Function>());
  }
  static_cast<void>(
      tick.function.Get(isolate)->Call(env.context(), v8::Undefined(isolate), 0, nullptr));
}

// Tells async_hooks what was destroyed while no JavaScript ran that would have said so at its end:
// a request is deleted behind its callback. In the check phase, before the immediates, because
// libuv runs first what was started last; it keeps nothing alive.
class DestroyPhase {
 public:
  explicit DestroyPhase(Environment& env) : check_(new uv_check_t) {
    uv_check_init(Loop::From(env).uv(), check_);
    uv_unref(reinterpret_cast<uv_handle_t*>(check_));
    check_->data = &env;
  }
  ~DestroyPhase() {
    // The tear-down of an environment closes all handles of its loop, and waits for that.
    if (uv_is_closing(reinterpret_cast<uv_handle_t*>(check_))) {
      delete check_;
      return;
    }
    uv_close(reinterpret_cast<uv_handle_t*>(check_),
             [](uv_handle_t* handle) { delete reinterpret_cast<uv_check_t*>(handle); });
  }

  void Start() {
    uv_check_start(check_, [](uv_check_t* check) {
      uv_check_stop(check);
      auto& env = *static_cast<Environment*>(check->data);
      if (env.can_call_into_js()) JsScope scope(env);
    });
  }

 private:
  uv_check_t* check_;  // freed by its close callback
};

}  // namespace

AsyncState::AsyncState(Environment& env) {
  v8::HandleScope scope(env.isolate());
  ids_ = SharedArray<double>(env, "asyncIds");
  hooks_ = SharedArray<uint32_t>(env, "asyncHooks");
  tick_ = SharedArray<uint8_t>(env, "tickInfo");
}

AsyncContext::AsyncContext(Environment& env, const char* type, v8::Local<v8::Object> resource)
    : env_(env) {
  AsyncState& state = env.State<AsyncState>();
  v8::Isolate* isolate = env.isolate();
  v8::HandleScope scope(isolate);
  async_id_ = ++state.ids()[AsyncState::kIdCounter];
  const double default_trigger = state.ids()[AsyncState::kDefaultTriggerId];
  trigger_id_ = default_trigger >= 0 ? default_trigger : state.ids()[AsyncState::kExecutionId];
  v8::Local<v8::Data> frame = isolate->GetContinuationPreservedEmbedderDataV2();
  if (!frame.IsEmpty() && !(frame->IsValue() && frame.As<v8::Value>()->IsUndefined())) {
    frame_.Reset(isolate, frame);
  }
  if (state.hooks()[AsyncState::kInit] == 0 || !env.can_call_into_js()) return;
  if (resource.IsEmpty()) resource = v8::Object::New(isolate);
  CallHook(env, "asyncInit",
           {ToV8(env, async_id_), ToV8(env, type), ToV8(env, trigger_id_), resource});
}

AsyncContext::~AsyncContext() {
  AsyncState& state = env_.State<AsyncState>();
  if (state.hooks()[AsyncState::kDestroy] > 0 || state.hooks()[kHasResources] > 0) {
    state.destroyed.push_back(async_id_);
    if (state.depth == 0 && env_.can_call_into_js()) env_.State<DestroyPhase>().Start();
  }
}

JsScope::JsScope(Environment& env, const AsyncContext* async)
    : env_(env),
      state_(env.State<AsyncState>()),
      handles_(env.isolate()),
      context_(env.context()),
      async_id_(async == nullptr ? 0 : async->async_id_) {
  state_.depth++;
  double* ids = state_.ids();
  outer_execution_id_ = ids[AsyncState::kExecutionId];
  outer_trigger_id_ = ids[AsyncState::kTriggerId];
  ids[AsyncState::kExecutionId] = async_id_;
  ids[AsyncState::kTriggerId] = async == nullptr ? 0 : async->trigger_id_;
  v8::Isolate* isolate = env.isolate();
  outer_frame_ = isolate->GetContinuationPreservedEmbedderDataV2();
  v8::Local<v8::Data> frame = v8::Undefined(isolate);
  if (async != nullptr && !async->frame_.IsEmpty()) frame = async->frame_.Get(isolate);
  isolate->SetContinuationPreservedEmbedderDataV2(frame);
  if (async_id_ > 0 && state_.hooks()[AsyncState::kBefore] > 0) {
    CallHook(env, "asyncBefore", {ToV8(env, async_id_)});
  }
}

JsScope::~JsScope() {
  if (async_id_ > 0 && env_.can_call_into_js() && state_.hooks()[AsyncState::kAfter] > 0) {
    CallHook(env_, "asyncAfter", {ToV8(env_, async_id_)});
  }
  double* ids = state_.ids();
  ids[AsyncState::kExecutionId] = outer_execution_id_;
  ids[AsyncState::kTriggerId] = outer_trigger_id_;
  env_.isolate()->SetContinuationPreservedEmbedderDataV2(outer_frame_);
  if (state_.depth == 1 && env_.can_call_into_js()) Drain();
  state_.depth--;
}

void JsScope::Drain() {
  const uint8_t* tick = state_.tick();
  if (!tick[AsyncState::kHasTick]) env_.isolate()->PerformMicrotaskCheckpoint();
  if (tick[AsyncState::kHasTick] || tick[AsyncState::kHasRejection]) {
    DrainTicks(env_);
  }
  while (!state_.destroyed.empty()) {
    std::vector<double> destroyed;
    destroyed.swap(state_.destroyed);
    for (double async_id : destroyed) CallHook(env_, "asyncDestroy", {ToV8(env_, async_id)});
  }
}

v8::MaybeLocal<v8::Value> CallJs(Environment& env, v8::Local<v8::Function> function,
                                 v8::Local<v8::Value> receiver, int argc,
                                 v8::Local<v8::Value>* argv) {
  if (!env.can_call_into_js()) return {};
  return function->Call(env.context(), receiver, argc, argv);
}

}  // namespace gyre
