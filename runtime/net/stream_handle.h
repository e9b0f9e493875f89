#ifndef GYRE_NET_STREAM_HANDLE_H_
#define GYRE_NET_STREAM_HANDLE_H_

#include <uv.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/glue/binding.h"
#include "runtime/loop/handle.h"
#include "v8.h"

namespace gyre {

// Takes the bytes of a stream in C++, in place of the JS `onread` (the HTTP server's connection
// does).
class StreamListener {
 public:
  virtual ~StreamListener() = default;

  // Where the next bytes are read to; nowhere: into a buffer of the environment's.
  virtual uv_buf_t OnStreamAlloc() { return uv_buf_init(nullptr, 0); }

  // `nread` bytes at `data`, or a negative uv error (UV_EOF at the end). The bytes are gone after
  // the call.
  virtual void OnStreamRead(ssize_t nread, const char* data) = 0;

  // Somebody else is about to write to the stream: what the listener holds back must leave first.
  virtual void OnBeforeForeignWrite() {}

  // The handle was told to close, or somebody else listens from here on. No call comes after this
  // one.
  virtual void OnStreamClose() {}

  // What tells the listeners of one class from others: an address of its own.
  virtual const void* kind() const { return nullptr; }
};

// A libuv stream as JavaScript sees it: the base of TCP, Pipe and TTY.
//
//   onread(nread, arrayBuffer, pendingType)   nread > 0: that many bytes; nread < 0: a uv error,
//   UV_EOF at the end.
//                                             pendingType: see Pipe
//   onconnection(status, handle)              after listen(): a connection, or a negative error
//   readStart() readStop()                    0 or a negative uv error, like everything that
//   returns a number here useUserBuffer(uint8Array)                 reads go into this buffer and
//   onread gets no arrayBuffer write(data, encoding, callback, handle)   0: all of it left at once,
//   and callback is not called; 1: queued,
//                                             callback(status) follows; < 0: refused. encoding is
//                                             one of Encoding below; handle (IPC pipes) is another
//                                             handle to send along
//   writev(list, callback)                    list holds data, encoding, data, encoding, ...
//   shutdown(callback)                        after what is queued, ends the sending side:
//   callback(status) setBlocking(bool) bytesRead bytesWritten writeQueueSize fd  getters
//   listen(backlog)
//   accept(handle)                            takes a handle that came over an IPC pipe
class StreamHandle : public Handle {
 public:
  enum class Encoding : int32_t { kBuffer = 0, kLatin1 = 1, kUtf8 = 2, kUtf16 = 3 };

  int32_t ReadStart();
  int32_t ReadStop();
  int32_t UseUserBuffer(v8::Local<v8::Value> buffer);
  int32_t Write(v8::Local<v8::Value> data, int32_t encoding, v8::Local<v8::Value> callback,
                v8::Local<v8::Value> send_handle);
  int32_t WriteV(v8::Local<v8::Array> list, v8::Local<v8::Value> callback);
  int32_t Shutdown(v8::Local<v8::Value> callback);
  int32_t SetBlocking(bool blocking);
  int32_t Listen(int32_t backlog);
  int32_t Accept(v8::Local<v8::Object> client);
  double BytesRead() const { return static_cast<double>(bytes_read_); }
  double BytesWritten() const { return static_cast<double>(bytes_written_); }
  double WriteQueueSize() const { return static_cast<double>(stream()->write_queue_size); }
  int32_t Fd() const;

  // The bytes of a string.
  static std::string Encode(v8::Isolate* isolate, v8::Local<v8::String> string, Encoding encoding);

  // For C++ users of the stream.
  uv_stream_t* stream() const { return stream_; }
  void SetListener(StreamListener* listener) { listener_ = listener; }
  // Sets the listener in the place of another one, if there is any, which is told.
  void TakeOver(StreamListener* listener);
  // Sets the listener and keeps it until the stream is deleted: it may be running when it is
  // replaced.
  void Own(std::unique_ptr<StreamListener> listener);
  StreamListener* listener() const { return listener_; }
  void CountWritten(size_t bytes) { bytes_written_ += bytes; }
  void CountRead(size_t bytes) { bytes_read_ += bytes; }
  // Bytes of the read that is being handled, for JavaScript: in the memory they were read into,
  // when they are many. What comes before and after them there stays as long as `held`.
  v8::Local<v8::ArrayBuffer> TakeRead(const char* data, size_t size,
                                      std::shared_ptr<v8::BackingStore>* held = nullptr);
  // Calls `onread` with a copy of the bytes, or with an error.
  void DeliverCopy(ssize_t nread, const char* data);

  template <class Builder>
  static void Declare(Builder& builder) {
    builder.template Inherits<Handle>()
        .template Method<&StreamHandle::ReadStart>("readStart")
        .template Method<&StreamHandle::ReadStop>("readStop")
        .template Method<&StreamHandle::UseUserBuffer>("useUserBuffer")
        .template Method<&StreamHandle::Write>("write")
        .template Method<&StreamHandle::WriteV>("writev")
        .template Method<&StreamHandle::Shutdown>("shutdown")
        .template Method<&StreamHandle::SetBlocking>("setBlocking")
        .template Method<&StreamHandle::Listen>("listen")
        .template Method<&StreamHandle::Accept>("accept")
        .template Getter<&StreamHandle::BytesRead>("bytesRead")
        .template Getter<&StreamHandle::BytesWritten>("bytesWritten")
        .template Getter<&StreamHandle::WriteQueueSize>("writeQueueSize")
        .template Getter<&StreamHandle::Fd>("fd");
  }

 protected:
  StreamHandle(Environment& env, v8::Local<v8::Object> self, uv_stream_t* stream, const char* type);
  ~StreamHandle() override;
  void OnClosing() override;

  // The binding class of the connections that a listening stream takes.
  virtual const char* ClientClass() const { return nullptr; }

  // The type of the handle that waits in an IPC pipe, 0 when there is none.
  virtual int32_t PendingType() { return 0; }

 private:
  static void OnAlloc(uv_handle_t* handle, size_t suggested, uv_buf_t* buffer);
  static void OnRead(uv_stream_t* stream, ssize_t nread, const uv_buf_t* buffer);
  static void OnConnection(uv_stream_t* stream, int status);
  void RestListening();
  void DeliverToJs(ssize_t nread, const uv_buf_t* buffer);
  void CallOnRead(ssize_t nread, v8::Local<v8::Value> bytes);
  int32_t Queue(uv_buf_t rest, v8::Local<v8::Value> owner, v8::Local<v8::Value> callback,
                uv_stream_t* send_handle);
  int32_t QueueString(v8::Local<v8::String> string, Encoding encoding,
                      v8::Local<v8::Value> callback, uv_stream_t* send_handle);

  // What a listening stream has beside its handle.
  struct Listening;
  struct CloseListening {
    void operator()(Listening* listening) const;
  };

  uv_stream_t* const stream_;
  std::unique_ptr<Listening, CloseListening> listening_;
  StreamListener* listener_ = nullptr;
  std::vector<std::unique_ptr<StreamListener>> owned_listeners_;
  uint64_t bytes_read_ = 0;
  uint64_t bytes_written_ = 0;
  // The caller's own read buffer (net's `onread` option), held by its backing store.
  std::optional<PinnedBytes> user_buffer_;
};

}  // namespace gyre

#endif  // GYRE_NET_STREAM_HANDLE_H_
