#include "runtime/inspector/binding.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/inspector/agent.h"
#include "runtime/inspector/js_frontend.h"
#include "runtime/inspector/messages.h"

namespace gyre {
namespace {

void MakeAgent(Environment& env, std::string name) { Agent::Make(env, std::move(name)); }

// --- Sessions
// -------------------------------------------------------------------------------------

int32_t Connect(Environment& env, v8::Local<v8::Function> callback) {
  return ConnectFunction(env, callback);
}
void Dispatch(Environment& env, int32_t session, std::string message) {
  Agent::Of(env).Dispatch(session, message);
}
void Disconnect(Environment& env, int32_t session) { Agent::Of(env).Disconnect(session); }
void Send(Environment& env, int32_t session, std::string message) {
  Agent::Of(env).Send(session, message);
}

std::vector<int> Threads() { return Mailbox::Threads(); }

uint32_t ConnectToThread(Environment& env, int32_t thread_id, v8::Local<v8::Function> callback) {
  return env.State<ThreadSessions>().Connect(thread_id, callback);
}
void DispatchToThread(Environment& env, uint32_t session, std::string message) {
  env.State<ThreadSessions>().Dispatch(session, std::move(message));
}
void DisconnectFromThread(Environment& env, uint32_t session) {
  env.State<ThreadSessions>().Disconnect(session);
}

// --- Server
// ---------------------------------------------------------------------------------------

// The error's text, or undefined and the server listens.
std::optional<std::string> Open(Environment& env, std::string host, int32_t port,
                                std::vector<std::string> names, bool over_http, bool on_stderr) {
  Server::Settings settings;
  settings.host = std::move(host);
  settings.port = port;
  settings.title = names[0];
  settings.url = names[1];
  settings.publish_to_http = over_http;
  settings.publish_to_stderr = on_stderr;
  std::string error;
  Agent& agent = Agent::Of(env);
  agent.server() = Server::Start(std::move(settings), Mailbox::Of(env), &error);
  if (agent.server() == nullptr) return error;
  return std::nullopt;
}

void Close(Environment& env) {
  if (Agent* agent = Agent::Existing(env)) agent->server().reset();
}

std::optional<std::string> Url(Environment& env) {
  Agent* agent = Agent::Existing(env);
  if (agent == nullptr || agent->server() == nullptr) return std::nullopt;
  return agent->server()->WebSocketUrl();
}

int32_t Port(Environment& env) { return Agent::Of(env).server()->port(); }

void WaitForDebugger(Environment& env) { Agent::Of(env).WaitForDebugger(); }
bool IsWaitingForDebugger(Environment& env) {
  Agent* agent = Agent::Existing(env);
  return agent != nullptr && agent->waiting_for_debugger();
}

// --- Hooks
// ----------------------------------------------------------------------------------------

// callAndPauseOnStart(function, receiver, ...arguments): frontends that debug see its first
// statement.
void CallAndPauseOnStart(const v8::FunctionCallbackInfo<v8::Value>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  std::vector<v8::Local<v8::Value>> arguments;
  for (int i = 2; i < info.Length(); i++) arguments.push_back(info[i]);
  Agent& agent = Agent::Of(env);
  agent.PauseOnNextStatement("Break on start");
  v8::Local<v8::Value> result;
  if (info[0]
          .As<v8::Function>()
          ->Call(env.context(), info[1], static_cast<int>(arguments.size()), arguments.data())
          .ToLocal(&result)) {
    info.GetReturnValue().Set(result);
  }
  agent.CancelPause();
}

// Where [the inspector's method, the program's own] of a name are kept. Not in the function's
// template, which a snapshot would have among what no context owns.
std::string ConsoleKey(v8::Isolate* isolate, v8::Local<v8::Value> name) {
  return absl::StrCat("inspectedConsole:", *v8::String::Utf8Value(isolate, name));
}

// A method of console: tells the inspector, then does what it did. Native, so that the program's
// own call is on top of the stack that the inspector sees.
void ConsoleMethod(const v8::FunctionCallbackInfo<v8::Value>& info) {
  Environment& env = Environment::From(info.GetIsolate());
  v8::Local<v8::Context> context = env.context();
  v8::Local<v8::Array> functions =
      env.GetRealmValue(ConsoleKey(env.isolate(), info.Data())).As<v8::Array>();
  std::vector<v8::Local<v8::Value>> arguments;
  for (int i = 0; i < info.Length(); i++) arguments.push_back(info[i]);
  const int count = static_cast<int>(arguments.size());
  struct Nesting {
    explicit Nesting(Environment&) {}
    bool inside = false;
  };
  // What the inspector's listeners print is not told again.
  bool& inside = env.State<Nesting>().inside;
  v8::Local<v8::Value> function;
  if (!std::exchange(inside, true)) {
    const bool told =
        functions->Get(context, 0).ToLocal(&function) &&
        !function.As<v8::Function>()->Call(context, info.This(), count, arguments.data()).IsEmpty();
    inside = false;
    if (!told) return;
  }
  v8::Local<v8::Value> result;
  if (functions->Get(context, 1).ToLocal(&function) &&
      function.As<v8::Function>()
          ->Call(context, info.This(), count, arguments.data())
          .ToLocal(&result)) {
    info.GetReturnValue().Set(result);
  }
}

v8::MaybeLocal<v8::Function> WrapConsoleMethod(Environment& env, v8::Local<v8::String> name,
                                               v8::Local<v8::Function> inspectors,
                                               v8::Local<v8::Function> own) {
  v8::Local<v8::Value> functions[] = {inspectors, own};
  env.SetRealmValue(ConsoleKey(env.isolate(), name), v8::Array::New(env.isolate(), functions, 2));
  v8::Local<v8::Function> wrapper;
  if (!v8::Function::New(env.context(), ConsoleMethod, name, 0, v8::ConstructorBehavior::kThrow)
           .ToLocal(&wrapper)) {
    return {};
  }
  wrapper->SetName(name);
  return wrapper;
}

// V8's own console, whose methods talk to the inspector alone; the one of programs took its place.
v8::Local<v8::Value> V8Console(Environment& env) { return env.GetRealmValue("v8Console"); }

// Even numbers: V8 takes the odd ones for promises.
void* TaskOf(double async_id) {
  return reinterpret_cast<void*>(static_cast<uintptr_t>(async_id) << 1);
}
void TaskScheduled(Environment& env, std::string name, double async_id, bool recurring) {
  const InspectorText text(name);
  Agent::Of(env).inspector().asyncTaskScheduled(text.view(), TaskOf(async_id), recurring);
}
void TaskCanceled(Environment& env, double async_id) {
  Agent::Of(env).inspector().asyncTaskCanceled(TaskOf(async_id));
}
void TaskStarted(Environment& env, double async_id) {
  Agent::Of(env).inspector().asyncTaskStarted(TaskOf(async_id));
}
void TaskFinished(Environment& env, double async_id) {
  Agent::Of(env).inspector().asyncTaskFinished(TaskOf(async_id));
}

}  // namespace

void InitInspector(BindingBuilder& b) {
  b.Function<MakeAgent>("makeAgent");
  b.Function<Connect>("connect");
  b.Function<Dispatch>("dispatch");
  b.Function<Disconnect>("disconnect");
  b.Function<Send>("send");
  b.Function<Threads>("threads");
  b.Function<ConnectToThread>("connectToThread");
  b.Function<DispatchToThread>("dispatchToThread");
  b.Function<DisconnectFromThread>("disconnectFromThread");
  b.Function<Open>("open");
  b.Function<Close>("close");
  b.Function<Url>("url");
  b.Function<Port>("port");
  b.Function<WaitForDebugger>("waitForDebugger");
  b.Function<IsWaitingForDebugger>("isWaitingForDebugger");
  b.Function<V8Console>("v8Console");
  b.Function<CallAndPauseOnStart>("callAndPauseOnStart");
  b.Function<WrapConsoleMethod>("wrapConsoleMethod");
  b.Function<TaskScheduled>("taskScheduled");
  b.Function<TaskCanceled>("taskCanceled");
  b.Function<TaskStarted>("taskStarted");
  b.Function<TaskFinished>("taskFinished");
}

void AppendConsoleReferences(std::vector<intptr_t>* references) {
  references->push_back(reinterpret_cast<intptr_t>(ConsoleMethod));
}

}  // namespace gyre
