#ifndef GYRE_CHILD_PROCESS_IPC_SERIALIZER_H_
#define GYRE_CHILD_PROCESS_IPC_SERIALIZER_H_

#include <cstddef>
#include <string_view>

#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// A frame is the length of what follows, big-endian, and that.
constexpr size_t kFrameLengthBytes = 4;
void WriteFrameLength(size_t length, char* frame);
size_t ReadFrameLength(const char* frame);

// What a message is made into.
struct SerializedIpc {
  char* data = nullptr;  // malloc's; null with an exception pending
  size_t size = 0;
};

// A message of an 'advanced' IPC channel as V8's serialisation with Node's host objects, behind
// `reserved` bytes for its length.
SerializedIpc SerializeIpc(Environment& env, v8::Local<v8::Value> message, size_t reserved);
v8::MaybeLocal<v8::Value> DeserializeIpc(Environment& env, std::string_view bytes);

// How JavaScript describes and makes host objects, views and native ones:
//
//   write(object)          [type, Uint8Array] of a view, else a plain object in its place
//
//   read(type, buffer)     the view; type -1: there is no such host object
void SetIpcHooks(Environment& env, v8::Local<v8::Function> write, v8::Local<v8::Function> read);

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_IPC_SERIALIZER_H_
