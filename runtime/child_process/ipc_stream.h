#ifndef GYRE_CHILD_PROCESS_IPC_STREAM_H_
#define GYRE_CHILD_PROCESS_IPC_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/engine/environment.h"
#include "runtime/net/pipe_handle.h"
#include "runtime/net/stream_handle.h"
#include "v8.h"

namespace gyre {

// Bytes that arrive in pieces. Grows by realloc, which moves large blocks without copying them.
class ByteQueue {
 public:
  ByteQueue() = default;
  ~ByteQueue();
  ByteQueue(const ByteQueue&) = delete;
  ByteQueue& operator=(const ByteQueue&) = delete;

  void Append(const char* data, size_t size);
  void Reserve(size_t size);
  void RemovePrefix(size_t size);
  // Gives the memory away, view() at its start. It is malloc's.
  char* Release();
  std::string_view view() const { return {data_ + begin_, size_}; }

 private:
  char* data_ = nullptr;
  size_t begin_ = 0;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

// The messages on an IPC channel's pipe, as Node writes them. json: one line of JSON each.
// advanced: four bytes of big-endian length, then that many of V8's serialisation. Linear time
// however they are cut up. Belongs to the pipe; for each read it calls
//
//   pipe.onmessages(list, pendingType, error)    error: what followed is no message; the end
//
//   pipe.onend(status)                           a uv error, UV_EOF at the end
class IpcStream final : public StreamListener {
 public:
  IpcStream(Environment& env, PipeHandle* pipe, bool advanced)
      : env_(env), pipe_(pipe), advanced_(advanced) {}

  void OnStreamRead(ssize_t nread, const char* data) override;

  // `payload` is the JSON text, or the value. Returns what StreamHandle::Write does.
  v8::Maybe<int32_t> Write(v8::Local<v8::Value> payload, v8::Local<v8::Value> handle,
                           v8::Local<v8::Value> callback);

 private:
  using Values = std::vector<v8::Local<v8::Value>>;

  // False with an exception pending when something is no message.
  bool DecodeLines(size_t fresh, Values* messages);
  bool DecodeLargeLine(Values* messages);
  bool DecodeFrames(Values* messages);
  int32_t Send(char* data, size_t size, bool on_heap, v8::Local<v8::Value> handle,
               v8::Local<v8::Value> callback);
  int32_t SendJson(v8::Local<v8::String> json, v8::Local<v8::Value> handle,
                   v8::Local<v8::Value> callback);

  Environment& env_;
  PipeHandle* const pipe_;
  const bool advanced_;
  ByteQueue received_;
  bool answered_ = false;
};

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_IPC_STREAM_H_
