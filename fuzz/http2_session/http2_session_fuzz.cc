// The bytes of an HTTP/2 client as a network may cut them. However they are cut, a server's session
// sees the same requests, bodies, settings and ends, and says no more and remembers no more than
// its limits let it.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/support/check.h"
#include "fuzz/support/cuts.h"
#include "runtime/http/byte_buffer.h"
#include "runtime/http2/protocol.h"

namespace gyre {
namespace {

constexpr size_t kBatch = 64 * 1024;
constexpr size_t kMaxMemory = 1'000'000;

Http2Options SmallOptions() {
  Http2Options options;
  options.max_header_pairs = 16;
  options.max_memory = kMaxMemory;
  options.max_invalid_frames = 8;
  options.max_rejected_streams = 4;
  return options;
}

// Writes down, as one text, what a server would see.
class Recorder final : public Http2Protocol {
 public:
  Recorder() : Http2Protocol(SmallOptions()) {
    FUZZ_CHECK(Open() == 0, "");
    Settings({{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 8}});
  }

  std::string log;
  size_t sent = 0;
  bool finished = false;  // after GOAWAY, with no stream open
  bool too_many_continuations = false;

  // False when nothing more is to be fed.
  bool Feed(const uint8_t* data, size_t size) {
    // A copy of its own: AddressSanitizer sees when the callbacks read beyond the piece. nghttp2 is
    // built without sanitizers and coverage, so what it does itself goes unseen.
    const std::vector<char> piece(data, data + size);
    const int error = Receive(piece.data(), piece.size());
    FUZZ_CHECK(stream_count() <= 8 + 4, log);
    finished = nghttp2_session_want_read(session()) == 0;
    if (error == 0) return !finished;
    too_many_continuations = error == NGHTTP2_ERR_TOO_MANY_CONTINUATIONS;
    Note("error " + std::to_string(error));
    return false;
  }

  void SendAll() {
    ByteBuffer out;
    do {
      out.Clear();
      if (Send(out, kBatch) != 0) return;
      TellWritten();
      sent += out.size();
    } while (!out.empty());
  }

 private:
  void Note(const std::string& line) { log += line + "\n"; }

  std::unique_ptr<Http2Stream> NewStream(int32_t id) override {
    return std::make_unique<Http2Stream>(id);
  }
  void OnHeaders(Http2Stream& stream, Category category, uint8_t flags) override {
    const std::string& block = stream.header_block;
    const size_t lines = std::count(block.begin(), block.end(), '\n');
    FUZZ_CHECK(lines == 2 * size_t{stream.header_count}, Printable(block));
    FUZZ_CHECK(block.find_first_of(std::string_view("\r\0", 2)) == std::string::npos,
               Printable(block));
    FUZZ_CHECK(stream.header_count <= 16, Printable(block));
    Note("headers " + std::to_string(stream.id) + " " + std::to_string(static_cast<int>(category)) +
         " " + std::to_string(flags) + " " + Printable(block));
    if (category != Category::kRequest) return;
    // As every second one does: with a body, or without.
    const bool body = stream.id % 4 == 1;
    Respond(stream, std::string_view(":status\000200\0\0", 13), 1, body ? 0 : kEndStream);
    if (body) {
      Http2Chunk chunk;
      chunk.copied = "gyre";
      chunk.size = 4;
      Write(stream, std::move(chunk));
      End(stream);
    }
  }
  void OnPushPromise(Http2Stream&, Http2Stream&, uint8_t) override {}
  // What came of a body that never ended depends on the cuts: a frame that is too long for its
  // content-length is refused as a whole, or after its first piece.
  void OnData(Http2Stream& stream, const char* data, size_t size) override {
    bodies_[stream.id].append(data, size);
  }
  void OnEnd(Http2Stream& stream) override {
    Note("end " + std::to_string(stream.id) + " " + Printable(bodies_[stream.id]));
  }
  void OnClose(Http2Stream& stream, uint32_t code) override {
    Note("close " + std::to_string(stream.id) + " " + std::to_string(code));
  }
  void OnWritten(Http2Stream&) override {}
  void OnTrailersDue(Http2Stream&) override {}
  void OnSettings(const nghttp2_settings& settings) override {
    Note("settings " + std::to_string(settings.niv));
  }
  void OnSettingsAck() override { Note("settings ack"); }
  void OnPing(const uint8_t* payload, bool ack) override {
    Note("ping " + std::to_string(ack) + " " +
         Printable({reinterpret_cast<const char*>(payload), 8}));
  }
  void OnGoaway(const nghttp2_goaway& goaway) override {
    Note("goaway " + std::to_string(goaway.error_code));
  }
  void OnAltsvc(int32_t, const nghttp2_ext_altsvc&) override {}
  void OnOrigin(const nghttp2_ext_origin&) override {}
  void OnFrameError(int32_t id, uint8_t type, int error) override {
    Note("frame error " + std::to_string(id) + " " + std::to_string(type) + " " +
         std::to_string(error));
  }
  void OnProtocolError(int error) override { Note("protocol error " + std::to_string(error)); }

  std::map<int32_t, std::string> bodies_;
};

void CheckInput(const uint8_t* data, size_t size) {
  Recorder whole;
  whole.Feed(data, size);
  whole.SendAll();

  Recorder pieces;
  Cuts cuts(data, size);
  for (size_t i = 0; i < size;) {
    const size_t length = std::min(cuts.Next(), size - i);
    if (!pieces.Feed(data + i, length)) break;
    i += length;
  }
  pieces.SendAll();
  const std::string logs = "whole:\n" + whole.log + "\ncut up:\n" + pieces.log;
  if (pieces.finished) {
    // nghttp2 does not look at what is received after that, but at the rest of one piece it does.
    FUZZ_CHECK(whole.log.starts_with(pieces.log), logs);
  } else if (!pieces.too_many_continuations) {
    // nghttp2 counts a CONTINUATION whose head comes in two pieces twice.
    FUZZ_CHECK(whole.log == pieces.log, logs);
  }

  // A server that answers as it goes: it must not fall over, nor say much to who says little.
  Recorder answering;
  for (size_t i = 0; i < size && answering.Feed(data + i, 1); i++) answering.SendAll();
  FUZZ_CHECK(answering.sent <= 1024 + 64 * size, answering.log);
  FUZZ_CHECK(answering.memory() <= 2 * kMaxMemory, answering.log);
}

}  // namespace
}  // namespace gyre

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  gyre::CheckInput(data, size);
  return 0;
}
