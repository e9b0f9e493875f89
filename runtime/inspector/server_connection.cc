#include "runtime/inspector/server_connection.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "runtime/inspector/agent.h"
#include "runtime/inspector/messages.h"

namespace gyre {
namespace {

constexpr size_t kMaxRequest = 64 * 1024;

// The head of a request: its path and the header fields that matter.
struct Request {
  std::string method;
  std::string path;
  std::string host;
  std::string upgrade;
  std::string key;
};

Request Parse(std::string_view head) {
  Request request;
  bool first = true;
  for (std::string_view line : absl::StrSplit(head, "\r\n")) {
    if (std::exchange(first, false)) {
      std::vector<std::string> words = absl::StrSplit(line, ' ');
      if (words.size() < 2) return request;
      request.method = words[0];
      request.path = words[1];
      continue;
    }
    std::pair<std::string_view, std::string_view> field =
        absl::StrSplit(line, absl::MaxSplits(':', 1));
    const std::string name = absl::AsciiStrToLower(absl::StripAsciiWhitespace(field.first));
    const std::string value(absl::StripAsciiWhitespace(field.second));
    if (name == "host") request.host = value;
    if (name == "upgrade") request.upgrade = absl::AsciiStrToLower(value);
    if (name == "sec-websocket-key") request.key = value;
  }
  return request;
}

// A page whose name resolves to this machine must not reach the inspector: only addresses and
// localhost.
bool IsAllowedHost(std::string_view host) {
  if (host.empty()) return true;
  if (host[0] == '[') return true;
  host = host.substr(0, host.find(':'));
  if (absl::EqualsIgnoreCase(host, "localhost") || absl::EqualsIgnoreCase(host, "localhost6")) {
    return true;
  }
  sockaddr_in address;
  return uv_ip4_addr(std::string(host).c_str(), 0, &address) == 0;
}

// Messages to a frontend of another process.
class SocketFrontend final : public Frontend {
 public:
  SocketFrontend(Agent& agent, uint64_t connection) : agent_(agent), connection_(connection) {}
  void Send(const v8_inspector::StringView& message) override {
    if (agent_.server() != nullptr) agent_.server()->Send(connection_, Utf8Of(message));
  }

 private:
  Agent& agent_;
  const uint64_t connection_;
};

}  // namespace

ServerConnection::ServerConnection(Server* server, std::shared_ptr<Mailbox> mailbox, uint64_t id,
                                   uv_loop_t* loop)
    : server_(server), mailbox_(std::move(mailbox)), id_(id) {
  uv_tcp_init(loop, &socket_);
  socket_.data = this;
}

void ServerConnection::Accept(uv_stream_t* listener) {
  auto* stream = reinterpret_cast<uv_stream_t*>(&socket_);
  if (uv_accept(listener, stream) != 0) return Close();
  uv_tcp_nodelay(&socket_, 1);
  uv_read_start(
      stream,
      [](uv_handle_t*, size_t size, uv_buf_t* buffer) {
        *buffer = uv_buf_init(static_cast<char*>(malloc(size)), static_cast<unsigned>(size));
      },
      [](uv_stream_t* stream, ssize_t size, const uv_buf_t* buffer) {
        auto* self = static_cast<ServerConnection*>(stream->data);
        if (size > 0) self->OnData({buffer->base, static_cast<size_t>(size)});
        free(buffer->base);
        if (size < 0) self->Close();
      });
}

void ServerConnection::Close() {
  auto* handle = reinterpret_cast<uv_handle_t*>(&socket_);
  if (uv_is_closing(handle)) return;
  EndSession();
  server_->Forget(id_);
  uv_close(handle,
           [](uv_handle_t* closed) { delete static_cast<ServerConnection*>(closed->data); });
}

void ServerConnection::EndSession() {
  if (session_ == nullptr) return;
  mailbox_->Post([session = std::exchange(session_, nullptr)](Environment& env) {
    if (Agent* agent = Agent::Existing(env)) agent->Disconnect(session->id);
  });
}

void ServerConnection::Write(std::string data, bool then_close) {
  struct Writing {
    uv_write_t request;
    std::string data;
    bool then_close;
  };
  auto* writing = new Writing{{}, std::move(data), then_close};
  writing->request.data = writing;
  const uv_buf_t buffer =
      uv_buf_init(writing->data.data(), static_cast<unsigned>(writing->data.size()));
  const int error = uv_write(&writing->request, reinterpret_cast<uv_stream_t*>(&socket_), &buffer,
                             1, [](uv_write_t* request, int status) {
                               auto* done = static_cast<Writing*>(request->data);
                               auto* self = static_cast<ServerConnection*>(request->handle->data);
                               if (done->then_close || status != 0) self->Close();
                               delete done;
                             });
  if (error != 0) {
    delete writing;
    Close();
  }
}

void ServerConnection::Answer(std::string_view status, std::string_view type,
                              std::string_view body) {
  const bool ok = absl::StartsWith(status, "200");
  Write(absl::StrCat(
            "HTTP/1.0 ", status, "\r\nContent-Type: ", type, "; charset=UTF-8\r\n",
            ok ? absl::StrCat("Cache-Control: no-cache\r\nContent-Length: ", body.size(), "\r\n")
               : std::string(),
            "\r\n", body),
        true);
}

void ServerConnection::OnData(std::string_view data) {
  if (upgraded_) {
    reader_.Feed(data);
    return ReadFrames();
  }
  request_.append(data);
  const size_t end = request_.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (request_.size() > kMaxRequest) Close();
    return;
  }
  const std::string rest = request_.substr(end + 4);
  OnRequest(std::string_view(request_).substr(0, end));
  request_.clear();
  if (upgraded_ && !rest.empty()) {
    reader_.Feed(rest);
    ReadFrames();
  }
}

void ServerConnection::OnRequest(std::string_view head) {
  const Request request = Parse(head);
  if (IsAllowedHost(request.host)) {
    if (request.upgrade == "websocket") {
      if (request.path == "/" + server_->id()) return Upgrade(request.key);
    } else if (request.method == "GET") {
      if (auto body = server_->Resource(request.path, request.host)) {
        return Answer("200 OK", "application/json", *body);
      }
    }
  }
  Answer("400 Bad Request", "text/html", "WebSockets request was expected\r\n");
}

void ServerConnection::Upgrade(std::string_view key) {
  upgraded_ = true;
  fprintf(stderr, "Debugger attached.\n");
  fflush(stderr);
  Write(
      absl::StrCat("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                   "Connection: Upgrade\r\nSec-WebSocket-Accept: ",
                   WebSocketAccept(key), "\r\n\r\n"));
  session_ = std::make_shared<RemoteSession>();
  mailbox_->Post([session = session_, id = id_](Environment& env) {
    Agent& agent = Agent::Of(env);
    session->id =
        agent.Connect(std::make_unique<SocketFrontend>(agent, id), Distance::kOtherProcess);
  });
}

void ServerConnection::SendMessage(std::string_view message) {
  Write(WebSocketFrame(WebSocketOpcode::kText, message));
}

void ServerConnection::ReadFrames() {
  WebSocketOpcode opcode;
  std::string payload;
  for (;;) {
    switch (reader_.Next(&opcode, &payload)) {
      case WebSocketReader::Result::kNeedMore:
        return;
      case WebSocketReader::Result::kError:
        return Close();
      case WebSocketReader::Result::kControl:
        if (opcode == WebSocketOpcode::kPing)
          Write(WebSocketFrame(WebSocketOpcode::kPong, payload));
        if (opcode == WebSocketOpcode::kClose) {
          EndSession();
          return Write(WebSocketFrame(WebSocketOpcode::kClose, payload), true);
        }
        break;
      case WebSocketReader::Result::kMessage:
        if (session_ == nullptr) break;
        mailbox_->Post([session = session_, message = std::move(payload)](Environment& env) {
          if (Agent* agent = Agent::Existing(env)) agent->Dispatch(session->id, message);
        });
        payload.clear();
        break;
    }
  }
}

}  // namespace gyre
