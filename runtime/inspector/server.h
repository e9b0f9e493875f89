#ifndef GYRE_INSPECTOR_SERVER_H_
#define GYRE_INSPECTOR_SERVER_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "runtime/inspector/mailbox.h"
#include "uv.h"

namespace gyre {

class ServerConnection;

// Where frontends come: HTTP that tells of what can be inspected, and a WebSocket for each session.
// A thread of its own with a loop of its own, so that it answers whatever the inspected thread
// does.
class Server {
 public:
  struct Settings {
    std::string host;
    int port = 0;  // 0: any that is free
    std::string title;
    std::string url;
    bool publish_to_http = true;
    bool publish_to_stderr = true;
  };

  // Listens when this returns; null and an error's text when it cannot.
  static std::unique_ptr<Server> Start(Settings settings, std::shared_ptr<Mailbox> mailbox,
                                       std::string* error);
  // Ends its connections and its thread.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const { return settings_.port; }
  std::string WebSocketUrl() const;

  // Any thread: a message to the frontend of a connection, if it is still there.
  void Send(uint64_t connection, std::string message);
  // Any thread: no new connections.
  void StopListening();

 private:
  friend class ServerConnection;

  Server(Settings settings, std::shared_ptr<Mailbox> mailbox);
  std::string Listen();
  void RunThread();
  void RunCommands();
  void Shut();
  void Accept(uv_stream_t* listener);
  void Forget(uint64_t connection) { connections_.erase(connection); }

  // What the connections ask.
  const std::string& id() const { return id_; }
  std::string Address(const std::string& host_header) const;
  std::optional<std::string> Resource(const std::string& path,
                                      const std::string& host_header) const;

  struct Outgoing {
    uint64_t connection;
    std::string message;
  };

  Settings settings_;
  const std::string id_;
  const std::shared_ptr<Mailbox> mailbox_;
  uv_loop_t loop_;
  uv_async_t wake_;
  uv_thread_t thread_;
  std::vector<std::unique_ptr<uv_tcp_t>> listeners_;
  std::map<uint64_t, ServerConnection*> connections_;
  uint64_t last_connection_ = 0;

  std::mutex mutex_;
  std::deque<Outgoing> outgoing_;
  bool stop_listening_ = false;
  bool end_ = false;
};

}  // namespace gyre

#endif  // GYRE_INSPECTOR_SERVER_H_
