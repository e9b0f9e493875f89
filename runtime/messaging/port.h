#ifndef GYRE_MESSAGING_PORT_H_
#define GYRE_MESSAGING_PORT_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "runtime/loop/answer_poll.h"
#include "runtime/loop/handle.h"
#include "runtime/messaging/message.h"

namespace gyre {

class MessagePort;
class PortGroup;

// One end of a channel: the messages that have arrived at it. Belongs to a MessagePort, or to a
// message while it is being transferred. Thread-safe.
class PortEndpoint {
 public:
  // Joins a group. An end in no group hears nothing.
  static std::shared_ptr<PortEndpoint> Create(std::shared_ptr<PortGroup> group);
  ~PortEndpoint();

  // To every other end of the group.
  void Send(std::shared_ptr<Message> message);
  // Leaves the group; the other end of a channel, after what it was sent, hears of the closing.
  void Leave();
  bool SharesGroup(const PortEndpoint& other) const;
  // True when what is sent has more than one reader.
  bool broadcasts() const;
  size_t peer_count() const;

  void SetOwner(MessagePort* owner);

  // The next message; null when there is none. While the port is not `receiving` only a closing
  // counts.
  std::shared_ptr<Message> Take(bool receiving);
  size_t size() const { return size_.load(std::memory_order_relaxed); }

  // True when what came last was sent on the owner's own thread: no use to wait for it there.
  bool sender_is_local() const;
  // On the owner's thread: waits for a message without sleeping, which costs its sender no system
  // call and nobody a wake-up. True when there is one.
  bool PollFor(uint64_t nanoseconds);

 private:
  friend class PortGroup;
  void Push(std::shared_ptr<Message> message);

  mutable std::mutex mutex_;  // guards what follows
  std::deque<std::shared_ptr<Message>> queue_;
  MessagePort* owner_ = nullptr;
  std::thread::id owner_thread_;
  bool polled_ = false;
  bool sender_is_local_ = false;
  std::shared_ptr<PortGroup> group_;

  std::atomic<size_t> size_ = 0;  // of the queue, for who only looks
};

// Ends that hear each other: the two of a MessageChannel, or all BroadcastChannels of one name in
// the process.
class PortGroup {
 public:
  static std::shared_ptr<PortGroup> Pair() { return std::make_shared<PortGroup>(false); }
  // The group of this name, made when there is none.
  static std::shared_ptr<PortGroup> Broadcast(const std::string& name);

  explicit PortGroup(bool broadcast) : broadcast_(broadcast) {}
  bool broadcast() const { return broadcast_; }

  size_t size();
  void Add(PortEndpoint* endpoint);
  void Remove(PortEndpoint* endpoint);
  void Send(const PortEndpoint* from, const std::shared_ptr<Message>& message);

 private:
  const bool broadcast_;
  std::mutex mutex_;  // guards what follows
  std::vector<PortEndpoint*> endpoints_;
};

// The native half of MessagePort and BroadcastChannel in JavaScript: an end of a channel with a
// wake-up of this thread's loop. Messages go to its JavaScript object's onmessage(value,
// transferred) and onmessageerror(error); onclose() says that the other end has gone.
class MessagePort final : public Handle {
 public:
  MessagePort(Environment& env, v8::Local<v8::Object> self);
  ~MessagePort() override;

  // A port of this thread for an end that exists.
  static v8::MaybeLocal<v8::Object> Create(Environment& env,
                                           std::shared_ptr<PortEndpoint> endpoint);
  // The port whose native object this is; null for any other object.
  static MessagePort* FromObject(Environment& env, v8::Local<v8::Object> object);

  // Gives the end away and closes the port.
  std::shared_ptr<PortEndpoint> Detach();

  // True when the channel was lost: its other end was in the transfer list. `self` is the
  // JavaScript port.
  std::optional<bool> PostMessage(v8::Local<v8::Value> value, v8::Local<v8::Array> transfer_list,
                                  v8::Local<v8::Value> self);
  void Start();
  void Stop();
  // [value] of a message that is waiting; undefined when none is.
  v8::MaybeLocal<v8::Value> ReceiveMessage();
  // Leaves the channel at once, closes when what has arrived is delivered.
  void ClosePort(std::optional<v8::Local<v8::Function>> callback);

  // What arrives from now on is made in the context of this global object.
  void UseContext(v8::Local<v8::Object> global);
  // How many other ends there are.
  double PeerCount() const;

  // Any thread: there is something to take.
  void Wake() { uv_async_send(&async_); }

 private:
  void Attach(std::shared_ptr<PortEndpoint> endpoint);
  void Deliver();
  // One message to JavaScript; false when the port is gone after it.
  bool DeliverOne(Message& message);
  // The next message of a conversation that answers at once; null when it is better to sleep.
  std::shared_ptr<Message> AwaitAnswer(uint64_t deadline);
  void FinishClose();

  uv_async_t async_;
  bool receiving_ = false;
  bool draining_ = false;
  bool answered_ = false;  // something was posted since the last message came
  PollCredit poll_credit_;
  v8::Global<v8::Function> closed_callback_;
  v8::Global<v8::Context> context_;  // empty for the environment's own
  std::shared_ptr<PortEndpoint> endpoint_;
};

}  // namespace gyre

#endif  // GYRE_MESSAGING_PORT_H_
