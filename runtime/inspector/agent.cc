#include "runtime/inspector/agent.h"

#include <chrono>
#include <cstdio>
#include <utility>

#include "absl/log/check.h"
#include "absl/strings/match.h"
#include "runtime/glue/convert.h"
#include "runtime/inspector/messages.h"
#include "runtime/loop/js_scope.h"
#include "runtime/loop/loop.h"

namespace gyre {
namespace {

// All contexts of a thread are one group.
constexpr int kGroup = 1;

// Domains that are not V8's: internal/inspector/domains.
constexpr std::string_view kOwnDomains[] = {
    "NodeWorker.", "NodeRuntime.", "NodeTracing.", "Network.",
    "Target.",     "IO.",          "DOMStorage.",  "Storage.",
};

bool IsOwn(std::string_view method) {
  for (std::string_view domain : kOwnDomains) {
    if (absl::StartsWith(method, domain)) return true;
  }
  return false;
}

// A function that JavaScript left for C++; nothing when its module was not loaded.
v8::MaybeLocal<v8::Value> CallHook(Environment& env, std::string_view name, int argc,
                                   v8::Local<v8::Value>* argv) {
  v8::Local<v8::Value> hook = env.GetRealmValue(name);
  if (!env.can_call_into_js() || !hook->IsFunction()) return {};
  v8::TryCatch ignored(env.isolate());
  v8::MaybeLocal<v8::Value> result =
      hook.As<v8::Function>()->Call(env.context(), v8::Undefined(env.isolate()), argc, argv);
  // The JavaScript that this may have interrupted ends, too.
  if (ignored.HasTerminated()) env.isolate()->TerminateExecution();
  return result;
}

}  // namespace

struct Agent::Slot {
  explicit Slot(Environment&) {}
  std::unique_ptr<Agent> agent;
};

struct Agent::Session final : v8_inspector::V8Inspector::Channel {
  void sendResponse(int, std::unique_ptr<v8_inspector::StringBuffer> message) override {
    Send(message->string());
  }
  void sendNotification(std::unique_ptr<v8_inspector::StringBuffer> message) override {
    Send(message->string());
  }
  void flushProtocolNotifications() override {}

  void Send(const v8_inspector::StringView& message) {
    if (silent) return;
    calls++;
    frontend->Send(message);
    calls--;
  }

  std::unique_ptr<Frontend> frontend;
  int calls = 0;        // commands and notifications that are on the stack
  bool silent = false;  // the frontend has gone, or cannot hear any more
  Distance distance = Distance::kSameThread;
  std::shared_ptr<v8_inspector::V8InspectorSession> v8_session;
};

// V8's repeating timers, for statistics of the heap while allocations are tracked.
struct Agent::Timer {
  uv_timer_t timer;
  TimerCallback callback;
  void* data;
};

Agent& Agent::Of(Environment& env) {
  Agent* agent = TryOf(env);
  CHECK(agent != nullptr);
  return *agent;
}

Agent* Agent::TryOf(Environment& env) {
  Slot& slot = env.State<Slot>();
  if (slot.agent == nullptr) {
    v8::HandleScope handles(env.isolate());
    v8::Local<v8::Value> id = env.Intern("internal/inspector/agent");
    if (CallHook(env, "requireBuiltin", 1, &id).IsEmpty()) return nullptr;
  }
  return slot.agent.get();
}

Agent* Agent::Existing(Environment& env) { return env.State<Slot>().agent.get(); }

void Agent::Make(Environment& env, std::string name) {
  CHECK(env.State<Slot>().agent == nullptr);
  env.State<Slot>().agent.reset(new Agent(env, std::move(name)));
}

Agent::Agent(Environment& env, std::string name) : env_(env), mailbox_(Mailbox::Of(env)) {
  inspector_ = v8_inspector::V8Inspector::create(env.isolate(), this);
  ContextCreated(env.context(), name, "", true);
  ObserveIdleness();
}

Agent::~Agent() {
  server_.reset();
  sessions_.clear();
  ended_.clear();
}

// For profiles: time that the loop waits is not the program's.
void Agent::ObserveIdleness() {
  uv_loop_t* loop = Loop::From(env_).uv();
  prepare_.data = check_.data = this;
  uv_prepare_init(loop, &prepare_);
  uv_check_init(loop, &check_);
  uv_prepare_start(&prepare_, [](uv_prepare_t* handle) {
    auto* self = static_cast<Agent*>(handle->data);
    self->DeleteEnded();
    if (!self->sessions_.empty()) self->inspector_->idleStarted();
  });
  uv_check_start(&check_, [](uv_check_t* handle) {
    auto* self = static_cast<Agent*>(handle->data);
    if (!self->sessions_.empty()) self->inspector_->idleFinished();
  });
  uv_unref(reinterpret_cast<uv_handle_t*>(&prepare_));
  uv_unref(reinterpret_cast<uv_handle_t*>(&check_));
}

void Agent::ContextCreated(v8::Local<v8::Context> context, std::string_view name,
                           std::string_view origin, bool is_default) {
  const InspectorText name_text(name);
  const InspectorText origin_text(origin);
  const InspectorText aux(is_default ? R"({"isDefault":true})" : R"({"isDefault":false})");
  v8_inspector::V8ContextInfo info(context, kGroup, name_text.view());
  info.origin = origin_text.view();
  info.auxData = aux.view();
  inspector_->contextCreated(info);
}

int Agent::Connect(std::unique_ptr<Frontend> frontend, Distance distance) {
  const int id = ++last_session_;
  auto session = std::make_unique<Session>();
  session->frontend = std::move(frontend);
  session->distance = distance;
  session->v8_session = inspector_->connectShared(
      kGroup, session.get(), v8_inspector::StringView(), v8_inspector::V8Inspector::kFullyTrusted,
      // The first frontend that says so lets the program go on, whatever the others do.
      v8_inspector::V8Inspector::kNotWaitingForDebugger);
  sessions_[id] = std::move(session);
  return id;
}

void Agent::Disconnect(int id) {
  auto found = sessions_.find(id);
  if (found == sessions_.end()) return;
  // Out of the map first: what its end sets off does not find it.
  std::unique_ptr<Session> session = std::move(found->second);
  sessions_.erase(found);
  keepers_.erase(id);
  const bool is_in_use = session->calls > 0 || paused_;
  session->silent = is_in_use;
  v8::HandleScope handles(env_.isolate());
  v8::Local<v8::Value> arguments[] = {ToV8(env_, id)};
  static_cast<void>(CallHook(env_, "inspectorSessionEnded", 1, arguments));
  session->v8_session->stop();
  if (is_in_use) {
    ended_.push_back(std::move(session));
  } else {
    // Commands that wait are answered with an error.
    session->v8_session.reset();
  }
}

// In the loop, where none of their commands and notifications is on the stack.
void Agent::DeleteEnded() {
  if (ended_.empty()) return;
  v8::HandleScope handles(env_.isolate());
  const auto ended = std::exchange(ended_, {});
}

bool Agent::DispatchToDomains(int session, std::string_view message) {
  const std::string_view method = MessageField(message, "method");
  const bool nested = !MessageField(message, "sessionId").empty();
  if (!nested && !IsOwn(method)) return false;
  v8::Local<v8::Value> id = ToV8(env_, "internal/inspector/domains");
  v8::Local<v8::Value> arguments[] = {ToV8(env_, session), ToV8(env_, message)};
  if (!env_.GetRealmValue("inspectorDispatch")->IsFunction()) {
    static_cast<void>(CallHook(env_, "requireBuiltin", 1, &id));
  }
  v8::Local<v8::Value> handled;
  return CallHook(env_, "inspectorDispatch", 2, arguments).ToLocal(&handled) && handled->IsTrue();
}

void Agent::Dispatch(int session, std::string_view message) {
  if (!sessions_.contains(session)) return;
  v8::HandleScope handles(env_.isolate());
  v8::Context::Scope context(env_.context());
  if (DispatchToDomains(session, message)) return;
  // JavaScript may have ended it.
  auto found = sessions_.find(session);
  if (found == sessions_.end()) return;
  Session& target = *found->second;
  target.calls++;
  target.v8_session->dispatchProtocolMessage(InspectorText(message).view());
  target.calls--;
}

void Agent::Send(int session, std::string_view message) {
  auto found = sessions_.find(session);
  if (found != sessions_.end()) found->second->Send(InspectorText(message).view());
}

void Agent::ExceptionThrown(v8::Local<v8::Value> error, v8::Local<v8::Message> message) {
  if (sessions_.empty() || message.IsEmpty()) return;
  v8::Local<v8::Context> context = env_.context();
  v8::Isolate* isolate = env_.isolate();
  const InspectorText details(*v8::String::Utf8Value(isolate, message->Get()));
  const InspectorText uncaught("Uncaught");
  v8::String::Utf8Value resource(isolate, message->GetScriptResourceName());
  const InspectorText url(*resource == nullptr ? "" : *resource);
  const int script_id = message->GetScriptOrigin().ScriptId();
  v8::Local<v8::StackTrace> stack = message->GetStackTrace();
  int line = message->GetLineNumber(context).FromMaybe(0);
  int column = message->GetStartColumn(context).FromMaybe(-1) + 1;
  // The frames tell it, if there are any.
  int reported_script = script_id;
  if (!stack.IsEmpty() && stack->GetFrameCount() > 0 &&
      script_id == stack->GetFrame(isolate, 0)->GetScriptId()) {
    reported_script = 0;
  }
  inspector_->exceptionThrown(context, uncaught.view(), error, details.view(), url.view(),
                              static_cast<unsigned>(line), static_cast<unsigned>(column),
                              inspector_->createStackTrace(stack), reported_script);
}

void Agent::PauseOnNextStatement(std::string_view reason) {
  const InspectorText text(reason);
  for (auto& [id, session] : sessions_) {
    session->v8_session->schedulePauseOnNextStatement(text.view(), text.view());
  }
}

void Agent::CancelPause() {
  for (auto& [id, session] : sessions_) session->v8_session->cancelPauseOnNextStatement();
}

bool Agent::HasSessions(Distance at_least) const {
  for (const auto& [id, session] : sessions_) {
    if (session->distance >= at_least) return true;
  }
  return false;
}

// --- Waiting
// --------------------------------------------------------------------------------------

bool Agent::IsWaiting() const {
  if (stopped_ || !env_.can_call_into_js()) return false;
  if (waiting_for_debugger_ || !keepers_.empty()) return true;
  // Frontends on this thread cannot wake it.
  if (paused_ && HasSessions(Distance::kOtherThread)) return true;
  return waiting_for_disconnect_ && HasSessions(*waiting_for_disconnect_);
}

void Agent::RunWhileWaiting() {
  v8::HandleScope handles(env_.isolate());
  v8::Context::Scope context(env_.context());
  while (IsWaiting()) mailbox_->WaitAndRunTasks();
}

void Agent::runMessageLoopOnPause(int) {
  paused_ = true;
  RunWhileWaiting();
  paused_ = false;
}

void Agent::quitMessageLoopOnPause() { paused_ = false; }

void Agent::runIfWaitingForDebugger(int) { waiting_for_debugger_ = false; }

void Agent::WaitForDebugger() {
  waiting_for_debugger_ = true;
  v8::HandleScope handles(env_.isolate());
  static_cast<void>(CallHook(env_, "inspectorWaiting", 0, nullptr));
  RunWhileWaiting();
}

void Agent::StopWaiting() { stopped_ = true; }

void Agent::WaitForDisconnect(bool is_worker) {
  if (server_ != nullptr) server_->StopListening();
  if (stopped_) return;
  // The program may have ended at a breakpoint: nobody can resume it.
  paused_ = false;
  v8::HandleScope handles(env_.isolate());
  // This thread's own JavaScript has ended.
  for (auto& [id, session] : sessions_) {
    if (session->distance == Distance::kSameThread) session->silent = true;
  }
  // Some frontends want the context to stay until they have gone.
  v8::Local<v8::Value> keepers;
  if (CallHook(env_, "inspectorWaitingForDisconnect", 0, nullptr).ToLocal(&keepers)) {
    for (int32_t id : FromV8<std::vector<int32_t>>(env_, keepers)) {
      auto found = sessions_.find(id);
      // One of this thread could not leave while the thread waits.
      if (found != sessions_.end() && found->second->distance != Distance::kSameThread) {
        keepers_.insert(id);
      }
    }
  }
  const Distance awaited = is_worker ? Distance::kOtherThread : Distance::kOtherProcess;
  const bool waits = HasSessions(awaited) && (!is_worker || !keepers_.empty());
  if (waits && server_ != nullptr) {
    fprintf(stderr, "Waiting for the debugger to disconnect...\n");
    fflush(stderr);
  }
  RunWhileWaiting();
  inspector_->contextDestroyed(env_.context());
  if (!waits) return;
  waiting_for_disconnect_ = awaited;
  RunWhileWaiting();
  waiting_for_disconnect_.reset();
}

// --- What V8 asks
// ---------------------------------------------------------------------------------

v8::Local<v8::Context> Agent::ensureDefaultContextInGroup(int) { return env_.context(); }

std::unique_ptr<v8_inspector::StringBuffer> Agent::resourceNameToUrl(
    const v8_inspector::StringView& name) {
  const std::string path = Utf8Of(name);
  if (path.empty() || path[0] != '/') return nullptr;
  return v8_inspector::StringBuffer::create(InspectorText(FileUrl(path)).view());
}

double Agent::currentTimeMS() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void Agent::startRepeatingTimer(double interval_s, TimerCallback callback, void* data) {
  auto* timer = new Timer{{}, callback, data};
  timers_[data] = timer;
  uv_timer_init(Loop::From(env_).uv(), &timer->timer);
  timer->timer.data = timer;
  const auto interval_ms = static_cast<uint64_t>(interval_s * 1000);
  uv_timer_start(
      &timer->timer,
      [](uv_timer_t* handle) {
        auto* timer = static_cast<Timer*>(handle->data);
        timer->callback(timer->data);
      },
      interval_ms, interval_ms);
  uv_unref(reinterpret_cast<uv_handle_t*>(&timer->timer));
}

void Agent::cancelTimer(void* data) {
  auto found = timers_.find(data);
  if (found == timers_.end()) return;
  Timer* timer = found->second;
  timers_.erase(found);
  // The environment's end has closed it.
  auto* handle = reinterpret_cast<uv_handle_t*>(&timer->timer);
  if (uv_is_closing(handle)) {
    delete timer;
    return;
  }
  uv_close(handle, [](uv_handle_t* closed) { delete static_cast<Timer*>(closed->data); });
}

void Agent::maxAsyncCallStackDepthChanged(int depth) {
  v8::HandleScope handles(env_.isolate());
  v8::Local<v8::Value> arguments[] = {ToV8(env_, depth)};
  static_cast<void>(CallHook(env_, "inspectorAsyncDepth", 1, arguments));
}

void Agent::installAdditionalCommandLineAPI(v8::Local<v8::Context>, v8::Local<v8::Object> api) {
  v8::Local<v8::Value> arguments[] = {api};
  static_cast<void>(CallHook(env_, "inspectorCommandLine", 1, arguments));
}

void NumberContext(v8::Isolate* isolate, v8::Local<v8::Context> context) {
  // V8 would add a method to the console that belongs to this inspector.
  v8::Local<v8::String> name = v8::String::NewFromUtf8Literal(isolate, "console");
  v8::Local<v8::Object> global = context->Global();
  v8::Local<v8::Value> console = global->Get(context, name).ToLocalChecked();
  global->Delete(context, name).Check();
  {
    v8_inspector::V8InspectorClient nobody;
    std::unique_ptr<v8_inspector::V8Inspector> inspector =
        v8_inspector::V8Inspector::create(isolate, &nobody);
    inspector->contextCreated(v8_inspector::V8ContextInfo(context, kGroup, {}));
  }
  global->DefineOwnProperty(context, name, console, v8::DontEnum).Check();
}

// --- From other features
// --------------------------------------------------------------------------

void NotifyContextCreated(Environment& env, v8::Local<v8::Context> context, std::string_view name,
                          std::string_view origin) {
  if (Agent* agent = Agent::Existing(env)) agent->ContextCreated(context, name, origin, false);
}

void NotifyException(Environment& env, v8::Local<v8::Value> error, v8::Local<v8::Message> message) {
  if (Agent* agent = Agent::Existing(env)) agent->ExceptionThrown(error, message);
}

void WaitForInspectorAtExit(Environment& env, bool is_worker) {
  if (Agent* agent = Agent::Existing(env)) agent->WaitForDisconnect(is_worker);
}

}  // namespace gyre
