#ifndef GYRE_CHILD_PROCESS_IPC_STREAM_H_
#define GYRE_CHILD_PROCESS_IPC_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/child_process/byte_queue.h"
#include "runtime/child_process/ipc_writer.h"
#include "runtime/engine/environment.h"
#include "runtime/net/pipe_handle.h"
#include "runtime/net/stream_handle.h"
#include "v8.h"

namespace gyre {

// The messages on an IPC channel's pipe, as Node writes them. json: one line of JSON each.
// advanced: four bytes of big-endian length, then that many of V8's serialisation. Linear time
// however they are cut up. Belongs to the pipe; for each read it calls
//
//   pipe.onmessages(list, pendingType, error, continued)    error: what followed is no message; the
//   end. continued: the first message began in an earlier read
//
//   pipe.onend(status, cut)                      a uv error, UV_EOF at the end; cut: in the middle
//   of a message
class IpcStream final : public StreamListener {
 public:
  IpcStream(Environment& env, PipeHandle* pipe, bool advanced)
      : env_(env), pipe_(pipe), advanced_(advanced), writer_(env, pipe) {}

  uv_buf_t OnStreamAlloc() override;
  void OnStreamRead(ssize_t nread, const char* data) override;

  // `payload` is JSON text, or a list of such texts and, in every other place, strings that become
  // JSON on their way; advanced: the value, and `large` perhaps a list of keys as SerializeLarge
  // takes it. Returns what IpcWriter::Write does.
  v8::Maybe<int32_t> Write(v8::Local<v8::Value> payload, v8::Local<v8::Value> handle,
                           v8::Local<v8::Value> callback, v8::Local<v8::Value> large);
  size_t queued_bytes() const { return writer_.queued_bytes(); }

  // From onmessages: the handle of a message was taken. The sender hears of it before the program
  // has the handle, and of all handles of a read at once.
  void Acknowledge() { acknowledgements_++; }

 private:
  using Values = std::vector<v8::Local<v8::Value>>;

  void Receive(size_t size, const char* data);
  // Reads and receives what else waits already; false when nothing does. The kernel ends each read
  // at a descriptor, and libuv takes the short read for the end of what there is.
  bool ReceiveNext();
  void FlushAcknowledgements();
  v8::Local<v8::Value> Acknowledgement();

  // False with an exception pending when something is no message.
  bool DecodeLines(size_t fresh, Values* messages);
  bool DecodeFrames(Values* messages);
  void Expect(size_t size);
  int32_t WriteText(v8::Local<v8::String> json, v8::Local<v8::Value> handle,
                    v8::Local<v8::Value> callback);
  int32_t WriteList(v8::Local<v8::Array> list, v8::Local<v8::Value> handle,
                    v8::Local<v8::Value> callback);

  Environment& env_;
  PipeHandle* const pipe_;
  const bool advanced_;
  IpcWriter writer_;
  ByteQueue received_;
  size_t expected_ = 0;  // size of the frame that has begun; 0: unknown
  bool ascii_ = true;    // all of received_ is
  bool answered_ = false;
  bool carried_ = false;         // a handle came with what is in received_
  size_t acknowledgements_ = 0;  // that have not left
  v8::Global<v8::Value> acknowledgement_;
};

}  // namespace gyre

#endif  // GYRE_CHILD_PROCESS_IPC_STREAM_H_
