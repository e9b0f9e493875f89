// The part of a report that lists the loop's handles.

#include <netdb.h>

#include <string>

#include "absl/strings/str_format.h"
#include "runtime/loop/loop.h"
#include "runtime/report/report.h"
#include "uv.h"

namespace gyre {
namespace {

struct Walk {
  JsonWriter& json;
  bool resolve_names;
};

std::string Address(const void* pointer) {
  return absl::StrFormat("0x%016x", reinterpret_cast<uintptr_t>(pointer));
}

void WriteEndpoint(Walk& walk, const char* key, int error, const sockaddr_storage& storage) {
  JsonWriter& json = walk.json;
  if (error != 0) return json.Null(key);
  const auto* address = reinterpret_cast<const sockaddr*>(&storage);
  const bool is_v4 = address->sa_family == AF_INET;
  char ip[INET6_ADDRSTRLEN];
  if (uv_ip_name(address, ip, sizeof(ip)) != 0) return json.Null(key);
  char host[NI_MAXHOST];
  const socklen_t length = is_v4 ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
  json.BeginObject(key);
  if (walk.resolve_names && getnameinfo(address, length, host, sizeof(host), nullptr, 0, 0) == 0) {
    json.String("host", host);
  }
  json.String(is_v4 ? "ip4" : "ip6", ip);
  json.Number("port", ntohs(is_v4 ? reinterpret_cast<const sockaddr_in*>(address)->sin_port
                                  : reinterpret_cast<const sockaddr_in6*>(address)->sin6_port));
  json.EndObject();
}

void WriteIpEndpoints(Walk& walk, uv_handle_t* handle) {
  sockaddr_storage local;
  sockaddr_storage remote;
  auto* local_address = reinterpret_cast<sockaddr*>(&local);
  auto* remote_address = reinterpret_cast<sockaddr*>(&remote);
  int size = sizeof(local);
  int remote_size = sizeof(remote);
  int error;
  int remote_error;
  if (handle->type == UV_TCP) {
    auto* tcp = reinterpret_cast<uv_tcp_t*>(handle);
    error = uv_tcp_getsockname(tcp, local_address, &size);
    remote_error = uv_tcp_getpeername(tcp, remote_address, &remote_size);
  } else {
    auto* udp = reinterpret_cast<uv_udp_t*>(handle);
    error = uv_udp_getsockname(udp, local_address, &size);
    remote_error = uv_udp_getpeername(udp, remote_address, &remote_size);
  }
  WriteEndpoint(walk, "localEndpoint", error, local);
  WriteEndpoint(walk, "remoteEndpoint", remote_error, remote);
}

void WritePipeEndpoints(JsonWriter& json, uv_pipe_t* pipe) {
  char name[4096];
  size_t size = sizeof(name);
  auto write = [&](const char* key, int error) {
    if (error == 0 && size > 0) {
      json.String(key, std::string_view(name, size));
    } else {
      json.Null(key);
    }
    size = sizeof(name);
  };
  write("localEndpoint", uv_pipe_getsockname(pipe, name, &size));
  write("remoteEndpoint", uv_pipe_getpeername(pipe, name, &size));
}

void WriteWatchedPath(JsonWriter& json, uv_handle_t* handle) {
  char path[4096];
  size_t size = sizeof(path);
  const int error = handle->type == UV_FS_EVENT
                        ? uv_fs_event_getpath(reinterpret_cast<uv_fs_event_t*>(handle), path, &size)
                        : uv_fs_poll_getpath(reinterpret_cast<uv_fs_poll_t*>(handle), path, &size);
  if (error == 0) {
    json.String("filename", std::string_view(path, size));
  } else {
    json.Null("filename");
  }
}

void WriteTimer(JsonWriter& json, uv_timer_t* timer) {
  const auto due = static_cast<int64_t>(uv_timer_get_due_in(timer));
  json.Number("repeat", uv_timer_get_repeat(timer));
  json.Number("firesInMsFromNow", due);
  json.Bool("expired", due == 0);
}

void WriteBuffersAndFd(JsonWriter& json, uv_handle_t* handle) {
  if (handle->type == UV_TCP || handle->type == UV_UDP || handle->type == UV_NAMED_PIPE) {
    int send = 0;
    int receive = 0;
    if (uv_send_buffer_size(handle, &send) == 0) json.Number("sendBufferSize", send);
    if (uv_recv_buffer_size(handle, &receive) == 0) json.Number("recvBufferSize", receive);
  }
  uv_os_fd_t fd;
  if (uv_fileno(handle, &fd) == 0) json.Number("fd", fd);
}

void WriteStream(JsonWriter& json, uv_stream_t* stream) {
  json.Number("writeQueueSize", uv_stream_get_write_queue_size(stream));
  json.Bool("readable", uv_is_readable(stream) != 0);
  json.Bool("writable", uv_is_writable(stream) != 0);
}

void WriteDetails(Walk& walk, uv_handle_t* handle) {
  JsonWriter& json = walk.json;
  switch (handle->type) {
    case UV_TCP:
    case UV_UDP:
      WriteIpEndpoints(walk, handle);
      break;
    case UV_NAMED_PIPE:
      WritePipeEndpoints(json, reinterpret_cast<uv_pipe_t*>(handle));
      break;
    case UV_FS_EVENT:
    case UV_FS_POLL:
      WriteWatchedPath(json, handle);
      break;
    case UV_TIMER:
      WriteTimer(json, reinterpret_cast<uv_timer_t*>(handle));
      break;
    case UV_PROCESS:
      json.Number("pid", uv_process_get_pid(reinterpret_cast<uv_process_t*>(handle)));
      break;
    case UV_SIGNAL:
      json.Number("signum", reinterpret_cast<uv_signal_t*>(handle)->signum);
      break;
    case UV_TTY: {
      int width;
      int height;
      if (uv_tty_get_winsize(reinterpret_cast<uv_tty_t*>(handle), &width, &height) == 0) {
        json.Number("width", width);
        json.Number("height", height);
      }
      break;
    }
    default:
      break;
  }
  if (handle->type == UV_TCP || handle->type == UV_NAMED_PIPE || handle->type == UV_TTY) {
    WriteBuffersAndFd(json, handle);
    WriteStream(json, reinterpret_cast<uv_stream_t*>(handle));
  } else if (handle->type == UV_UDP) {
    WriteBuffersAndFd(json, handle);
    auto* udp = reinterpret_cast<uv_udp_t*>(handle);
    json.Number("writeQueueSize", uv_udp_get_send_queue_size(udp));
    json.Number("writeQueueCount", uv_udp_get_send_queue_count(udp));
  }
}

void WriteHandle(uv_handle_t* handle, void* data) {
  Walk& walk = *static_cast<Walk*>(data);
  walk.json.BeginObject();
  walk.json.String("type", uv_handle_type_name(handle->type));
  walk.json.Bool("is_active", uv_is_active(handle) != 0);
  walk.json.Bool("is_referenced", uv_has_ref(handle) != 0);
  walk.json.String("address", Address(handle));
  WriteDetails(walk, handle);
  walk.json.EndObject();
}

}  // namespace

void WriteLoop(JsonWriter& json, Environment& env, bool resolve_names) {
  uv_loop_t* loop = Loop::From(env).uv();
  Walk walk = {json, resolve_names};
  json.BeginArray("libuv");
  uv_walk(loop, WriteHandle, &walk);
  json.BeginObject();
  json.String("type", "loop");
  json.Bool("is_active", uv_loop_alive(loop) != 0);
  json.String("address", Address(loop));
  json.Number("loopIdleTimeSeconds", static_cast<double>(uv_metrics_idle_time(loop)) / 1e9);
  json.EndObject();
  json.EndArray();
}

}  // namespace gyre
