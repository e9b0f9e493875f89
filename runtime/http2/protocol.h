#ifndef GYRE_HTTP2_PROTOCOL_H_
#define GYRE_HTTP2_PROTOCOL_H_

#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/http/byte_buffer.h"

namespace gyre {

// Bytes to be sent on a stream: a copy, or a view of memory that `owner` keeps.
struct Http2Chunk {
  std::string copied;
  std::shared_ptr<const void> owner;
  const char* data = nullptr;  // of `owner`; null: the bytes are `copied`
  size_t size = 0;

  const char* begin() const { return data == nullptr ? copied.data() : data; }
};

// One stream: what waits to be sent on it, and the header block that is coming in. A user of
// Http2Protocol adds what it needs by a subclass.
class Http2Stream {
 public:
  explicit Http2Stream(int32_t id) : id(id) {}
  virtual ~Http2Stream() = default;

  const int32_t id;

  // Names and values, each followed by a newline (which neither can have).
  std::string header_block;
  std::vector<uint32_t> sensitive;  // indices of headers that must not be compressed
  uint32_t header_count = 0;
  size_t max_header_size = 0;  // the setting when the stream began
  size_t header_size = 0;      // of the block that comes
  size_t headers_held = 0;     // of all blocks: JavaScript has them as long as the stream
  bool headers_refused = false;

  std::deque<Http2Chunk> outgoing;
  size_t outgoing_size = 0;
  size_t first_offset = 0;  // of the first chunk that was sent
  bool outgoing_ended = false;
  bool last_framed = false;  // the frame of the last bytes was made
  bool wait_for_trailers = false;
  bool trailers_due = false;
  bool write_pending = false;  // somebody waits until all of that has left
  bool listed = false;         // in the list of those who are to be told

  bool paused = true;  // nobody reads: the peer's window does not open again
  size_t unconsumed = 0;
  uint64_t received = 0;
  uint64_t sent = 0;
};

struct Http2Options {
  bool server = true;
  uint32_t max_deflate_table = 4096;
  uint32_t max_reserved_streams = 200;
  uint32_t peer_max_streams = 100;
  size_t max_send_header_block = 0;  // 0: nghttp2's own
  uint32_t padding = 0;              // Http2Protocol::Padding
  uint32_t max_header_pairs = 128;
  uint64_t max_memory = 10'000'000;
  uint32_t max_settings = 32;
  uint32_t reset_burst = 1000;
  uint32_t reset_rate = 33;
  bool strict_whitespace = true;
  uint32_t max_invalid_frames = 1000;
  uint32_t max_rejected_streams = 100;
};

// One end of an HTTP/2 connection: frames, header compression, flow control (nghttp2) and the
// limits that keep a peer from costing more than it should. It knows nothing of JavaScript or of
// sockets: bytes go in by Receive(), come out by Send(), and the On... functions tell what
// happened. They may call everything but Receive() and Send().
class Http2Protocol {
 public:
  enum Padding : uint32_t { kNoPadding = 0, kAligned = 1, kMaximum = 2 };
  // Errors of ours beside those of nghttp2.
  enum Error : int { kTooManyInvalidFrames = -10001, kHeaderBlockMalformed = -10002 };
  enum HeaderFlags : uint32_t { kEndStream = 1, kWaitForTrailers = 2 };
  // What a block of headers is.
  enum class Category : int32_t { kRequest = 0, kResponse = 1, kPushResponse = 2, kHeaders = 3 };

  explicit Http2Protocol(const Http2Options& options);
  virtual ~Http2Protocol();
  Http2Protocol(const Http2Protocol&) = delete;
  Http2Protocol& operator=(const Http2Protocol&) = delete;

  // Must be called once, after construction: makes the nghttp2 session.
  int Open();
  // 0 or an error, after which only Send() makes sense.
  int Receive(const char* data, size_t size);
  // Appends frames to `out` until there is none, or `out` has about `limit` bytes. 0 or an error.
  int Send(ByteBuffer& out, size_t limit);
  // Tells the streams whose chunks have all been sent; outside of the other two.
  void TellWritten();
  // Frees everything; after it there is no session(). Outside of the other two.
  void Close();

  // Header blocks for the peer: `count` times a name and a value, each followed by NUL, and a byte
  // of flags: 1 when the header must not be compressed. Results: a stream id or 0, or an error.
  int32_t Request(std::string_view block, uint32_t count, uint32_t flags);
  int Respond(Http2Stream& stream, std::string_view block, uint32_t count, uint32_t flags);
  int Info(Http2Stream& stream, std::string_view block, uint32_t count);
  int Trailers(Http2Stream& stream, std::string_view block, uint32_t count);
  int32_t Push(Http2Stream& stream, std::string_view block, uint32_t count);

  // OnWritten() follows both when all has left.
  int Write(Http2Stream& stream, Http2Chunk chunk);
  int End(Http2Stream& stream);
  int Reset(int32_t id, uint32_t code);
  void Pause(Http2Stream& stream) { stream.paused = true; }
  void Resume(Http2Stream& stream);
  int Settings(const std::vector<nghttp2_settings_entry>& entries);
  int Terminate(uint32_t code);

  nghttp2_session* session() const { return session_; }
  Http2Stream* Find(int32_t id) const;
  size_t stream_count() const { return streams_.size(); }
  size_t memory() const { return memory_ + outgoing_size_ + headers_size_; }
  bool in_callback() const { return depth_ > 0; }
  bool WantsAnything() const;

  uint64_t frames_received = 0;
  uint64_t frames_sent = 0;
  uint64_t data_received = 0;
  uint64_t data_sent = 0;
  size_t max_streams_seen = 0;

 protected:
  // May call everything but Receive() and Send(), too; outside of the two it may even Close().
  virtual std::unique_ptr<Http2Stream> NewStream(int32_t id) = 0;
  // A complete block of headers. `flags` of the frame.
  virtual void OnHeaders(Http2Stream& stream, Category category, uint8_t flags) = 0;
  // `promised` will be answered without having been asked for.
  virtual void OnPushPromise(Http2Stream& stream, Http2Stream& promised, uint8_t flags) = 0;
  virtual void OnData(Http2Stream& stream, const char* data, size_t size) = 0;
  virtual void OnEnd(Http2Stream& stream) = 0;
  // The stream is deleted afterwards.
  virtual void OnClose(Http2Stream& stream, uint32_t code) = 0;
  virtual void OnWritten(Http2Stream& stream) = 0;
  virtual void OnTrailersDue(Http2Stream& stream) = 0;
  virtual void OnSettings(const nghttp2_settings& settings) = 0;
  virtual void OnSettingsAck() = 0;
  virtual void OnPing(const uint8_t* payload, bool ack) = 0;
  virtual void OnGoaway(const nghttp2_goaway& goaway) = 0;
  virtual void OnAltsvc(int32_t id, const nghttp2_ext_altsvc& altsvc) = 0;
  virtual void OnOrigin(const nghttp2_ext_origin& origin) = 0;
  virtual void OnFrameError(int32_t id, uint8_t type, int error) = 0;
  virtual void OnProtocolError(int error) = 0;

 private:
  friend struct Http2Callbacks;

  // What nghttp2 gets for a header block.
  static bool ParseBlock(std::string_view block, uint32_t count, std::vector<nghttp2_nv>* headers);
  nghttp2_data_provider2 Source();
  // Null when NewStream() closed the session.
  Http2Stream* Add(int32_t id);
  void Remove(int32_t id);
  bool HasRoomForStream() const;
  size_t MaxHeaderSize() const;
  int BeginHeaders(const nghttp2_frame* frame);
  int AddHeader(const nghttp2_frame* frame, std::string_view name, std::string_view value,
                uint8_t flags);
  int FrameReceived(const nghttp2_frame* frame);
  int DataReceived(int32_t id, const char* data, size_t size);
  int StreamClosed(int32_t id, uint32_t code);
  // False when there were too many.
  bool TakeInvalidFrame();
  int InvalidFrame(int error);
  ssize_t ReadSource(int32_t id, size_t length, uint32_t* flags);
  int SendData(const nghttp2_frame* frame, const uint8_t* head, size_t length);
  ssize_t SelectPadding(const nghttp2_frame* frame, size_t max) const;
  void List(Http2Stream& stream);

  const Http2Options options_;
  nghttp2_session* session_ = nullptr;
  nghttp2_mem allocator_;
  size_t memory_ = 0;         // of nghttp2's
  size_t outgoing_size_ = 0;  // of all streams
  size_t headers_size_ = 0;   // of all streams
  absl::flat_hash_map<int32_t, std::unique_ptr<Http2Stream>> streams_;
  std::vector<int32_t> listed_;
  ByteBuffer* out_ = nullptr;  // during Send()
  size_t out_limit_ = 0;
  uint32_t invalid_frames_ = 0;
  uint32_t rejected_streams_ = 0;
  int custom_error_ = 0;
  int depth_ = 0;
};

}  // namespace gyre

#endif  // GYRE_HTTP2_PROTOCOL_H_
