#ifndef GYRE_CHILD_PROCESS_IPC_WRITER_H_
#define GYRE_CHILD_PROCESS_IPC_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

#include "runtime/engine/environment.h"
#include "runtime/net/pipe_handle.h"
#include "v8.h"

namespace gyre {

// A part of a message: bytes of malloc's, or a string that is encoded while it leaves.
struct IpcPiece {
  char* data = nullptr;
  size_t size = 0;
  v8::Global<v8::String> text;
  enum Encoding { kUtf8, kJson, kLatin1 };
  Encoding encoding = kUtf8;  // kJson: the text is a string in JSON
};

class OutgoingMessage;

// What leaves on an IPC channel, message after message. A large string is not encoded in memory
// first but a chunk at a time while it leaves, so that sending it takes no memory and the receiver
// starts on it at once.
class IpcWriter {
 public:
  IpcWriter(Environment& env, PipeHandle* pipe) : env_(env), pipe_(pipe) {}
  ~IpcWriter();
  IpcWriter(const IpcWriter&) = delete;
  IpcWriter& operator=(const IpcWriter&) = delete;

  // 0: all of it left at once; 1: queued, callback(status) follows; < 0: refused. `handle` goes
  // along unless it is undefined. The first copies what it queues.
  int32_t Write(std::string_view bytes, v8::Local<v8::Value> handle, v8::Local<v8::Value> callback);
  int32_t Write(std::vector<IpcPiece> pieces, v8::Local<v8::Value> handle,
                v8::Local<v8::Value> callback);

  // Of messages that have not left whole.
  size_t queued_bytes() const { return queued_bytes_; }

 private:
  // Bytes that left, with `handle` unless it is null, or an error; 0 when the pipe takes none now.
  ssize_t TryWrite(std::string_view bytes, uv_stream_t* handle);
  // Writes until the pipe takes no more, or for a turn; 0 or an error.
  int TryWrite(OutgoingMessage* message);
  int32_t Enqueue(std::unique_ptr<OutgoingMessage> message, Handle* handle);
  int Start(OutgoingMessage* message);
  void OnWritten(int status);
  void FailAll(int status);

  Environment& env_;
  PipeHandle* const pipe_;
  std::deque<OutgoingMessage*> queue_;  // the first of them is being written
  size_t queued_bytes_ = 0;
};

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_IPC_WRITER_H_
