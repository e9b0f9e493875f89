#ifndef GYRE_INSPECTOR_AGENT_H_
#define GYRE_INSPECTOR_AGENT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/engine/environment.h"
#include "runtime/inspector/mailbox.h"
#include "runtime/inspector/server.h"
#include "uv.h"
#include "v8-inspector.h"
#include "v8.h"

namespace gyre {

// Where a session's answers and notifications go. Called on the inspected thread.
class Frontend {
 public:
  virtual ~Frontend() = default;
  virtual void Send(const v8_inspector::StringView& message) = 0;
};

// Where a frontend is: a thread that is paused can wait for one elsewhere, and a process that ends
// waits for those of other processes.
enum class Distance : uint8_t { kSameThread, kOtherThread, kOtherProcess };

// V8's inspector of one environment, made when something first asks for it, and its sessions. Of
// the environment's thread; other threads come through its Mailbox.
class Agent final : public v8_inspector::V8InspectorClient {
 public:
  // Made by JavaScript (internal/inspector/agent), which knows the names.
  static Agent& Of(Environment& env);
  // Null when the thread is being terminated and there is none yet.
  static Agent* TryOf(Environment& env);
  // Null when nothing has asked for it: costs nothing.
  static Agent* Existing(Environment& env);
  static void Make(Environment& env, std::string name);

  ~Agent() override;

  int Connect(std::unique_ptr<Frontend> frontend, Distance distance);
  void Disconnect(int session);
  void Dispatch(int session, std::string_view message);
  // To one session's frontend, from the domains that are not V8's.
  void Send(int session, std::string_view message);

  void ContextCreated(v8::Local<v8::Context> context, std::string_view name,
                      std::string_view origin, bool is_default);
  void ExceptionThrown(v8::Local<v8::Value> error, v8::Local<v8::Message> message);

  // Until a frontend has sent Runtime.runIfWaitingForDebugger.
  void WaitForDebugger();
  bool waiting_for_debugger() const { return waiting_for_debugger_; }
  // The thread's environment ends: tells the frontends and waits until those of other processes
  // have gone; a worker only for those that want it.
  void WaitForDisconnect(bool is_worker);
  // Whatever is waited for: not any more.
  void StopWaiting();

  void PauseOnNextStatement(std::string_view reason);
  void CancelPause();

  bool HasSessions(Distance at_least) const;
  v8_inspector::V8Inspector& inspector() { return *inspector_; }
  std::unique_ptr<Server>& server() { return server_; }
  Environment& env() { return env_; }

 private:
  struct Session;
  struct Slot;
  struct Timer;
  Agent(Environment& env, std::string name);

  void RunWhileWaiting();
  bool IsWaiting() const;
  void ObserveIdleness();
  void DeleteEnded();
  bool DispatchToDomains(int session, std::string_view message);

  void runMessageLoopOnPause(int group) override;
  void quitMessageLoopOnPause() override;
  void runIfWaitingForDebugger(int group) override;
  v8::Local<v8::Context> ensureDefaultContextInGroup(int group) override;
  std::unique_ptr<v8_inspector::StringBuffer> resourceNameToUrl(
      const v8_inspector::StringView& name) override;
  double currentTimeMS() override;
  void startRepeatingTimer(double interval_s, TimerCallback callback, void* data) override;
  void cancelTimer(void* data) override;
  void maxAsyncCallStackDepthChanged(int depth) override;
  void installAdditionalCommandLineAPI(v8::Local<v8::Context> context,
                                       v8::Local<v8::Object> api) override;

  Environment& env_;
  const std::shared_ptr<Mailbox> mailbox_;
  std::unique_ptr<v8_inspector::V8Inspector> inspector_;
  uv_prepare_t prepare_;  // closed with the loop, before the agent goes
  uv_check_t check_;
  std::map<int, std::unique_ptr<Session>> sessions_;
  // V8 may be in the middle of their commands.
  std::vector<std::unique_ptr<Session>> ended_;
  int last_session_ = 0;
  std::map<void*, Timer*> timers_;
  bool waiting_for_debugger_ = false;
  bool paused_ = false;
  std::set<int> keepers_;                           // sessions that end before the context does
  std::optional<Distance> waiting_for_disconnect_;  // of sessions that are so far away
  bool stopped_ = false;
  std::unique_ptr<Server> server_;
};

// Scripts remember the number that an inspector gave to the context they were compiled in, and are
// unknown to one that was made later. So a realm's context gets the number that its inspector will
// give it before its first script: at build time where there is a start-up snapshot.
void NumberContext(v8::Isolate* isolate, v8::Local<v8::Context> context);

// What other features tell the inspector, if there is one.
void NotifyContextCreated(Environment& env, v8::Local<v8::Context> context, std::string_view name,
                          std::string_view origin);
void NotifyException(Environment& env, v8::Local<v8::Value> error, v8::Local<v8::Message> message);
void WaitForInspectorAtExit(Environment& env, bool is_worker = false);

}  // namespace gyre

#endif  // GYRE_INSPECTOR_AGENT_H_
