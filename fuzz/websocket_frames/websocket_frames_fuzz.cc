// What a client sends to the inspector's WebSocket. The properties: the same messages come out
// however the bytes are cut, nothing comes after an error, and what was read comes back when it is
// sent again.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/support/check.h"
#include "runtime/inspector/websocket.h"

namespace gyre {
namespace {

using Result = WebSocketReader::Result;

struct Read {
  std::vector<std::pair<WebSocketOpcode, std::string>> messages;
  bool failed = false;
  bool operator==(const Read&) const = default;
};

Read ReadInPieces(std::string_view bytes, size_t piece) {
  Read read;
  WebSocketReader reader;
  while (!bytes.empty()) {
    reader.Feed(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
    WebSocketOpcode opcode;
    std::string payload;
    Result result;
    while ((result = reader.Next(&opcode, &payload)) == Result::kMessage ||
           result == Result::kControl) {
      FUZZ_CHECK(!read.failed, "a message after an error");
      FUZZ_CHECK(result == Result::kMessage || payload.size() <= 125, Printable(payload));
      read.messages.emplace_back(opcode, payload);
    }
    read.failed |= result == Result::kError;
  }
  return read;
}

// A server's frame as a client would send it, with a mask of zeros.
std::string Masked(std::string frame) {
  const auto length = static_cast<uint8_t>(frame[1]);
  frame[1] = static_cast<char>(length | 0x80);
  frame.insert(length == 127 ? 10 : length == 126 ? 4 : 2, 4, '\0');
  return frame;
}

void Check(std::string_view bytes) {
  const Read whole = ReadInPieces(bytes, bytes.size() + 1);
  FUZZ_CHECK(ReadInPieces(bytes, 1) == whole, Printable(bytes));
  FUZZ_CHECK(ReadInPieces(bytes, 7) == whole, Printable(bytes));
  std::string again;
  for (const auto& [opcode, payload] : whole.messages) {
    again += Masked(WebSocketFrame(opcode, payload));
  }
  const Read second = ReadInPieces(again, again.size() + 1);
  FUZZ_CHECK(!second.failed && second.messages == whole.messages, Printable(again));
}

}  // namespace
}  // namespace gyre

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  gyre::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
