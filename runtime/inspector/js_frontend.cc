#include "runtime/inspector/js_frontend.h"

#include <optional>
#include <utility>

#include "runtime/glue/convert.h"
#include "runtime/inspector/messages.h"
#include "runtime/loop/js_scope.h"

namespace gyre {
namespace {

// callback(message): in the middle of JavaScript that did something, or out of the loop. The
// callback catches what listeners throw.
void CallWith(Environment& env, v8::Local<v8::Function> callback, v8::Local<v8::String> message) {
  if (!env.can_call_into_js()) return;
  std::optional<JsScope> scope;
  if (env.State<AsyncState>().depth == 0) scope.emplace(env);
  v8::Context::Scope context(env.context());
  v8::Local<v8::Value> arguments[] = {message};
  static_cast<void>(callback->Call(env.context(), v8::Undefined(env.isolate()), 1, arguments));
}

class FunctionFrontend final : public Frontend {
 public:
  FunctionFrontend(Environment& env, v8::Local<v8::Function> callback)
      : env_(env), callback_(env.isolate(), callback) {}
  void Send(const v8_inspector::StringView& message) override {
    v8::HandleScope handles(env_.isolate());
    CallWith(env_, callback_.Get(env_.isolate()), ToV8String(env_.isolate(), message));
  }

 private:
  Environment& env_;
  v8::Global<v8::Function> callback_;
};

// On the inspected thread: sends to the thread that has the session.
class ThreadFrontend final : public Frontend {
 public:
  ThreadFrontend(std::shared_ptr<Mailbox> owner, uint32_t session)
      : owner_(std::move(owner)), session_(session) {}
  void Send(const v8_inspector::StringView& message) override {
    owner_->Post([session = session_, text = Utf8Of(message)](Environment& env) {
      env.State<ThreadSessions>().Deliver(session, text);
    });
  }

 private:
  const std::shared_ptr<Mailbox> owner_;
  const uint32_t session_;
};

}  // namespace

int ConnectFunction(Environment& env, v8::Local<v8::Function> callback) {
  return Agent::Of(env).Connect(std::make_unique<FunctionFrontend>(env, callback),
                                Distance::kSameThread);
}

uint32_t ThreadSessions::Connect(int thread_id, v8::Local<v8::Function> callback) {
  std::shared_ptr<Mailbox> thread = Mailbox::OfThread(thread_id);
  if (thread == nullptr) return 0;
  const uint32_t id = ++last_;
  Session& session = sessions_[id];
  session.thread = thread;
  session.remote = std::make_shared<RemoteSession>();
  session.callback.Reset(env_.isolate(), callback);
  thread->Post([remote = session.remote, owner = mailbox_, id](Environment& env) {
    Agent* agent = Agent::TryOf(env);
    if (agent == nullptr) return;
    remote->id =
        agent->Connect(std::make_unique<ThreadFrontend>(owner, id), Distance::kOtherThread);
  });
  return id;
}

void ThreadSessions::Dispatch(uint32_t id, std::string message) {
  auto found = sessions_.find(id);
  if (found == sessions_.end()) return;
  found->second.thread->Post(
      [remote = found->second.remote, message = std::move(message)](Environment& env) {
        if (Agent* agent = Agent::Existing(env)) agent->Dispatch(remote->id, message);
      });
}

ThreadSessions::~ThreadSessions() {
  for (auto& [id, session] : sessions_) End(session);
}

void ThreadSessions::End(Session& session) {
  session.thread->Post([remote = session.remote](Environment& env) {
    if (Agent* agent = Agent::Existing(env)) agent->Disconnect(remote->id);
  });
}

void ThreadSessions::Disconnect(uint32_t id) {
  auto found = sessions_.find(id);
  if (found == sessions_.end()) return;
  End(found->second);
  sessions_.erase(found);
}

void ThreadSessions::Deliver(uint32_t id, const std::string& message) {
  auto found = sessions_.find(id);
  if (found == sessions_.end()) return;
  v8::HandleScope handles(env_.isolate());
  CallWith(env_, found->second.callback.Get(env_.isolate()), ToV8(env_, message).As<v8::String>());
}

}  // namespace gyre
