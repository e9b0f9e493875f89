#ifndef GYRE_INSPECTOR_SERVER_CONNECTION_H_
#define GYRE_INSPECTOR_SERVER_CONNECTION_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/inspector/mailbox.h"
#include "runtime/inspector/server.h"
#include "runtime/inspector/websocket.h"
#include "uv.h"

namespace gyre {

// One socket of a frontend, on the server's thread: a request, or a session once it was upgraded.
// Deletes itself when it is closed.
class ServerConnection {
 public:
  ServerConnection(Server* server, std::shared_ptr<Mailbox> mailbox, uint64_t id, uv_loop_t* loop);

  void Accept(uv_stream_t* listener);
  void SendMessage(std::string_view message);
  void Close();

 private:
  // The session at the inspected thread, which alone looks into it.
  struct RemoteSession {
    int id = 0;
  };

  void OnData(std::string_view data);
  void OnRequest(std::string_view head);
  void Upgrade(std::string_view key);
  void ReadFrames();
  void Write(std::string data, bool then_close = false);
  void Answer(std::string_view status, std::string_view type, std::string_view body);
  void EndSession();

  Server* const server_;
  const std::shared_ptr<Mailbox> mailbox_;
  const uint64_t id_;
  uv_tcp_t socket_;
  std::string request_;
  bool upgraded_ = false;
  WebSocketReader reader_;
  std::shared_ptr<RemoteSession> session_;
};

}  // namespace gyre

#endif  // GYRE_INSPECTOR_SERVER_CONNECTION_H_
