#ifndef GYRE_CHILD_PROCESS_IPC_LARGE_MESSAGE_H_
#define GYRE_CHILD_PROCESS_IPC_LARGE_MESSAGE_H_

#include <cstddef>
#include <vector>

#include "runtime/child_process/ipc_writer.h"
#include "runtime/engine/environment.h"
#include "v8.h"

namespace gyre {

// Messages whose size is that of a few large strings: these are neither copied into the message
// when it is sent nor out of it when it has come.

// Throws for a message that no string can hold.
void ThrowMessageTooLong(v8::Isolate* isolate);

// The value of a JSON line, ASCII only, or of a V8 serialisation. Takes over `data`, malloc's, in
// which the `size` bytes of the message begin at `begin`: its large strings are made over it.
v8::MaybeLocal<v8::Value> ReadLargeJson(Environment& env, char* data, size_t size);
v8::MaybeLocal<v8::Value> ReadLargeSerialized(Environment& env, char* data, size_t begin,
                                              size_t size);

// An object as a V8 serialisation behind its length, except for the members with these keys, which
// hold large strings: they leave from where they are. The object's members are primitives, and it
// is nobody else's: it is changed. Empty with an exception pending.
std::vector<IpcPiece> SerializeLarge(Environment& env, v8::Local<v8::Object> object,
                                     v8::Local<v8::Array> keys);

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_IPC_LARGE_MESSAGE_H_
