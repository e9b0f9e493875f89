#ifndef GYRE_INSPECTOR_WEBSOCKET_H_
#define GYRE_INSPECTOR_WEBSOCKET_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace gyre {

// The server's side of RFC 6455, without extensions.
enum class WebSocketOpcode : uint8_t {
  kContinuation = 0,
  kText = 1,
  kBinary = 2,
  kClose = 8,
  kPing = 9,
  kPong = 10,
};

// The value of Sec-WebSocket-Accept for a Sec-WebSocket-Key.
std::string WebSocketAccept(std::string_view key);

// One whole unmasked frame.
std::string WebSocketFrame(WebSocketOpcode opcode, std::string_view payload);

// Takes what a client sends to pieces.
class WebSocketReader {
 public:
  enum class Result : uint8_t { kNeedMore, kMessage, kControl, kError };

  void Feed(std::string_view bytes) { buffer_.append(bytes); }

  // The next message, its fragments put together, or the next control frame.
  Result Next(WebSocketOpcode* opcode, std::string* payload);

 private:
  // One frame off the front of the buffer.
  Result TakeFrame(bool* last, WebSocketOpcode* opcode, std::string* payload);

  std::string buffer_;
  size_t start_ = 0;  // of the next frame
  bool failed_ = false;
  bool fragmented_ = false;
  WebSocketOpcode message_opcode_ = WebSocketOpcode::kText;
  std::string message_;  // the fragments so far
};

}  // namespace gyre

#endif  // GYRE_INSPECTOR_WEBSOCKET_H_
