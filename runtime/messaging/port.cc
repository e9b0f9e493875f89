#include "runtime/messaging/port.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "absl/base/no_destructor.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/log/check.h"
#include "runtime/glue/convert.h"

namespace gyre {
namespace {

// A wake-up delivers at most this many messages that arrived while it ran, so that other handles
// get their turn.
constexpr size_t kDeliveryLimit = 1000;

// ... and lasts this long, looking for answers included.
constexpr uint64_t kDeliveryNs = 1'000'000;

// The ports of an environment, to tell their objects from those of other classes.
struct LivePorts {
  explicit LivePorts(Environment&) {}
  absl::flat_hash_set<const Wrapped*> ports;
};

// Broadcast channels reach across threads, so their names are known to the whole process.
struct BroadcastGroups {
  std::mutex mutex;
  absl::flat_hash_map<std::string, std::weak_ptr<PortGroup>> groups;  // guarded by mutex
};

BroadcastGroups& AllBroadcastGroups() {
  static absl::NoDestructor<BroadcastGroups> groups;
  return *groups;
}

}  // namespace

std::shared_ptr<PortGroup> PortGroup::Broadcast(const std::string& name) {
  BroadcastGroups& all = AllBroadcastGroups();
  std::lock_guard lock(all.mutex);
  absl::erase_if(all.groups, [](const auto& entry) { return entry.second.expired(); });
  std::weak_ptr<PortGroup>& known = all.groups[name];
  std::shared_ptr<PortGroup> group = known.lock();
  if (group == nullptr) {
    group = std::make_shared<PortGroup>(true);
    known = group;
  }
  return group;
}

size_t PortGroup::size() {
  std::lock_guard lock(mutex_);
  return endpoints_.size();
}

void PortGroup::Add(PortEndpoint* endpoint) {
  std::lock_guard lock(mutex_);
  endpoints_.push_back(endpoint);
}

void PortGroup::Remove(PortEndpoint* endpoint) {
  std::lock_guard lock(mutex_);
  endpoints_.erase(std::remove(endpoints_.begin(), endpoints_.end(), endpoint), endpoints_.end());
  if (broadcast_) return;
  for (PortEndpoint* other : endpoints_) other->Push(Message::Close());
}

void PortGroup::Send(const PortEndpoint* from, const std::shared_ptr<Message>& message) {
  // Held while the ends are told: none of them can go away meanwhile.
  std::lock_guard lock(mutex_);
  for (PortEndpoint* endpoint : endpoints_) {
    if (endpoint != from) endpoint->Push(message);
  }
}

std::shared_ptr<PortEndpoint> PortEndpoint::Create(std::shared_ptr<PortGroup> group) {
  auto endpoint = std::make_shared<PortEndpoint>();
  group->Add(endpoint.get());
  std::lock_guard lock(endpoint->mutex_);
  endpoint->group_ = std::move(group);
  return endpoint;
}

PortEndpoint::~PortEndpoint() { Leave(); }

void PortEndpoint::Send(std::shared_ptr<Message> message) {
  std::shared_ptr<PortGroup> group;
  {
    std::lock_guard lock(mutex_);
    group = group_;
  }
  if (group != nullptr) group->Send(this, message);
}

void PortEndpoint::Leave() {
  std::shared_ptr<PortGroup> group;
  {
    std::lock_guard lock(mutex_);
    group = std::move(group_);
  }
  if (group != nullptr) group->Remove(this);
}

bool PortEndpoint::SharesGroup(const PortEndpoint& other) const {
  std::shared_ptr<PortGroup> group;
  {
    std::lock_guard lock(mutex_);
    group = group_;
  }
  std::lock_guard lock(other.mutex_);
  return group != nullptr && group == other.group_;
}

void PortEndpoint::SetOwner(MessagePort* owner) {
  std::lock_guard lock(mutex_);
  owner_ = owner;
  owner_thread_ = std::this_thread::get_id();
  if (owner_ != nullptr && !queue_.empty()) owner_->Wake();
}

size_t PortEndpoint::peer_count() const {
  std::shared_ptr<PortGroup> group;
  {
    std::lock_guard lock(mutex_);
    group = group_;
  }
  return group == nullptr ? 0 : group->size() - 1;
}

bool PortEndpoint::broadcasts() const {
  std::lock_guard lock(mutex_);
  return group_ != nullptr && group_->broadcast();
}

std::shared_ptr<Message> PortEndpoint::Take(bool receiving) {
  std::lock_guard lock(mutex_);
  if (queue_.empty() || (!receiving && !queue_.front()->is_close())) return nullptr;
  std::shared_ptr<Message> message = std::move(queue_.front());
  queue_.pop_front();
  size_.store(queue_.size(), std::memory_order_relaxed);
  return message;
}

bool PortEndpoint::sender_is_local() const {
  std::lock_guard lock(mutex_);
  return sender_is_local_;
}

bool PortEndpoint::PollFor(uint64_t nanoseconds) {
  {
    std::lock_guard lock(mutex_);
    polled_ = queue_.empty();
    if (!polled_) return true;
  }
  const uint64_t deadline = uv_hrtime() + nanoseconds;
  while (size() == 0 && uv_hrtime() < deadline) {
  }
  std::lock_guard lock(mutex_);
  polled_ = false;
  return !queue_.empty();
}

void PortEndpoint::Push(std::shared_ptr<Message> message) {
  std::lock_guard lock(mutex_);
  queue_.push_back(std::move(message));
  size_.store(queue_.size(), std::memory_order_relaxed);
  sender_is_local_ = owner_thread_ == std::this_thread::get_id();
  if (owner_ != nullptr && !polled_) owner_->Wake();
}

MessagePort::MessagePort(Environment& env, v8::Local<v8::Object> self)
    : Handle(env, self, "MESSAGEPORT") {
  CHECK_EQ(uv_async_init(Loop::From(env).uv(), &async_,
                         [](uv_async_t* async) {
                           static_cast<MessagePort*>(static_cast<Handle*>(async->data))->Deliver();
                         }),
           0);
  Initialized(reinterpret_cast<uv_handle_t*>(&async_));
  // A port holds the process only while someone listens to it.
  uv_unref(reinterpret_cast<uv_handle_t*>(&async_));
  env.State<LivePorts>().ports.insert(this);
}

MessagePort::~MessagePort() {
  env().State<LivePorts>().ports.erase(this);
  if (endpoint_ == nullptr) return;
  endpoint_->SetOwner(nullptr);
  endpoint_->Leave();
}

v8::MaybeLocal<v8::Object> MessagePort::Create(Environment& env,
                                               std::shared_ptr<PortEndpoint> endpoint) {
  v8::Local<v8::Object> object;
  if (!NewWrapped(env, "NativeMessagePort").ToLocal(&object)) return {};
  Unwrap<MessagePort>(object)->Attach(std::move(endpoint));
  return object;
}

MessagePort* MessagePort::FromObject(Environment& env, v8::Local<v8::Object> object) {
  if (object->InternalFieldCount() == 0) return nullptr;
  Wrapped* wrapped = UnwrapBase(object);
  return env.State<LivePorts>().ports.contains(wrapped) ? static_cast<MessagePort*>(wrapped)
                                                        : nullptr;
}

void MessagePort::Attach(std::shared_ptr<PortEndpoint> endpoint) {
  endpoint_ = std::move(endpoint);
  endpoint_->SetOwner(this);
}

std::shared_ptr<PortEndpoint> MessagePort::Detach() {
  std::shared_ptr<PortEndpoint> endpoint = std::move(endpoint_);
  if (endpoint != nullptr) endpoint->SetOwner(nullptr);
  Close(std::nullopt);
  return endpoint;
}

std::optional<bool> MessagePort::PostMessage(v8::Local<v8::Value> value,
                                             v8::Local<v8::Array> transfer_list,
                                             v8::Local<v8::Value> self) {
  const bool read_once = endpoint_ == nullptr || !endpoint_->broadcasts();
  Message::ObjectList transferred;
  if (!Message::ToObjectList(env(), transfer_list, &transferred)) return std::nullopt;
  std::shared_ptr<Message> message = Message::Serialize(env(), value, transferred, self, read_once);
  if (message == nullptr || endpoint_ == nullptr) return std::nullopt;
  answered_ = true;
  for (const std::shared_ptr<PortEndpoint>& port : message->ports()) {
    // Nobody could ever receive it.
    if (port != nullptr && endpoint_->SharesGroup(*port)) return true;
  }
  endpoint_->Send(std::move(message));
  return false;
}

void MessagePort::UseContext(v8::Local<v8::Object> global) {
  context_.Reset(isolate(), global->GetCreationContextChecked(isolate()));
}

double MessagePort::PeerCount() const {
  return endpoint_ == nullptr ? 0 : static_cast<double>(endpoint_->peer_count());
}

void MessagePort::Start() {
  receiving_ = true;
  if (endpoint_ != nullptr && endpoint_->size() > 0) Wake();
}

void MessagePort::Stop() { receiving_ = false; }

v8::MaybeLocal<v8::Value> MessagePort::ReceiveMessage() {
  std::shared_ptr<Message> message = endpoint_ == nullptr ? nullptr : endpoint_->Take(true);
  if (message == nullptr) return v8::Undefined(isolate());
  if (message->is_close()) {
    ClosePort(std::nullopt);
    return v8::Undefined(isolate());
  }
  Message::ObjectList transferred;
  v8::Local<v8::Value> value;
  if (!message->Deserialize(env(), env().context(), &transferred).ToLocal(&value)) return {};
  return v8::Array::New(isolate(), &value, 1);
}

void MessagePort::ClosePort(std::optional<v8::Local<v8::Function>> callback) {
  if (draining_) return;
  if (callback) closed_callback_.Reset(isolate(), *callback);
  if (endpoint_ == nullptr) return FinishClose();
  endpoint_->Leave();
  if (!receiving_ || endpoint_->size() == 0) return FinishClose();
  draining_ = true;
  Wake();
}

void MessagePort::FinishClose() {
  if (endpoint_ != nullptr) {
    endpoint_->SetOwner(nullptr);
    endpoint_ = nullptr;
  }
  v8::HandleScope handles(isolate());
  Close(closed_callback_.IsEmpty() ? std::nullopt : std::optional(closed_callback_.Get(isolate())));
}

std::shared_ptr<Message> MessagePort::AwaitAnswer(uint64_t deadline) {
  if (!answered_ || !receiving_ || uv_hrtime() > deadline) return nullptr;
  // Immediates and callbacks that are due come first.
  if (uv_backend_timeout(Loop::From(env()).uv()) == 0) return nullptr;
  if (endpoint_->sender_is_local() || !poll_credit_.Try()) return nullptr;
  answered_ = false;
  const bool came = endpoint_->PollFor(kAnswerPollNs);
  poll_credit_.Record(came);
  return came ? endpoint_->Take(receiving_) : nullptr;
}

void MessagePort::Deliver() {
  if (endpoint_ == nullptr || !env().can_call_into_js()) return;
  const size_t limit = std::max(endpoint_->size(), kDeliveryLimit);
  const uint64_t deadline = uv_hrtime() + kDeliveryNs;
  answered_ = false;
  for (size_t i = 0; i < limit; i++) {
    std::shared_ptr<Message> message = endpoint_->Take(receiving_);
    if (message == nullptr && !draining_) message = AwaitAnswer(deadline);
    if (draining_ && (message == nullptr || message->is_close())) return FinishClose();
    // The ticks and microtasks after a message may have closed the port too.
    if (message == nullptr || !DeliverOne(*message) || endpoint_ == nullptr) return;
  }
  Wake();
}

bool MessagePort::DeliverOne(Message& message) {
  v8::HandleScope handles(isolate());
  if (message.is_close()) {
    MakeCallback(env().Intern("onclose"));
    return false;
  }
  JsScope scope(env(), &async());
  Message::ObjectList transferred;
  v8::Local<v8::Value> value;
  v8::Local<v8::Value> error;
  {
    // Around the reading only: an exception of a listener is nobody's to catch.
    v8::TryCatch try_catch(isolate());
    v8::Local<v8::Context> context = context_.IsEmpty() ? env().context() : context_.Get(isolate());
    if (!message.Deserialize(env(), context, &transferred).ToLocal(&value)) {
      if (!try_catch.HasCaught() || try_catch.HasTerminated()) return false;
      error = try_catch.Exception();
    }
  }
  if (error.IsEmpty()) {
    v8::Local<v8::Value> objects = v8::Undefined(isolate());
    if (!transferred.empty()) objects = ToV8(env(), transferred);
    v8::Local<v8::Value> arguments[] = {value, objects};
    MakeCallback(env().Intern("onmessage"), 2, arguments);
  } else {
    MakeCallback(env().Intern("onmessageerror"), 1, &error);
  }
  return endpoint_ != nullptr && env().can_call_into_js();
}

}  // namespace gyre
