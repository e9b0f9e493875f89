#include "runtime/inspector/websocket.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "openssl/sha.h"

namespace gyre {
namespace {

constexpr std::string_view kKeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr uint8_t kLastFragment = 0x80;
constexpr uint8_t kReserved = 0x70;
constexpr uint8_t kMasked = 0x80;
constexpr uint8_t kLength16 = 126;
constexpr uint8_t kLength64 = 127;
constexpr size_t kMaxControlPayload = 125;
constexpr uint64_t kMaxMessage = uint64_t{1} << 30;

bool IsControl(WebSocketOpcode opcode) { return (static_cast<uint8_t>(opcode) & 8) != 0; }

bool IsKnown(uint8_t opcode) { return opcode <= 2 || (opcode >= 8 && opcode <= 10); }

uint64_t BigEndian(std::string_view bytes) {
  uint64_t value = 0;
  for (char c : bytes) value = value << 8 | static_cast<uint8_t>(c);
  return value;
}

}  // namespace

std::string WebSocketAccept(std::string_view key) {
  const std::string text = absl::StrCat(key, kKeySuffix);
  unsigned char digest[SHA_DIGEST_LENGTH];
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  return absl::Base64Escape({reinterpret_cast<const char*>(digest), sizeof(digest)});
}

std::string WebSocketFrame(WebSocketOpcode opcode, std::string_view payload) {
  std::string frame(1, static_cast<char>(kLastFragment | static_cast<uint8_t>(opcode)));
  const uint64_t size = payload.size();
  int length_bytes = 0;
  if (size < kLength16) {
    frame += static_cast<char>(size);
  } else {
    length_bytes = size <= 0xffff ? 2 : 8;
    frame += static_cast<char>(length_bytes == 2 ? kLength16 : kLength64);
  }
  for (int shift = 8 * (length_bytes - 1); shift >= 0; shift -= 8) {
    frame += static_cast<char>(size >> shift & 0xff);
  }
  frame.append(payload);
  return frame;
}

WebSocketReader::Result WebSocketReader::TakeFrame(bool* last, WebSocketOpcode* opcode,
                                                   std::string* payload) {
  const std::string_view rest = std::string_view(buffer_).substr(start_);
  if (rest.size() < 2) return Result::kNeedMore;
  const auto first = static_cast<uint8_t>(rest[0]);
  const auto second = static_cast<uint8_t>(rest[1]);
  // A client masks what it sends, and no extension was agreed on.
  if ((first & kReserved) != 0 || !IsKnown(first & 0xf) || (second & kMasked) == 0) {
    return Result::kError;
  }
  *last = (first & kLastFragment) != 0;
  *opcode = static_cast<WebSocketOpcode>(first & 0xf);
  uint64_t size = second & ~kMasked;
  size_t header = 2;
  if (size >= kLength16) {
    const size_t length_bytes = size == kLength16 ? 2 : 8;
    if (rest.size() < header + length_bytes) return Result::kNeedMore;
    size = BigEndian(rest.substr(header, length_bytes));
    header += length_bytes;
  }
  if (size > kMaxMessage || message_.size() + size > kMaxMessage) return Result::kError;
  if (IsControl(*opcode) && (size > kMaxControlPayload || !*last)) return Result::kError;
  constexpr size_t kMaskSize = 4;
  if (rest.size() < header + kMaskSize + size) return Result::kNeedMore;
  const std::string_view mask = rest.substr(header, kMaskSize);
  payload->assign(rest.substr(header + kMaskSize, size));
  for (size_t i = 0; i < payload->size(); i++) (*payload)[i] ^= mask[i % kMaskSize];
  start_ += header + kMaskSize + size;
  return Result::kMessage;
}

WebSocketReader::Result WebSocketReader::Next(WebSocketOpcode* opcode, std::string* payload) {
  for (;;) {
    bool last = false;
    const Result taken = failed_ ? Result::kError : TakeFrame(&last, opcode, payload);
    if (taken != Result::kMessage) {
      buffer_.erase(0, std::exchange(start_, 0));
      failed_ = taken == Result::kError;
      return taken;
    }
    if (IsControl(*opcode)) return Result::kControl;
    // A continuation without a beginning, or a beginning in the middle.
    if ((*opcode == WebSocketOpcode::kContinuation) != fragmented_) {
      failed_ = true;
      return Result::kError;
    }
    if (!fragmented_) message_opcode_ = *opcode;
    fragmented_ = !last;
    message_.append(*payload);
    if (!last) continue;
    *opcode = message_opcode_;
    *payload = std::exchange(message_, {});
    return Result::kMessage;
  }
}

}  // namespace gyre
