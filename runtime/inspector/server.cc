#include "runtime/inspector/server.h"

#include <sys/random.h>

#include <cstdio>
#include <utility>

#include "absl/log/check.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "runtime/base/json_quote.h"
#include "runtime/base/version.h"
#include "runtime/inspector/messages.h"
#include "runtime/inspector/protocol_json.h"
#include "runtime/inspector/server_connection.h"

namespace gyre {
namespace {

constexpr int kBacklog = 511;

// A random UUID: whoever does not know it cannot connect.
std::string RandomId() {
  unsigned char bytes[16];
  CHECK_EQ(getrandom(bytes, sizeof(bytes), 0), static_cast<ssize_t>(sizeof(bytes)));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const std::string hex =
      absl::BytesToHexString({reinterpret_cast<const char*>(bytes), sizeof(bytes)});
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

std::string HostAndPort(const std::string& host, int port) {
  const bool v6 = host.find(':') != std::string::npos && host[0] != '[';
  return v6 ? absl::StrCat("[", host, "]:", port) : absl::StrCat(host, ":", port);
}

}  // namespace

Server::Server(Settings settings, std::shared_ptr<Mailbox> mailbox)
    : settings_(std::move(settings)), id_(RandomId()), mailbox_(std::move(mailbox)) {
  CHECK_EQ(uv_loop_init(&loop_), 0);
  loop_.data = this;
  CHECK_EQ(uv_async_init(
               &loop_, &wake_,
               [](uv_async_t* wake) { static_cast<Server*>(wake->loop->data)->RunCommands(); }),
           0);
}

std::unique_ptr<Server> Server::Start(Settings settings, std::shared_ptr<Mailbox> mailbox,
                                      std::string* error) {
  const std::string where = HostAndPort(settings.host, settings.port);
  std::unique_ptr<Server> server(new Server(std::move(settings), std::move(mailbox)));
  *error = server->Listen();
  if (!error->empty()) {
    *error = absl::StrCat("Starting inspector on ", where, " failed: ", *error);
    server->end_ = true;
  }
  CHECK_EQ(uv_thread_create(
               &server->thread_, [](void* self) { static_cast<Server*>(self)->RunThread(); },
               server.get()),
           0);
  if (!error->empty()) return nullptr;
  if (server->settings_.publish_to_stderr) {
    fprintf(stderr,
            "Debugger listening on %s\n"
            "For help, see: https://nodejs.org/learn/getting-started/debugging\n",
            server->WebSocketUrl().c_str());
    fflush(stderr);
  }
  return server;
}

// Before the thread starts. Empty, or why not.
std::string Server::Listen() {
  uv_getaddrinfo_t request;
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV;
  const std::string port = std::to_string(settings_.port);
  int error =
      uv_getaddrinfo(&loop_, &request, nullptr, settings_.host.c_str(), port.c_str(), &hints);
  if (error != 0) return uv_strerror(error);
  for (addrinfo* address = request.addrinfo; address != nullptr; address = address->ai_next) {
    auto listener = std::make_unique<uv_tcp_t>();
    uv_tcp_init(&loop_, listener.get());
    sockaddr_storage name = {};
    memcpy(&name, address->ai_addr, address->ai_addrlen);
    // The further addresses of a name take the port that the first one got.
    const uint16_t wanted = htons(static_cast<uint16_t>(settings_.port));
    if (name.ss_family == AF_INET) {
      reinterpret_cast<sockaddr_in*>(&name)->sin_port = wanted;
    } else {
      reinterpret_cast<sockaddr_in6*>(&name)->sin6_port = wanted;
    }
    error = uv_tcp_bind(listener.get(), reinterpret_cast<sockaddr*>(&name), 0);
    if (error == 0) {
      error = uv_listen(reinterpret_cast<uv_stream_t*>(listener.get()), kBacklog,
                        [](uv_stream_t* stream, int status) {
                          if (status == 0) static_cast<Server*>(stream->loop->data)->Accept(stream);
                        });
    }
    if (error == 0 && settings_.port == 0) {
      int size = sizeof(name);
      uv_tcp_getsockname(listener.get(), reinterpret_cast<sockaddr*>(&name), &size);
      settings_.port = ntohs(reinterpret_cast<sockaddr_in*>(&name)->sin_port);
    }
    listeners_.push_back(std::move(listener));
    if (error != 0 && listeners_.size() == 1) break;
    error = 0;
  }
  uv_freeaddrinfo(request.addrinfo);
  return error == 0 ? "" : uv_strerror(error);
}

Server::~Server() {
  {
    std::lock_guard lock(mutex_);
    end_ = true;
  }
  uv_async_send(&wake_);
  CHECK_EQ(uv_thread_join(&thread_), 0);
  CHECK_EQ(uv_loop_close(&loop_), 0);
}

void Server::RunThread() {
  uv_async_send(&wake_);
  uv_run(&loop_, UV_RUN_DEFAULT);
}

std::string Server::WebSocketUrl() const {
  return absl::StrCat("ws://", HostAndPort(settings_.host, settings_.port), "/", id_);
}

void Server::Send(uint64_t connection, std::string message) {
  {
    std::lock_guard lock(mutex_);
    outgoing_.push_back({connection, std::move(message)});
  }
  uv_async_send(&wake_);
}

void Server::StopListening() {
  {
    std::lock_guard lock(mutex_);
    stop_listening_ = true;
  }
  uv_async_send(&wake_);
}

void Server::RunCommands() {
  std::deque<Outgoing> outgoing;
  bool stop;
  bool end;
  {
    std::lock_guard lock(mutex_);
    outgoing.swap(outgoing_);
    stop = stop_listening_;
    end = end_;
  }
  for (const Outgoing& one : outgoing) {
    auto found = connections_.find(one.connection);
    if (found != connections_.end()) found->second->SendMessage(one.message);
  }
  if (stop || end) {
    for (auto& listener : listeners_) {
      auto* handle = reinterpret_cast<uv_handle_t*>(listener.get());
      if (!uv_is_closing(handle)) uv_close(handle, nullptr);
    }
  }
  if (end) Shut();
}

void Server::Shut() {
  auto connections = connections_;
  for (auto& [id, connection] : connections) connection->Close();
  auto* wake = reinterpret_cast<uv_handle_t*>(&wake_);
  if (!uv_is_closing(wake)) uv_close(wake, nullptr);
}

void Server::Accept(uv_stream_t* listener) {
  const uint64_t id = ++last_connection_;
  auto* connection = new ServerConnection(this, mailbox_, id, &loop_);
  connections_[id] = connection;
  connection->Accept(listener);
}

std::string Server::Address(const std::string& host_header) const {
  return absl::StrCat(
      host_header.empty() ? HostAndPort(settings_.host, settings_.port) : host_header, "/", id_);
}

std::optional<std::string> Server::Resource(const std::string& path,
                                            const std::string& host_header) const {
  if (!settings_.publish_to_http) return std::nullopt;
  if (path == "/json/version") {
    return absl::StrCat("{\n  \"Browser\": \"node.js/v", kNodeVersion,
                        "\",\n  \"Protocol-Version\": \"1.1\"\n}");
  }
  if (path == "/json/protocol") return std::string(ProtocolJson());
  if (path != "/json" && path != "/json/list") return std::nullopt;
  const std::string address = Address(host_header);
  const std::string query = absl::StrCat("experiments=true&v8only=true&ws=", address);
  std::string list = "[ {\n  \"description\": \"node.js instance\"";
  auto add = [&list](std::string_view name, const std::string& value) {
    absl::StrAppend(&list, ",\n  \"", name, "\": ");
    AppendJsonString(value, &list);
  };
  add("devtoolsFrontendUrl", "devtools://devtools/bundled/js_app.html?" + query);
  add("devtoolsFrontendUrlCompat", "devtools://devtools/bundled/inspector.html?" + query);
  add("faviconUrl", "https://nodejs.org/static/images/favicons/favicon.ico");
  add("id", id_);
  add("title", settings_.title);
  add("type", "node");
  add("url", settings_.url);
  add("webSocketDebuggerUrl", "ws://" + address);
  list += "\n} ]\n\n";
  return list;
}

}  // namespace gyre
