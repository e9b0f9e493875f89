#ifndef GYRE_MESSAGING_MESSAGE_H_
#define GYRE_MESSAGING_MESSAGE_H_

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

class PortEndpoint;

// A JavaScript value outside of any isolate: what structuredClone makes and takes apart at once,
// and what travels between the two ends of a MessageChannel, in one thread or between two.
//
// A value is written with v8::ValueSerializer. Objects of JavaScript classes that take part (see
// internal/messaging/transferable) appear in it as indices; what their clone or transfer methods
// return follows the value.
class Message {
 public:
  using ObjectList = std::vector<v8::Local<v8::Object>>;

  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;
  ~Message();

  // The items of a transfer list; false with an exception pending when one is no object.
  static bool ToObjectList(Environment& env, v8::Local<v8::Array> array, ObjectList* objects);

  // Null with an exception pending. What is in `transfer_list` is detached then, and only then,
  // when all went well. `source` is the port the message is posted on, which cannot be in the list;
  // may be empty. A message that is `read_once` costs less when it is large.
  static std::shared_ptr<Message> Serialize(Environment& env, v8::Local<v8::Value> value,
                                            const ObjectList& transfer_list,
                                            v8::Local<v8::Value> source, bool read_once);

  // The message that says that the other end was closed.
  static std::shared_ptr<Message> Close();
  bool is_close() const { return close_; }

  // The value in this environment, made in `context`; empty with an exception pending. The objects
  // of JavaScript classes in it that take part (ports among them) are appended to `objects`. A
  // message that is `read_once` or has transferred memory can be read once.
  v8::MaybeLocal<v8::Value> Deserialize(Environment& env, v8::Local<v8::Context> context,
                                        ObjectList* objects);

  const std::vector<std::shared_ptr<PortEndpoint>>& ports() const { return ports_; }

 private:
  friend class MessageWriter;
  friend class MessageReader;
  struct Free {
    void operator()(uint8_t* data) const { std::free(data); }
  };
  // How to make an object of a JavaScript class.
  struct Recipe {
    std::string info;     // 'built-in id:export'
    int descriptor = -1;  // what the object will own; until it does, the message closes it
  };

  Message() = default;

  bool close_ = false;
  std::unique_ptr<uint8_t, Free> data_;
  size_t size_ = 0;
  std::vector<std::shared_ptr<v8::BackingStore>> array_buffers_;
  std::vector<std::shared_ptr<v8::BackingStore>> shared_array_buffers_;
  std::vector<v8::CompiledWasmModule> wasm_modules_;
  std::vector<std::shared_ptr<PortEndpoint>> ports_;
  std::vector<Recipe> objects_;
};

// Privates that objects are marked with.
v8::Local<v8::Private> UntransferablePrivate(Environment& env);
v8::Local<v8::Private> UncloneablePrivate(Environment& env);

// The DOMException that says why something cannot be cloned, thrown.
void ThrowDataCloneError(Environment& env, v8::Local<v8::String> message);

}  // namespace gyre

#endif  // GYRE_MESSAGING_MESSAGE_H_
