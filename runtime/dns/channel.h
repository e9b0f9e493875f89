#ifndef GYRE_DNS_CHANNEL_H_
#define GYRE_DNS_CHANNEL_H_

#include <ares.h>
#include <uv.h>

#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/glue/binding.h"
#include "runtime/glue/wrapped.h"

namespace gyre {

class DnsQuery;

// A c-ares channel on the loop: c-ares says which of its sockets it waits for and for how long, the
// loop tells it when. Queries that have ended, for whatever reason, are settled from the loop,
// never from within a call of JavaScript's. While there are queries the channel keeps its object
// alive.
class DnsChannel final : public Collected {
 public:
  // Milliseconds; a timeout below 1 is c-ares's own, a max_timeout of 0 is none.
  DnsChannel(Environment& env, v8::Local<v8::Object> self, int32_t timeout, int32_t tries,
             int32_t max_timeout);
  ~DnsChannel() override;

  // JavaScript's methods. What a callback gets is (code, result): a name of dns's codes or null.
  void Query(std::string name, int32_t type, v8::Local<v8::Function> callback);
  void Reverse(std::string address, v8::Local<v8::Function> callback);
  void Cancel();
  int32_t Pending() { return static_cast<int32_t>(pending_); }
  // [[address, port], ...]
  v8::Local<v8::Value> GetServers();
  // c-ares's message; empty when it took them.
  std::string SetServers(std::vector<std::string> addresses, std::vector<int32_t> ports);
  // An empty address is none.
  void SetLocalAddress(std::string ipv4, std::string ipv6);

  // For the queries.
  void Ended(DnsQuery* query);

 private:
  struct Poll;

  static void OnSocketState(void* data, ares_socket_t socket, int readable, int writable);
  static void OnReady(uv_poll_t* handle, int status, int events);
  static void OnTimer(uv_timer_t* handle);

  void Begin();
  void Settle();
  // Waits for what c-ares waits for.
  void Arm();

  ares_channel_t* channel_ = nullptr;
  uv_timer_t* timer_;
  std::unordered_map<ares_socket_t, Poll*> polls_;
  size_t pending_ = 0;            // begun and not settled
  std::vector<DnsQuery*> ended_;  // to be settled
};

}  // namespace gyre

#endif  // GYRE_DNS_CHANNEL_H_
