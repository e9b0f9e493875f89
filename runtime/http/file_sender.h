#ifndef GYRE_HTTP_FILE_SENDER_H_
#define GYRE_HTTP_FILE_SENDER_H_

#include <uv.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "runtime/loop/request.h"
#include "runtime/net/stream_handle.h"
#include "v8.h"

namespace gyre {

// Sends a part of a file to a stream without taking its bytes through JavaScript: pages of the file
// go to the socket by sendfile(2). It works in steps, so that the loop turns in between, and reads
// what is not in memory on the thread pool. Framed as chunks the bytes are copied once, because a
// chunk's size leaves before its bytes, and the file may shrink.
//
//   callback(bytes, status)   what was sent, and 0 or what kept the rest from being sent: UV_EIO
//                             when it was the file, otherwise the socket's error
class FileSender final : public Request {
 public:
  enum class Progress { kDone, kPending };

  FileSender(StreamHandle& stream, v8::Local<v8::Function> callback, int file, int64_t position,
             uint64_t size, bool chunked);

  // Whether there is something to send: 0, UV_EOF at the end of the file, UV_ENOTSUP.
  int Prepare();
  // The first step. When that was all, nobody calls back: see sent() and status(); the caller
  // deletes.
  Progress Step();
  // The stream is not for this file any more: it has been closed, or somebody else writes. Calls
  // back as soon as nothing is under way.
  void Cancel() { stream_ = nullptr; }
  // Told right before the callback that this is over.
  void set_observer(FileSender** observer) { observer_ = observer; }
  // Where all bytes of files are counted.
  void set_counter(uint64_t* counter) { counter_ = counter; }

  uint64_t sent() const { return sent_; }
  int status() const { return status_; }

 private:
  void Advance(size_t size);
  bool InMemory(size_t size);
  Progress Fetch(size_t size);
  Progress QueuePiece();
  void Continue();

  StreamHandle* stream_;
  FileSender** observer_ = nullptr;
  uint64_t* counter_ = nullptr;
  const int file_;
  int64_t position_;
  uint64_t left_;
  const bool chunked_;
  bool fetched_ = false;  // what comes next was just read by the thread pool
  uint64_t sent_ = 0;
  int status_ = 0;
  size_t piece_size_ = 0;  // bytes of the file in `piece_`
  std::string piece_;
  uv_write_t write_;
  uv_work_t work_;
};

}  // namespace gyre

#endif  // GYRE_HTTP_FILE_SENDER_H_
