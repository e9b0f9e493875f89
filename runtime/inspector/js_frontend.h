#ifndef GYRE_INSPECTOR_JS_FRONTEND_H_
#define GYRE_INSPECTOR_JS_FRONTEND_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "runtime/inspector/agent.h"
#include "runtime/inspector/mailbox.h"

namespace gyre {

// A session whose messages go to a function of the inspected thread itself; its number.
int ConnectFunction(Environment& env, v8::Local<v8::Function> callback);

// Sessions that JavaScript of this thread has with inspectors of other threads.
class ThreadSessions {
 public:
  explicit ThreadSessions(Environment& env) : env_(env), mailbox_(Mailbox::Of(env)) {}
  ~ThreadSessions();

  // The session's number here; 0 when there is no such thread.
  uint32_t Connect(int thread_id, v8::Local<v8::Function> callback);
  void Dispatch(uint32_t session, std::string message);
  void Disconnect(uint32_t session);

  // On this thread: what the other one says.
  void Deliver(uint32_t session, const std::string& message);

 private:
  // Looked into by the inspected thread alone.
  struct RemoteSession {
    int id = 0;
  };
  struct Session {
    std::shared_ptr<Mailbox> thread;
    std::shared_ptr<RemoteSession> remote;
    v8::Global<v8::Function> callback;
  };

  void End(Session& session);

  Environment& env_;
  const std::shared_ptr<Mailbox> mailbox_;
  std::map<uint32_t, Session> sessions_;
  uint32_t last_ = 0;
};

}  // namespace gyre

#endif  // GYRE_INSPECTOR_JS_FRONTEND_H_
